import fc from "fast-check";
import { describe, test } from "vitest";
import { lawfulRun } from "./lawful-run.js";
import { randomWorlds } from "./random-worlds.js";
import { expectEachTaskOnce, expectReceiptAddsUp } from "./receipt.js";

const WORLDS = Number(process.env["LAW_WORLDS"] ?? 1000);
const SEED = Number(process.env["LAW_SEED"] ?? 20_260_107);

describe("in every world", () => {
  test(
    "no law is broken by any record, and the run ends with a receipt that adds up",
    { timeout: 600_000 },
    () => {
      fc.assert(
        fc.property(randomWorlds, (world) => {
          const ended = lawfulRun(world);
          expectReceiptAddsUp(ended);
          expectEachTaskOnce(ended);
        }),
        { numRuns: WORLDS, seed: SEED },
      );
    },
  );
});
