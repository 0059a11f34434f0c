/** An agent with short tasks asks for many ahead: a machine that goes gets no more than it can still end. */
import { expect, test } from "vitest";
import { applyEvent } from "@stint/master/planner/apply.js";
import { assign } from "@stint/master/planner/run/assign.js";
import { because } from "./told-frames.js";
import { begun, cluster, order, passed, rented, seconds, seen, toldRun } from "./told-run.js";

/** Starts of a machine that asks for 64 tasks of ten seconds more, five of which end before what is owed for it does. */
function startsOf(given: { slots: number; running: number; leaving: boolean }): number {
  const run = toldRun({ clusters: [cluster("small", { slots: given.slots })] });
  seen(run, 0, 10, 10);
  const machine = rented(run);
  applyEvent(run, { kind: "tasks-wanted", machine, credit: 64, at: run.at });
  begun(run, machine, ...Array.from({ length: given.running }, (_, task) => task));
  passed(run, seconds(1));
  if (given.leaving) order(run, { kind: "mark-leaving", machine, because });
  return assign(run).reduce((sum, { starts }) => sum + starts.length, 0);
}

test.each([
  ["all it asks for where it stays", { slots: 1, running: 0, leaving: false }, 65],
  ["what ends one after the other", { slots: 1, running: 0, leaving: true }, 5],
  ["that many in each of its slots", { slots: 2, running: 0, leaving: true }, 10],
  ["less what it has already", { slots: 1, running: 3, leaving: true }, 2],
  ["nothing when it has enough", { slots: 1, running: 6, leaving: true }, 0],
])("a machine is given %s", (_, given, expected) => expect(startsOf(given)).toBe(expected));
