/** What a screen says is still to come, between two forecasts. */
import { minutes } from "@stint/shared/units.js";
import { answer } from "@stint/master/planner/answer.js";
import { questionFor } from "@stint/master/planner/ask.js";
import type { ReviewComputed } from "@stint/master/planner/reevaluate/records.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { stillToCome } from "@stint/master/planner/still-to-come.js";
import { describe, expect, test } from "vitest";
import { because } from "./told-frames.js";
import { order, passed, rented, seen, toldRun } from "./told-run.js";

/** Two machines at a dollar an hour each, twenty tasks of a minute, forecast a moment ago. */
function forecastRun(): Run {
  const run = toldRun({ tasks: 20, wanted: [2] });
  seen(run, 0, 60, 60, 60);
  rented(run, 0, { lease: minutes(60) });
  rented(run, 0, { lease: minutes(60) });
  const asked = { kind: "ask-review", question: 1, search: false, because } as const;
  const { inForce } = answer(questionFor(run, asked)) as ReviewComputed;
  order(run, { kind: "keep-plan", plan: inForce, because });
  return run;
}

describe("what is still to come", () => {
  test("is the forecast, less the time that has passed", () => {
    const run = forecastRun();
    const first = stillToCome(run).timeLeft;
    expect(first?.p50).toBeGreaterThanOrEqual(minutes(10));
    expect(first?.p90).toBeGreaterThan(first?.p50 ?? 0);
  });

  test("is no less than what waits takes on the machines that are there, and as dear as that makes it", () => {
    const run = forecastRun();
    const { finalCost } = stillToCome(run);
    passed(run, minutes(8));
    const late = stillToCome(run);
    // Nothing has ended meanwhile: twenty tasks of a minute on two machines.
    expect(late.timeLeft?.p50).toBe(minutes(10));
    // At two dollars an hour eight minutes are 27 cents.
    expect((late.finalCost?.p50 ?? 0) - (finalCost?.p50 ?? 0)).toBeGreaterThan(200_000);
  });

  test("is nothing once the run has ended", () => {
    const run = forecastRun();
    order(run, { kind: "end-run", state: "stopped", because });
    expect(stillToCome(run)).toEqual({});
  });
});
