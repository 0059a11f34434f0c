/**
 * Which waiting task does a machine get next? The first in the run's order that fits: a retry rather on another machine
 * than the one it failed on, a suspect only where no other runs. Deciding changes nothing; amortised O(1) a task.
 */
import type { MachineId, TaskIndex } from "@stint/shared/ids.js";
import { isReady, type Attempts } from "./attempts.js";
import { cursor } from "./queue.js";
import { isSuspect } from "./suspects.js";

/** Tasks that are passed over for one machine and kept in mind for others. */
const ASIDE_MOST = 32;

export interface HandOut {
  /** Leaves aside what failed on this machine last. */
  take(machine: MachineId): TaskIndex | undefined;
  /** What was left aside, for want of another machine. */
  takeAside(machine: MachineId): TaskIndex | undefined;
}

/** @param handed tasks that were handed out already and still count as waiting; may grow */
export function handOut(attempts: Attempts, handed: ReadonlySet<TaskIndex> = new Set()): HandOut {
  const queue = cursor(attempts.queue, (task) => isReady(attempts, task) && !handed.has(task));
  const aside: TaskIndex[] = [];
  const gotSuspect = new Set<MachineId>();

  const suspectsMeet = (task: TaskIndex, machine: MachineId): boolean =>
    isSuspect(attempts, task) && (attempts.suspectOn.has(machine) || gotSuspect.has(machine));
  const fits = (task: TaskIndex, machine: MachineId): boolean =>
    attempts.failedOn.get(task) !== machine && !suspectsMeet(task, machine);
  const given = (task: TaskIndex, machine: MachineId): TaskIndex => {
    if (isSuspect(attempts, task)) gotSuspect.add(machine);
    return task;
  };
  const outOfAside = (machine: MachineId, may: typeof fits): TaskIndex | undefined => {
    const index = aside.findIndex((task) => !handed.has(task) && may(task, machine));
    const [task] = index < 0 ? [] : aside.splice(index, 1);
    return task === undefined ? undefined : given(task, machine);
  };

  return {
    take(machine) {
      const left = outOfAside(machine, fits);
      if (left !== undefined) return left;
      while (aside.length < ASIDE_MOST) {
        const task = queue.take();
        if (task === undefined) return undefined;
        if (fits(task, machine)) return given(task, machine);
        aside.push(task);
      }
      return undefined;
    },
    takeAside: (machine) => outOfAside(machine, (task, on) => !suspectsMeet(task, on)),
  };
}
