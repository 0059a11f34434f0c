/**
 * Which tasks were read last? A task is asked for when it is ordered and again when it is over; in between it is
 * kept, unless that took so long that too much else was read.
 */
import type { Task } from "@stint/shared/bag/bag.js";
import type { TaskIndex } from "@stint/shared/ids.js";

export interface RecentTasks {
  get(task: TaskIndex): Task | undefined;
  /** @param bytes what its line takes */
  keep(index: TaskIndex, task: Task, bytes: number): void;
}

/** Of lines; twice as much is kept at most, and at least this much of what was read last. */
const KEPT_BYTES = 4 * 1024 * 1024;

export function recentTasks(): RecentTasks {
  let young = new Map<TaskIndex, Task>();
  let old: ReadonlyMap<TaskIndex, Task> = new Map();
  let bytesOfYoung = 0;
  return {
    get: (task) => young.get(task) ?? old.get(task),
    keep(index, task, bytes) {
      if (bytesOfYoung + bytes > KEPT_BYTES) {
        old = young;
        young = new Map();
        bytesOfYoung = 0;
      }
      young.set(index, task);
      bytesOfYoung += bytes;
    },
  };
}
