/** The published cases, told as transcripts that a person can read in a minute, and kept. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seconds } from "@stint/shared/units.js";
import { simulate } from "@stint/master/simulate/simulate.js";
import { publishedCase, type Case } from "./published-cases.js";
import { transcriptOf } from "./transcript.js";

const LINES_MOST = 80;

const CASES: Readonly<Record<string, Case>> = {
  "second-four-times-faster-three-times-dearer": { speed: 4, price: 3, budget: 28 },
  "second-three-times-faster-four-times-dearer": { speed: 3, price: 4, budget: 37.5 },
  "both-clusters-the-same": { speed: 1, price: 1, budget: 37.5 },
  "billed-by-the-second": { speed: 4, price: 3, budget: 28, unit: seconds(1) },
  "cushion-spent-in-the-tail": {
    speed: 4,
    price: 3,
    budget: 24,
    unit: seconds(1),
    runtime: { kind: "lognormal", mean: 900, cv: 1 },
  },
};

describe("a scenario", () => {
  test.each(Object.entries(CASES))("goes as it was told: %s", (name, given) => {
    const run = simulate(publishedCase(given));
    expect(run.violations).toEqual([]);
    expect(run.summary.state).toBe("done");
    expect(run.summary.spent_usd).toBeLessThanOrEqual(given.budget);
    const transcript = transcriptOf(run);
    expect(transcript.split("\n").length).toBeLessThan(LINES_MOST);
    const golden = new URL(`./golden/${name}.txt`, import.meta.url);
    if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(golden, transcript);
    expect(transcript).toBe(readFileSync(golden, "utf8"));
  });
});
