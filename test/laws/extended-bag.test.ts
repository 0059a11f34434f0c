/** A bag that grows while its run is stopped, lost, ended or short: in every world the laws hold of all its tasks. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bagSize } from "@stint/master/simulate/true-runtimes.js";
import { lawfulRun } from "./lawful-run.js";
import { randomWorlds, worldOf, type DrawnWorld, type Mishap } from "./random-worlds.js";
import { expectEachTaskOnce, expectReceiptAddsUp } from "./receipt.js";

const WORLDS = Math.ceil(Number(process.env["LAW_WORLDS"] ?? 1000) / 5);
const SEED = Number(process.env["LAW_SEED"] ?? 20_260_107);

/** The share of the bag that the run begins with, and when the others come; after its end, now and then. */
const extensions = fc.record({
  share: fc.double({ min: 0, max: 0.95, noNaN: true }),
  afterFrames: fc.oneof(fc.integer({ min: 1, max: 150 }), fc.constant(Number.MAX_SAFE_INTEGER)),
  away: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 4000, noNaN: true })),
});

const growingWorlds = fc.tuple(randomWorlds, extensions).map(([drawn, extension]): DrawnWorld => {
  const all = bagSize(drawn.runtimes);
  const extended: Mishap = { kind: "extended", afterFrames: extension.afterFrames, away: extension.away };
  const [first, ...others] = drawn.mishaps;
  return {
    ...drawn,
    beginsWith: Math.max(1, Math.floor(all * extension.share)),
    mishaps: first === undefined ? [extended] : [first, extended, ...others],
  };
});

test(
  "no law is broken by any record when new tasks come, and none of them is forgotten",
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(growingWorlds, (drawn) => {
        const ended = lawfulRun(worldOf(drawn));
        expectReceiptAddsUp(ended);
        expectEachTaskOnce(ended);
        const { count } = ended.run.attempts;
        expect(Object.values(count).reduce((sum, each) => sum + each, 0)).toBe(bagSize(drawn.runtimes));
      }),
      { numRuns: WORLDS, seed: SEED, endOnFailure: true },
    );
  },
);
