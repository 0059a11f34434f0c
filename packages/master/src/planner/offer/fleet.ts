/** The machines of a plan as a forecast sees them: those that stay, those that leave, those that would be rented. */
import { present } from "@stint/shared/invariant.js";
import { inSeconds, type Duration } from "@stint/shared/units.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot } from "../estimate/snapshot.js";
import type { Configuration } from "../vocabulary/configuration.js";
import { freshGroup, type Group } from "./group.js";
import type { Present, PresentMachine } from "./present.js";
import type { Later } from "./records.js";

/** What a fleet is made of. */
export interface Market {
  readonly snapshot: Snapshot;
  readonly model: Model;
  readonly present: Present;
}

export interface Fleet {
  /** Machines that do not differ are one group: a fleet of a thousand is as quick as one of ten. */
  readonly groups: readonly Group[];
  /** How many of the tasks that run now will have to be run again, since their machine leaves before they end. */
  readonly comingBack: number;
}

/** What a plan wants: so many machines at first, and fewer later. */
export interface Wanted {
  readonly configuration: Configuration;
  readonly later?: Later;
}

export function fleetOf({ snapshot, model, present: machinesOf }: Market, plan: Wanted): Fleet {
  const groups: Group[] = [];
  let comingBack = 0;
  machinesOf.forEach((machines, cluster) => {
    const wanted = plan.configuration[cluster] ?? 0;
    const kept = Math.min(wanted, plan.later?.configuration[cluster] ?? wanted);
    // Where in the list machines that do not differ are, for each way in which they go or stay.
    const places = new Map<string, number>();
    const goLater = leavers(machines.slice(0, wanted), kept, plan.later);
    machines.forEach((machine, index) => {
      const stays = index < wanted && !machine.silent;
      if (!stays) comingBack += machine.comingBack;
      const how = !stays ? "leaves" : goLater.has(machine) ? "leaves-later" : "stays";
      const place = places.get(`${how} ${machine.alike}`);
      if (place === undefined) {
        const group = stays ? machine.staying : machine.leaving;
        const one = how === "leaves-later" ? leavingLater(group, plan.later) : group;
        places.set(`${how} ${machine.alike}`, groups.push(one) - 1);
      } else groups[place] = oneMore(groups[place]);
    });
    const missing = Math.max(0, wanted - machines.length);
    const missingKept = Math.max(0, kept - machines.length);
    const fresh = freshGroup(snapshot, model, cluster, missingKept);
    const freshLater = freshGroup(snapshot, model, cluster, missing - missingKept);
    if (fresh !== undefined) groups.push(fresh);
    if (freshLater !== undefined) groups.push(leavingLater(freshLater, plan.later));
  });
  return { groups, comingBack };
}

/** Those whose units end last after the plan's change: the others' next units begin sooner, so that more is done. */
function leavers(
  machines: readonly PresentMachine[],
  kept: number,
  later: Later | undefined,
): ReadonlySet<PresentMachine> {
  if (later === undefined || machines.length <= kept) return new Set();
  const end = ({ staying }: PresentMachine): number => leavingLater(staying, later).leavesAfter ?? 0;
  return new Set([...machines].sort((a, b) => end(a) - end(b)).slice(kept));
}

/** It leaves at the first end of a unit that lies no earlier than the plan's change. */
function leavingLater(group: Group, later: Later | undefined): Group {
  if (later === undefined) return group;
  const change = (group.billedFor + later.after) as Duration;
  const { atu, minimum } = group.tariff;
  const end = Math.max(minimum, Math.ceil(change / atu) * atu);
  return { ...group, leavesAfter: inSeconds((end - group.billedFor) as Duration) };
}

function oneMore(group: Group | undefined): Group {
  const one = present(group, "a group that has a place is there", {});
  return { ...one, machines: one.machines + 1 };
}
