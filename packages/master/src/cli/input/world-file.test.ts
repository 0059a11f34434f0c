import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDistribution } from "./parse-distribution.js";
import { readWorld, type World } from "./world-file.js";

const folder = mkdtempSync(join(tmpdir(), "stint-world-"));
const path = join(folder, "world.yaml");
beforeAll(() => {
  mkdirSync(join(folder, "boots"));
  writeFileSync(join(folder, "boots/b.csv"), 'vendor,"boot, s"\naws,40\ngcp,\n"a ""b""",20\n');
  writeFileSync(join(folder, "bad.csv"), "boot\n1\nsoon\n");
  writeFileSync(
    join(folder, "spot.csv"),
    [
      "time_utc,spot_usd_h,back,words,none,twice",
      "2015-03-11T16:50:22Z,0.0219,,dear,,1",
      "2015-03-11T16:56:36.5Z,1.5,2,,,2",
      "2015-03-11 16:50:22,,3,,,",
      "2015-03-12,0.0402069,,,,3",
      "2015-03-12,0.04020691,,,,4",
      "2015-03-13,0.0402069,,,,",
      "",
    ].join("\n"),
  );
  writeFileSync(join(folder, "seconds.csv"), "t_s,price\n100,1\n160.5,2\n");
  writeFileSync(join(folder, "never.csv"), "when,price\nsoon,2\n");
  writeFileSync(join(folder, "empty.csv"), "boot,other\n,1\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string): Promise<World> {
  writeFileSync(path, text);
  return readWorld(path);
}

async function troubleOf(promise: Promise<unknown>): Promise<Trouble> {
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

describe("a clusters file of an imagined world", () => {
  test("lets machines of this computer go as early as a live run does", async () => {
    const { clusters } = await read("clusters: { here: { provider: local }, anywhere: {} }");
    expect(clusters.map(({ tariff }) => tariff.grace)).toEqual([2_000_000, 0]);
  });

  test("hides from the planner how a cluster truly is", async () => {
    const { clusters, imagined } = await read(`
clusters:
  fast: { max: 32, price: 0.4 usd/h, atu: 1h, speed: 4, boot: normal(40s,8s), noise: 10%, failures: 2%, loss: 0.01/h, delivers: 25%, drift: 1.5 from 40% }
  plain: {}
  "1": { provider: ec2, type: c7g.xlarge, market: on-demand, region: eu-west-1, price: 0.1 usd/h, boot: 1min }
`);
    expect(clusters.map(({ name }) => name)).toEqual(["fast", "plain", "1"]);
    expect(clusters[0]).toEqual({
      name: "fast",
      provider: "imagined",
      most: 32,
      slots: 1,
      tariff: { price: 400_000, atu: 3_600_000_000, minimum: 0, grace: 0 },
      bootLimit: 900_000_000,
      bootExpected: 40_000_000,
      speed: 1,
    });
    expect(imagined[0]).toEqual({
      speed: 4,
      boot: { kind: "normal", mean: 40, deviation: 8 },
      noise: 0.1,
      failures: 0.02,
      lossPerHour: 0.01,
      delivers: 0.25,
      drift: { factor: 1.5, from: 0.4 },
    });
    expect(imagined[1]).toEqual({
      speed: 1,
      boot: { kind: "constant", value: 0 },
      noise: 0,
      failures: 0,
      lossPerHour: 0,
      delivers: 1,
    });
    expect(clusters[2]).toMatchObject({ bootExpected: 60_000_000, tariff: { price: 100_000 } });
  });

  test("may write a distribution in YAML's short form too, where a comma ends a value", async () => {
    const { imagined } = await read(
      "clusters: { a: { boot: normal(40s, 8s), max: 2 }, b: { boot: uniform(1s,2s) } }",
    );
    expect(imagined.map(({ boot }) => boot)).toEqual([
      { kind: "normal", mean: 40, deviation: 8 },
      { kind: "uniform", least: 1, most: 2 },
    ]);
  });

  test("takes boot times from a column of a table beside it, without those that are not known", async () => {
    const { clusters, imagined } = await read("clusters: { a: { boot: 'csv:boots/b.csv#boot, s' } }");
    expect(imagined[0]?.boot).toEqual({ kind: "values", values: [40, 20] });
    expect(clusters[0]?.bootExpected).toBe(30_000_000);
  });
});

describe("prices that change", () => {
  test("begin with the run, hold until the next one, and are told to nobody beforehand", async () => {
    const { clusters, imagined } = await read(`clusters:
  a: { prices: "csv:spot.csv#spot_usd_h", price: 9 usd/h }
  b: { provider: ec2, prices: "csv:seconds.csv#price" }
`);
    expect(clusters.map(({ tariff }) => tariff.price)).toEqual([21_900, 1_000_000]);
    expect(imagined[0]?.prices).toEqual([
      { after: 374_500_000, price: 1_500_000 },
      { after: 25_778_000_000, price: 40_207 },
    ]);
    expect(imagined[1]?.prices).toEqual([{ after: 60_500_000, price: 2_000_000 }]);
  });
});

const one = (keys: string): string => `clusters:\n  a:\n    max: 2\n    ${keys}\n`;

describe("a bad one is refused with the line, what was found, expected, and what to do", () => {
  test.each<[string, string, string, string]>([
    ["clusters:\n  a: { boot: normal(40s, max: 2, 8s) }\n", "not-a-quantity", "world.yaml, line 2", "10s"],
    [one("bot: 40s"), "unknown-key", "world.yaml, line 4", '"boot"'],
    [one("type: c7g.xlarge"), "unknown-key", "world.yaml, line 4", "remove it"],
    [one("boot: 40"), "bare-number", "world.yaml, line 4", "40s"],
    [one("boot: soon"), "not-a-quantity", "world.yaml, line 4", "10s"],
    [one("boot: norm(40s,8s)"), "unknown-distribution", "world.yaml, line 4", "normal"],
    [one("boot: normal(40s)"), "bad-value", "world.yaml, line 4", "normal("],
    [one("boot: normal(40,8)"), "bare-number", "world.yaml, line 4", "40s"],
    [one("boot: normal(0s,8s)"), "not-positive", "world.yaml, line 4", "units"],
    [one("boot: uniform(9s,8s)"), "out-of-range", "world.yaml, line 4", "uniform(8s,9s)"],
    [one("boot: levy(9s)"), "bad-value", "world.yaml, line 4", "40s"],
    [one("boot: csv:boots/b.csv"), "bad-value", "world.yaml, line 4", "csv:boots.csv#"],
    [one('boot: "csv:a\\0b#c"'), "bad-value", "world.yaml, line 4", "csv:boots.csv#"],
    [one("boot: csv:none.csv#boot"), "file-unusable", "none.csv", "look at the name"],
    [one("boot: csv:boots#boot"), "file-unusable", "boots", "another file"],
    [one("boot: csv:boots/b.csv#vendr"), "no-such-column", "b.csv, line 1", '"vendor"'],
    [one("boot: csv:bad.csv#boot"), "bad-number", "bad.csv, line 3", "left empty"],
    [one("boot: csv:empty.csv#boot"), "empty-table", "empty.csv", "csv:"],
    [one("noise: 0.1"), "bare-number", "world.yaml, line 4", "%"],
    [one("noise: much"), "not-a-quantity", "world.yaml, line 4", "10%"],
    [one("failures: 101%"), "out-of-range", "world.yaml, line 4", "40%"],
    [one("loss: 0.01"), "bare-number", "world.yaml, line 4", "/h"],
    [one("loss: -1/h"), "out-of-range", "world.yaml, line 4", "/h"],
    [one("delivers: 0%"), "out-of-range", "world.yaml, line 4", "leave out"],
    [one("speed: 10000"), "not-a-speed", "world.yaml, line 4", "twice as fast"],
    [one("prices: 0.04 usd/h"), "bad-value", "world.yaml, line 4", "price: 0.04 usd/h"],
    [one("prices: csv:a.csv#b"), "file-unusable", "a.csv", "look at the name"],
    [one("prices: csv:spot.csv#usd_h"), "no-such-column", "spot.csv, line 1", "name one"],
    [one("prices: csv:spot.csv#time_utc"), "no-such-column", "spot.csv, line 1", "time_utc,usd_h"],
    [one("prices: csv:spot.csv#back"), "bad-time", "spot.csv, line 4", "sorted"],
    [one("prices: csv:never.csv#price"), "bad-time", "never.csv, line 2", "2026-"],
    [one("prices: csv:spot.csv#words"), "bad-number", "spot.csv, line 2", "left empty"],
    [one("prices: csv:spot.csv#none"), "empty-table", "spot.csv", "csv:"],
    [one("provider: ec3"), "unknown-provider", "world.yaml, line 4", '"ec2"'],
    [one("provider: ec2"), "missing-key", "world.yaml, line 2", "price"],
    [one("provider: [ec2]"), "unknown-provider", "world.yaml, line 4", "local"],
  ])("%j", async (text, code, where, hint) => {
    const trouble = await troubleOf(read(text));
    expect(trouble).toMatchObject({ kind: "bad-input", code });
    expect(trouble.where).toContain(where);
    expect(trouble.hint).toContain(hint);
  });
});

describe("a distribution", () => {
  test.each([
    ["normal(15min,2.27min)", { kind: "normal", mean: 900, deviation: 136.2 }],
    ["lognormal( 10min , 0.8 )", { kind: "lognormal", mean: 600, cv: 0.8 }],
    ["lognormal(10min,80%)", { kind: "lognormal", mean: 600, cv: 0.8 }],
    ["levy(723.3s,45min)", { kind: "levy", scale: 723.3, most: 2_700 }],
    ["levy(1s)", { kind: "levy", scale: 1, most: 31_536_000 }],
    ["uniform(5s,5s)", { kind: "uniform", least: 5, most: 5 }],
    ["40s", { kind: "constant", value: 40 }],
  ])("%s", (text, distribution) => {
    expect(parseDistribution(text)).toEqual({ ok: true, value: distribution });
  });

  test("is read or refused, whatever the text", () => {
    const text = fc
      .tuple(
        fc.constantFrom("normal", "lognormal", "levy", "uniform", "toString", "", "x"),
        fc.array(fc.oneof(fc.constantFrom("1s", "0.5", "40%", "-1s"), fc.string({ unit: "binary" }))),
      )
      .map(([name, words]) => `${name}(${words.join(",")})`);
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: "binary" })), (written) => {
        const result = parseDistribution(written);
        if (result.ok) expect(JSON.stringify(result.value)).not.toContain("null");
        else expect(Object.values(result.failure).join("")).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
