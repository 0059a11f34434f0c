/**
 * Which running task does an idle machine of BaTS copy when nothing waits? The one that would take it longest among
 * those it would end sooner than the machine that runs it. It looks at no paid end, and cancels no loser.
 */
import type { TaskIndex } from "@stint/shared/ids.js";
import type { BatsMachine } from "./bats-machine.js";
import { minutesNow, type Crew } from "./crew.js";
import type { Estimate } from "./estimate.js";

export function taskToCopy(
  crew: Crew,
  estimate: Estimate,
  idle: BatsMachine,
  copied: ReadonlySet<TaskIndex>,
): TaskIndex | undefined {
  const now = minutesNow(crew);
  let best: { readonly task: TaskIndex; readonly here: number; readonly elapsed: number } | undefined;
  for (const { cluster, current } of crew.machines.values()) {
    if (cluster === idle.cluster) continue;
    for (const { task, since } of current.values()) {
      if (copied.has(task)) continue;
      const elapsed = now - since;
      const there = estimate.wholeByAll(cluster, elapsed);
      const here = estimate.mapped(there, cluster, idle.cluster);
      if (!(here < there - elapsed)) continue;
      if (best === undefined || here > best.here || (here === best.here && elapsed < best.elapsed))
        best = { task, here, elapsed };
    }
  }
  return best?.task;
}
