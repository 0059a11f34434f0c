/** What the flags of `stint run` ask for, and that nothing is asked for that a flag did not say. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TroubleError } from "@stint/shared/failures.js";
import { minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { stintProgram } from "./command-line/program.js";
import { refuseElsewhere } from "./platform.js";
import { resumeRequest } from "./resume.js";
import { runRequest, type RunFlags } from "./run.js";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "stint-flags-"));
  vi.spyOn(process, "cwd").mockReturnValue(place);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

/** The flags as the command line reads them. */
function flagsOf(...words: string[]): RunFlags {
  const run = stintProgram(() => undefined).commands.find((verb) => verb.name() === "run")!;
  run.parseOptions(words);
  return run.opts() as unknown as RunFlags;
}

const requestOf = (...words: string[]): ReturnType<typeof runRequest> =>
  runRequest(["bag.txt"], flagsOf(...words));

test("without a flag a bag runs on this computer, for nothing, once, as it is", () => {
  const request = requestOf();
  expect(request).toMatchObject({
    bag: "bag.txt",
    name: "bag",
    runs: "runs",
    review: minutes(5),
    wait: minutes(5),
    strict: false,
    yes: false,
    wide: { retries: 0, replicable: false },
    cwd: place,
    manner: { json: false },
  });
  expect(request.clusters.map(({ name, tariff }) => [name, tariff.price])).toEqual([["here", 0]]);
  expect(Object.keys(request)).not.toContain("budget");
  expect(Object.keys(request.wide)).not.toContain("timeout");
});

describe("a flag", () => {
  test.each([
    [["--budget", "0.05 usd"], { budget: 50_000 }],
    [["--choose", "fastest-20"], { choose: "fastest-20" }],
    [["--yes"], { yes: true }],
    [["--seed", "0"], { seed: 0 }],
    [["--retries", "2"], { wide: { retries: 2, replicable: false } }],
    [
      ["--timeout", "1.5min", "--replicable"],
      { wide: { retries: 0, replicable: true, timeout: seconds(90) } },
    ],
    [["--review", "5s"], { review: seconds(5) }],
    [["--wait", "0s"], { wait: NO_TIME }],
    [["--strict"], { strict: true }],
    [["--when-short", "finish-paid"], { whenShort: "finish-paid" }],
    [["--runs", "/elsewhere"], { runs: "/elsewhere" }],
    [["--name", "naps"], { name: "naps" }],
    [["--json"], { manner: { json: true } }],
  ])("%j asks for %j", (words, asked) => {
    expect(requestOf(...words)).toMatchObject(asked);
  });

  test("for a seed may be left out: then each run draws another", () => {
    const seeds = new Set(Array.from({ length: 5 }, () => requestOf().seed));
    expect(seeds.size).toBeGreaterThan(1);
  });
});

test.each([
  ["-", "stdin"],
  ["some/where/frames.jsonl", "frames"],
  ["no-suffix", "no-suffix"],
])("the bag %s is called %s", (bag, name) => {
  expect(runRequest([bag], flagsOf()).name).toBe(name);
});

describe("the environment of tasks", () => {
  beforeEach(() => {
    vi.stubEnv("PLAIN", "1");
    vi.stubEnv("A_TOKEN", "secret");
    vi.stubEnv("B_TOKEN", "secret too");
  });

  test("is the submitter's, less what looks secret, and with what --env names", () => {
    const { stored, named, dropped } = requestOf("--env", "A_TOKEN").environment;
    expect(stored).toMatchObject({ PLAIN: "1" });
    expect([stored["A_TOKEN"], stored["B_TOKEN"]]).toEqual([undefined, undefined]);
    expect(named).toEqual({ A_TOKEN: "secret" });
    expect(dropped).toContain("B_TOKEN");
    expect(dropped).not.toContain("A_TOKEN");
  });

  test.each([
    [["--no-env", "--env", "PLAIN", "--env", "A_TOKEN"]],
    [["--env", "PLAIN", "--no-env", "--env", "A_TOKEN"]],
  ])("%j is nothing but what is named, in any order", (words) => {
    expect(requestOf(...words).environment).toEqual({
      stored: {},
      named: { PLAIN: "1", A_TOKEN: "secret" },
      dropped: [],
    });
  });
});

test("a cluster that costs money needs a budget, and takes any", () => {
  writeFileSync(join(place, "paid.yaml"), "clusters: { a: { provider: local, price: 0.04 usd/h } }\n");
  const paid = join(place, "paid.yaml");
  expect(() => requestOf("--clusters", paid)).toThrow(/--budget 5usd/u);
  expect(requestOf("--clusters", paid, "--budget", "0.000001usd").budget).toBe(1);
});

test("--jobs is how many tasks this computer does at once, whatever they need", () => {
  const [here, ...more] = requestOf("-j", "7", "--cpus", "900").clusters;
  expect([here?.name, here?.slots, here?.size, more]).toEqual(["here", 7, undefined, []]);
  for (const wrong of ["0", "50%", "+2", "1025", ""])
    expect(() => requestOf(`--jobs=${wrong}`)).toThrow(/--jobs: found/u);
});

test("--jobs is refused beside clusters, which say themselves how many tasks they do at once", () => {
  writeFileSync(join(place, "free.yaml"), "clusters: { a: { provider: local } }\n");
  expect(() => requestOf("-j", "2", "--clusters", join(place, "free.yaml"))).toThrow(/slots: 2/u);
});

test.each([
  [["--budget", "1usd", "--budget", "2usd"], /--budget: found it twice: "1usd" and "2usd"/u],
  [["--input", "a.txt", "--input", "b.txt"], /--input: found it twice/u],
  [["--results", ""], /--results: found an empty text/u],
  [["--results-jsonl", ""], /--results-jsonl: found an empty text/u],
  [["--results-jsonl", "-"], /\/dev\/stdout for standard output/u],
  [
    ["--results", "there", "--results-jsonl", "./there"],
    /--results-jsonl: found "\S+", which --results names too/u,
  ],
])("%j is refused, as something would be lost in silence", (words, trouble) => {
  expect(() => requestOf(...words)).toThrow(trouble);
});

test("results are never written over the bag, by whatever name it goes", () => {
  const bag = join(place, "bag.txt");
  writeFileSync(bag, "true\n");
  symlinkSync(bag, join(place, "same.txt"));
  for (const lines of [bag, join(place, "same.txt")])
    expect(() => runRequest([bag], flagsOf("--results-jsonl", lines))).toThrow(/which this run reads/u);
  expect(() => runRequest([bag], flagsOf("--results-jsonl", join(place, "new.jsonl")))).not.toThrow();
});

test("a resumed run is told only what was said this time", () => {
  const flags = { runs: "runs" };
  expect(Object.keys(resumeRequest(undefined, flags)).sort()).toEqual(["environmentNow", "manner", "runs"]);
  expect(resumeRequest("x", { ...flags, yes: true, choose: "fastest", whenShort: "spend" })).toMatchObject({
    run: "x",
    yes: true,
    choose: "fastest",
    whenShort: "spend",
  });
});

test("elsewhere than on Linux it says what is missing", () => {
  expect(() => refuseElsewhere("darwin")).toThrow(TroubleError);
  expect(() => refuseElsewhere("linux")).not.toThrow();
});
