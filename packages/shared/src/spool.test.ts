import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AttemptNumber, TaskIndex } from "./ids.js";
import { ackedLine, batchLine, unacknowledged, type SpooledBatch, type SpooledReport } from "./spool.js";

const BOOT = "3b0f6d1a-0000-4000-8000-000000000001";

const report = (task: number): SpooledReport => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  ending: { kind: "exited", code: 0 },
  startedBootUs: 1_000,
  endedBootUs: 2_000,
  slot: 1,
  stdoutBytes: 3,
  stderrBytes: 0,
});
const batch = (seq: number, ...tasks: number[]): SpooledBatch => ({
  seq,
  bootId: BOOT,
  reports: tasks.map(report),
});

describe("a spool", () => {
  test("holds what was written and not acknowledged, in the order of its numbers", () => {
    const text =
      batchLine(batch(1, 10)) + batchLine(batch(2, 11, 12)) + ackedLine(1) + batchLine(batch(3, 13));
    expect(unacknowledged(text)).toEqual([batch(2, 11, 12), batch(3, 13)]);
  });

  test("holds a batch once that was written again", () => {
    expect(unacknowledged(batchLine(batch(1, 10)).repeat(2))).toEqual([batch(1, 10)]);
  });

  test("that was cut anywhere holds every batch whose line is whole", () => {
    const lines = [1, 2, 3, 4].map((seq) => batchLine(batch(seq, seq)));
    const text = lines.join("");
    fc.assert(
      fc.property(fc.nat(text.length), (cut) => {
        const whole = text.slice(0, cut).split("\n").length - 1;
        expect(unacknowledged(text.slice(0, cut))).toHaveLength(whole);
      }),
    );
  });

  test.each([
    ["no JSON", "{"],
    ["no object", "7"],
    ["a number below nothing", batchLine(batch(-1, 1)).trim()],
    ["an ending nobody knows", batchLine(batch(1, 1)).trim().replace("exited", "vanished")],
    ["a task that is no number", batchLine(batch(1, 1)).trim().replace('"task":1', '"task":"1"')],
    ["an instant that is not whole", batchLine(batch(1, 1)).trim().replace("1000", "1000.5")],
  ])("leaves out a line with %s and keeps the rest", (_, line) => {
    expect(unacknowledged(`${line}\n${batchLine(batch(2, 2))}`)).toEqual([batch(2, 2)]);
  });
});
