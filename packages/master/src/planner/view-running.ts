/** What runs at this moment, those first that were started first. */
import type { AttemptNumber, ClusterName, MachineId, TaskIndex } from "@stint/shared/ids.js";
import type { Duration, Instant } from "@stint/shared/units.js";
import { activeOf } from "./attempts/attempts.js";
import { expectedFull } from "./estimate/expect.js";
import type { Run } from "./run-state.js";

export interface RunningView {
  readonly task: TaskIndex;
  readonly attempt: AttemptNumber;
  /** A second attempt that races the first. */
  readonly copy: boolean;
  readonly cluster: ClusterName;
  readonly machine: MachineId;
  readonly startedAt: Instant;
  /** Mean runtime of a task there. */
  readonly expected?: Duration;
}

/** Attempts looked at for each that is shown: those that agents hold beyond their slots are passed over. */
const LOOKED_AT_FOR_EACH = 20;

/** In the order in which they were started, as the map of active attempts keeps it. O(most), whatever runs. */
export function viewRunning(run: Run, most: number): RunningView[] {
  const shown: RunningView[] = [];
  const onMachine = new Map<MachineId, number>();
  let looks = 0;
  for (const active of run.attempts.active.values()) {
    looks += 1;
    if (shown.length === most || looks > most * LOOKED_AT_FOR_EACH) break;
    const machine = run.machines.live.get(active.machine);
    const before = onMachine.get(active.machine) ?? 0;
    if (machine === undefined || active.cancelled || before >= machine.slots) continue;
    onMachine.set(active.machine, before + 1);
    const cluster = run.settings.clusters[machine.cluster];
    const expected = expectedFull(run.estimate, machine.cluster);
    if (cluster === undefined) continue;
    shown.push({
      task: active.task,
      attempt: active.attempt,
      copy: activeOf(run.attempts, active.task)[0]?.key !== active.key,
      cluster: cluster.name,
      machine: active.machine,
      startedAt: active.orderedAt,
      ...(expected !== undefined && { expected }),
    });
  }
  return shown;
}
