/** What the checker must not mistake for a fault. */
import { describe, expect, test } from "vitest";
import { microUsd } from "@stint/shared/units.js";
import {
  at,
  ended,
  frame,
  gone,
  id,
  lawsBroken,
  OPENING,
  ready,
  renew,
  rent,
  start,
  stopping,
  TEN_MINUTES,
  tick,
  WHOLE_RUN,
} from "../../../../test/planner/told-frames.js";
import type { RunEvent } from "./records.js";

describe("what looks like a fault and is none", () => {
  test("a result that comes twice, or after its machine was given up, changes nothing", () => {
    const frames = [
      ...OPENING,
      frame(tick(0), start(1, 0)),
      frame(gone(1, 1)),
      frame(ended(1, 0, 1, { minute: 2 })),
      frame(ended(1, 0, 1, { minute: 3 })),
    ];
    expect(lawsBroken(frames)).toEqual([]);
  });

  test("a result of what was ordered in records that are gone is nobody's fault", () => {
    const resumed: RunEvent = { kind: "resumed", at: at(1), droppedBytes: 700 };
    const frames = [...OPENING, frame(tick(0), start(1, 0)), frame(resumed)];
    expect(lawsBroken([...frames, frame(ended(1, 1)), frame(ended(7, 0))])).toEqual([]);
  });

  test("a lost attempt uses up no retry", () => {
    const lose = (machine: number, attempt: number) => [
      frame(tick(attempt), rent(machine, attempt + 2)),
      frame(ready(machine, attempt), start(machine, 0, attempt)),
      frame(gone(machine, attempt)),
    ];
    expect(lawsBroken([1, 2, 3].flatMap((turn) => lose(turn, turn)))).toEqual([]);
  });

  test("a pair runs on more than two clusters at once, done or not", () => {
    const pairs = [1, 2, 3].map((attempt) => start(1, 1, attempt, "pair"));
    const later = frame(ended(1, 1), start(1, 1, 4, "pair"));
    expect(lawsBroken([...OPENING, frame(tick(0), ...pairs), later])).toEqual([]);
  });

  test("money that was added may be spent", () => {
    const added: RunEvent = { kind: "budget-added", amount: microUsd(TEN_MINUTES), at: at(1) };
    expect(lawsBroken([...OPENING, frame(added), frame(tick(1), renew(1, 30))])).toEqual([]);
  });

  test("a launch that certainly failed gives its money back", () => {
    const refused: RunEvent = {
      kind: "machine-launch-failed",
      machine: id(1),
      code: "full",
      message: "no room",
      at: at(0),
    };
    expect(lawsBroken([frame(tick(0), rent(1)), frame(refused, rent(2, 20))])).toEqual([]);
  });

  test("a run that was stopped starts tasks again after it was resumed and its machines were heard", () => {
    const back: RunEvent = { kind: "machine-back", machine: id(1), at: at(2) };
    const frames = [
      ...OPENING,
      frame(tick(1), stopping("stopped")),
      frame({ kind: "resumed", at: at(2) }),
      frame(back, start(1, 0)),
    ];
    expect(lawsBroken(frames)).toEqual([]);
  });

  test("a run that was paused starts and renews again when it goes on", () => {
    const frames = [
      ...OPENING,
      frame({ kind: "pause-asked", at: at(1) }),
      frame({ kind: "unpause-asked", at: at(2) }, start(1, 0), renew(1, 12)),
    ];
    expect(lawsBroken(frames)).toEqual([]);
  });

  test("a finished run that is resumed is still finished", () => {
    expect(lawsBroken([...WHOLE_RUN, frame({ kind: "resumed", at: at(20) })], true)).toEqual([]);
  });
});
