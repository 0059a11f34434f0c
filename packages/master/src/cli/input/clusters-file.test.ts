import { tmpdir } from "node:os";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import { afterAll, describe, expect, test } from "vitest";
import { clustersOf } from "./clusters-yaml.js";
import { readClusters, toLocalCluster } from "./clusters-file.js";
import { thisMachine } from "./this-machine.js";

const folder = mkdtempSync(join(tmpdir(), "stint-clusters-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string) => clustersOf(text, "two.yaml").map(toLocalCluster);

function troubleOf(act: () => unknown): Trouble {
  try {
    act();
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

describe("a clusters file of a run", () => {
  test("says of each cluster what it costs and how many machines there are, in its own order", () => {
    const clusters = read(`
clusters:
  small: { provider: local, max: 2, slots: 3, price: 0.04 usd/h, atu: 10s, minimum: 1min }
  10: { provider: local, speed: 0.5, drift: 2 from 40% }
  2:
    provider: local
`);
    expect(clusters.map(({ name }) => name)).toEqual(["small", "10", "2"]);
    expect(clusters[0]).toEqual({
      name: "small",
      provider: "local",
      most: 2,
      slots: 3,
      tariff: { price: 40_000, atu: 10_000_000, minimum: 60_000_000, grace: 2_000_000 },
      bootLimit: 30_000_000,
      bootExpected: 1_000_000,
      speed: 1,
    });
    expect(clusters[1]).toMatchObject({ speed: 0.5, drift: { factor: 2, from: 0.4 } });
    expect(clusters[2]).toMatchObject({
      most: 1,
      slots: 1,
      tariff: { price: 0, atu: 1_000_000, minimum: 0 },
    });
  });

  test("says what a machine has, unless it says how many slots; what is not said is this computer's", () => {
    const [said, part, slots] = read(`
clusters:
  said: { provider: local, cpus: 6.5, memory: 8GB }
  part: { provider: local, memory: 1MiB }
  slots: { provider: local, cpus: 6, slots: 2 }
`);
    expect(said).toMatchObject({ slots: 6, size: { cpus: 6.5, memory: 8_000_000_000 } });
    expect(part).toMatchObject({ slots: 1, size: { cpus: thisMachine().cpus, memory: 1_048_576 } });
    expect(slots).toMatchObject({ slots: 2 });
    expect(slots).not.toHaveProperty("size");
  });

  test("may name once what several clusters share", () => {
    expect(read("clusters:\n  a: &a { provider: local, max: 3 }\n  b: *a\n").map(({ most }) => most)).toEqual(
      [3, 3],
    );
  });

  test("is stint.yaml in the folder where none is named; without it this computer is the only cluster", () => {
    expect(readClusters(undefined, folder)).toMatchObject([
      {
        name: "here",
        provider: "local",
        most: 1,
        slots: Math.max(1, Math.floor(thisMachine().cpus)),
        tariff: { price: 0 },
      },
    ]);
    writeFileSync(join(folder, "stint.yaml"), "clusters: { mine: { provider: local } }");
    expect(readClusters(undefined, folder)).toMatchObject([{ name: "mine" }]);
    expect(readClusters(join(folder, "stint.yaml"), "/nowhere")).toMatchObject([{ name: "mine" }]);
  });
});

const one = (keys: string): string => `clusters:\n  a:\n    provider: local\n    ${keys}\n`;

describe("a bad clusters file is refused with the line, what was found, expected, and what to do", () => {
  test.each<[string, string, string, string]>([
    ["", "no-clusters", "line 1", "clusters:"],
    ["# nothing\n", "no-clusters", "line 1", "clusters:"],
    ["- a\n", "no-clusters", "line 1", "clusters:"],
    ["just words", "no-clusters", "line 1", "clusters:"],
    ["clusters:\n", "no-clusters", "line 1", "clusters:"],
    ["clusters: {}\n", "no-clusters", "line 1", "clusters:"],
    ["clusters: [a, b]\n", "no-clusters", "line 1", "clusters:"],
    ["cluster:\n  a: { provider: local }\n", "unknown-key", "line 1", '"clusters"'],
    ["clusters: { a: { provider: local } }\nbudget: 5usd\n", "unknown-key", "line 2", "remove it"],
    ["clusters:\n  a: { provider: local\n", "bad-yaml", "line 3", "clusters:"],
    ["clusters:\n\ta: 1\n", "bad-yaml", "line 2", "clusters:"],
    ["clusters:\n  a: { provider: local }\n  a: { provider: local }\n", "bad-yaml", "line 3", "clusters:"],
    ["clusters:\n  a: { provider: local, max: 1, max: 2 }\n", "bad-yaml", "line 2", "clusters:"],
    ["clusters:\n  a: *b\n", "bad-yaml", "line 2", "clusters:"],
    ["clusters:\n  a: !wrong { provider: local }\n", "bad-yaml", "line 2", "clusters:"],
    ["clusters: { a: { provider: local } }\n---\nb: 1\n", "bad-yaml", "line 2", "clusters:"],
    ["clusters:\n  a: local\n", "bad-value", "line 2", "clusters:"],
    ["clusters:\n  a: [local]\n", "bad-value", "line 2", "clusters:"],
    ["clusters:\n  a/b: { provider: local }\n", "bad-name", "line 2", "small-3"],
    ["clusters:\n  ../a: { provider: local }\n", "bad-name", "line 2", "small-3"],
    ["clusters:\n  'a b': { provider: local }\n", "bad-name", "line 2", "small-3"],
    ["clusters:\n  -a: { provider: local }\n", "bad-name", "line 2", "small-3"],
    [`clusters:\n  ${"x".repeat(64)}: { provider: local }\n`, "bad-name", "line 2", "small-3"],
    ["clusters:\n  ? [a]\n  : { provider: local }\n", "bad-name", "line 2", "small-3"],
    ["clusters:\n  a:\n", "missing-key", "line 2", "provider: local"],
    ["clusters:\n  a:\n    max: 2\n", "missing-key", "line 2", "provider: local"],
    ["clusters:\n  a:\n    max: 2\n    provider: ec2\n", "not-yet", "line 4", "simulate"],
    ["clusters:\n  a: { provider: slurm }\n", "not-yet", "line 2", "slurm"],
    ["clusters:\n  a: { provider: ssh }\n", "not-yet", "line 2", "ssh"],
    ["clusters:\n  a: { provider: locl }\n", "unknown-provider", "line 2", '"local"'],
    ["clusters:\n  a: { provider: 7 }\n", "unknown-provider", "line 2", "local"],
    ["clusters:\n  a: { provider: constructor }\n", "unknown-provider", "line 2", "remove it"],
    [one("prise: 1 usd/h"), "unknown-key", "line 4", '"price"'],
    [one("slot: 2"), "unknown-key", "line 4", '"slots"'],
    [one("type: c7g.xlarge"), "unknown-key", "line 4", "remove it"],
    [one("__proto__: 1"), "unknown-key", "line 4", "remove it"],
    [one("cpus: '4'"), "bad-value", "line 4", "4"],
    [one("cpus: 0"), "bad-value", "line 4", "4"],
    [one("cpus: 5000"), "bad-value", "line 4", "4"],
    [one("memory: 8"), "bare-number", "line 4", "8"],
    [one("memory: 0GB"), "not-positive", "line 4", "leave it out"],
    [one("boot: 40s"), "only-imagined", "line 4", "simulate"],
    [one("noise: 10%"), "only-imagined", "line 4", "simulate"],
    [one("failures: 2%"), "only-imagined", "line 4", "simulate"],
    [one("loss: 0.01/h"), "only-imagined", "line 4", "simulate"],
    [one("delivers: 25%"), "only-imagined", "line 4", "simulate"],
    [one("prices: csv:a.csv#b"), "only-imagined", "line 4", "simulate"],
    [one("price: 0.04"), "bare-number", "line 4", "0.04 usd/h"],
    [one("price: 0.04 usd"), "unknown-unit", "line 4", "usd/h"],
    [one("price: 0.01 usd/core-hour"), "not-yet", "line 4", "cores"],
    [one("price: 1 eur/h"), "not-yet", "line 4", "usd/h"],
    [one("price: -1 usd/h"), "out-of-range", "line 4", "usd/h"],
    [one("price: 0.0000001 usd/h"), "too-fine", "line 4", "round"],
    [one("price:"), "not-a-quantity", "line 4", "usd/h"],
    [one("price: [1]"), "not-a-quantity", "line 4", "usd/h"],
    [one("atu: 10"), "bare-number", "line 4", "10s"],
    [one("atu: 0s"), "not-positive", "line 4", "units"],
    [one("minimum: 60"), "bare-number", "line 4", "60s"],
    [one("max: 0"), "bad-value", "line 4", "leave the cluster out"],
    [one("max: 1.5"), "bad-value", "line 4", "for example 2"],
    [one("max: '2'"), "bad-value", "line 4", "for example 2"],
    [one("max: 1e9"), "bad-value", "line 4", "as many"],
    [one("max: .nan"), "bad-value", "line 4", "for example 2"],
    [one("slots: -1"), "bad-value", "line 4", "leave the cluster out"],
    [one("speed: 0"), "not-a-speed", "line 4", "twice as fast"],
    [one("speed: 2x"), "not-a-speed", "line 4", "twice as fast"],
    [one("speed: 2"), "out-of-range", "line 4", "lower speed"],
    [one("drift: 2"), "bad-value", "line 4", "2 from 40%"],
    [one("drift: 2 from 140%"), "out-of-range", "line 4", "40%"],
    [one("drift: 2 from 0.4"), "bare-number", "line 4", "%"],
    [one("drift: 0.5 from 40%"), "out-of-range", "line 4", "2 from 40%"],
  ])("%j", (text, code, where, hint) => {
    const trouble = troubleOf(() => read(text));
    expect(trouble).toMatchObject({ kind: "bad-input", code });
    expect(trouble.where).toContain(`two.yaml, ${where}`);
    expect(trouble.hint).toContain(hint);
    expect(trouble.found).not.toBe("");
    expect(trouble.expected).not.toBe("");
  });

  test.each([
    ["none.yaml", "no such file"],
    [".", "a folder"],
    ["a\0b", "file"],
    ["", "file"],
    ["/dev/zero", "more than 65536 bytes"],
  ])("no file: %j", (name, found) => {
    const path = name === "" ? "" : resolve(folder, name);
    expect(troubleOf(() => readClusters(path)).found).toContain(found);
  });

  test.each([
    ["not UTF-8", Buffer.of(0xff, 0xfe, 0x61), "bad-bytes"],
    ["huge", Buffer.alloc(64 * 1024 + 1, "#"), "file-too-large"],
  ])("a file that is %s", (_, bytes, code) => {
    const path = join(folder, "bad.yaml");
    writeFileSync(path, bytes);
    expect(troubleOf(() => readClusters(path)).code).toBe(code);
  });

  test("an alias that grows without end is refused and not followed", () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) =>
        `  l${String(level + 1)}: &l${String(level + 1)} [*l${String(level)}, *l${String(level)}]`,
    );
    const text = `clusters:\n  l0: &l0 [x]\n${levels.join("\n")}\n  a: { provider: *l30 }\n`;
    expect(troubleOf(() => clustersOf(text, "two.yaml")).kind).toBe("bad-input");
  });
});
