/** Who takes the last tasks: a table of fleets, and whether a slow machine that falls idle is given one more. */
import { expect, test } from "vitest";
import { applyEvent } from "@stint/master/planner/apply.js";
import { assign } from "@stint/master/planner/run/assign.js";
import type { Run } from "@stint/master/planner/run-state.js";
import type { MachineId } from "@stint/shared/ids.js";
import { minutes, NO_TIME } from "@stint/shared/units.js";
import { begun, cluster, DOLLAR_AN_HOUR, passed, rented, seconds, seen, toldRun } from "./told-run.js";

interface Game {
  readonly waiting: number;
  /** Fast machines that began a task just now. */
  readonly fast: number;
  /** Minutes that are paid whole once begun. */
  readonly unit?: number;
  /** The fast machines were ordered and have not come yet. */
  readonly booting?: boolean;
}

/** A task takes 100 s on a slow machine and 20 s on a fast one. */
function slowMachineOf({ waiting, fast, unit, booting }: Game): { run: Run; slow: MachineId } {
  const tariff = {
    ...DOLLAR_AN_HOUR,
    atu: unit === undefined ? seconds(1) : minutes(unit),
    minimum: NO_TIME,
  };
  const clusters = [cluster("slow", { tariff }), cluster("fast", { tariff, bootExpected: seconds(30) })];
  const running = booting === true ? 0 : fast;
  const run = toldRun({ clusters, tasks: waiting + running });
  seen(run, 0, 100, 100);
  seen(run, 1, 20, 20);
  for (let number = 0; number < fast; number += 1) {
    const machine = rented(run, 1, { ready: booting !== true });
    if (booting !== true) begun(run, machine, number);
  }
  return { run, slow: rented(run, 0, { lease: minutes(unit ?? 2) }) };
}

const takes = (game: Game): boolean => {
  const { run, slow } = slowMachineOf(game);
  passed(run, seconds(1));
  return assign(run).some(({ machine }) => machine === slow);
};

test.each([
  ["is given one of many", { waiting: 20, fast: 2 }, true],
  ["is given none of a few that two fast ones end sooner", { waiting: 6, fast: 2 }, false],
  ["is given one as soon as they would end later than it", { waiting: 9, fast: 2 }, true],
  ["is given the last one where nobody else is there", { waiting: 1, fast: 0 }, true],
  ["is given one whatever waits where its time is owed anyway", { waiting: 6, fast: 2, unit: 60 }, true],
  ["counts on machines that are on their way", { waiting: 2, fast: 2, booting: true }, false],
])("a slow machine that falls idle %s", (_, game, expected) => expect(takes(game)).toBe(expected));

test("what a fast machine holds ahead it has yet to end", () => {
  const { run, slow } = slowMachineOf({ waiting: 6, fast: 1 });
  const [fast] = [...run.machines.live.keys()];
  applyEvent(run, { kind: "tasks-wanted", machine: fast as MachineId, credit: 5, at: run.at });
  begun(run, fast as MachineId, 1, 2, 3, 4, 5);
  passed(run, seconds(1));
  expect(assign(run).some(({ machine }) => machine === slow)).toBe(true);
});

test("a machine that is late is not counted on: it may take as long again", () => {
  const { run, slow } = slowMachineOf({ waiting: 2, fast: 2, booting: true });
  passed(run, seconds(90));
  expect(assign(run).some(({ machine }) => machine === slow)).toBe(true);
});
