/** The live screen of a wide terminal: what it has beyond the narrow one, and that it keeps within its room. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import fc from "fast-check";
import type { AttemptNumber, ClusterName, MachineId, TaskIndex } from "@stint/shared/ids.js";
import { after, before, minutes, seconds, type Duration } from "@stint/shared/units.js";
import {
  freeView,
  manyClustersView,
  runningView,
} from "../../../../../test/scenarios/golden/console/example-run.js";
import type { RunningView } from "../../planner/view-running.js";
import type { RunView } from "../../planner/view.js";
import { inkOf, NO_INK } from "./ink.js";
import { widthOf } from "./printable.js";
import { screenLines } from "./screen.js";
import { WIDE_LEAST } from "./wide-screen.js";

const golden = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test/scenarios/golden/console/${name}.txt`, import.meta.url));
const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const look = (rows: number) => ({ ink: NO_INK, clustersMost: 12, rows });

const { at, beganAt } = runningView();

const running = (task: number, ago: Duration, rest: Partial<RunningView> = {}): RunningView => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  copy: false,
  cluster: "large" as ClusterName,
  machine: "large-1" as MachineId,
  startedAt: before(at, ago),
  expected: seconds(7.48),
  ...rest,
});

const wideView = (rest: Partial<RunView> = {}): RunView =>
  runningView({
    running: [
      running(1_233, seconds(12), { copy: true }),
      running(1_402, seconds(6)),
      running(1_417, seconds(3), { machine: "small-2" as MachineId, expected: seconds(9.6) }),
    ],
    decisions: [
      { at: after(beganAt, seconds(725)), text: "renting large-4: the plan wants 5, there are 3" },
      { at: after(beganAt, seconds(300)), text: "plan kept: ends in 38 min, promised within 41 min" },
    ],
    ...rest,
  });

test("a wide screen has the money as a bar, what runs longest, and the last decisions", async () => {
  await expect(text(screenLines(wideView(), 160, look(30)))).toMatchFileSnapshot(golden("screen-wide"));
});

test("what runs longer than expected is marked, and so is a copy", () => {
  const ink = inkOf(true);
  const shown = text(screenLines(wideView(), 160, { ...look(30), ink }));
  expect(shown).toContain(ink.active("task 1,234 (copy)"));
  expect(shown).toContain(ink.careful("━".repeat(12)));
  expect(shown).toContain(ink.good(`${"━".repeat(9)}───`));
});

test("a run that costs nothing has no bar of money, and one without a look at what runs has no strip", () => {
  const shown = text(screenLines(freeView(), 160, look(30)));
  expect(shown).toContain("tasks ━");
  expect(shown).not.toMatch(/money|runs longest|\$/u);
});

test("as many decisions are shown as there are rows for, the newest always", () => {
  const decisions = Array.from({ length: 16 }, (_, index) => ({
    at: before(at, minutes(index)),
    text: `decision ${String(index)}`,
  }));
  const shown = (rows: number): number =>
    screenLines(wideView({ decisions }), 200, look(rows)).filter((line) => line.includes("decision ")).length;
  expect(shown(60)).toBe(16);
  expect(shown(24)).toBeGreaterThan(1);
  expect(shown(24)).toBeLessThan(16);
  expect(shown(5)).toBe(1);
});

test("no line is as wide as the terminal and no more lines than rows, whatever runs and was decided", () => {
  const anyText = fc.string({ unit: "binary", maxLength: 60 });
  const columns = fc.integer({ min: WIDE_LEAST, max: 260 });
  fc.assert(
    fc.property(
      columns,
      fc.integer({ min: 24, max: 70 }),
      anyText,
      fc.nat(40),
      (width, rows, words, count) => {
        const view = {
          ...manyClustersView(),
          waitingFor: words,
          running: Array.from({ length: count }, (_, index) =>
            running(index, seconds(index), { machine: words as MachineId }),
          ),
          decisions: Array.from({ length: count }, () => ({ at, text: words })),
        };
        const lines = screenLines(view, width, { ...look(rows), clustersMost: 4 });
        expect(lines.length).toBeLessThan(rows);
        for (const line of lines) {
          expect(widthOf(line)).toBeLessThan(width);
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
        }
      },
    ),
  );
});
