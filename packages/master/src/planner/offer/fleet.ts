/** The machines of a plan as a forecast sees them: those that stay, those that leave, those that would be rented. */
import { present } from "@stint/shared/invariant.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot } from "../estimate/snapshot.js";
import type { Configuration } from "../vocabulary/configuration.js";
import { freshGroup, type Group } from "./group.js";
import type { Present } from "./present.js";

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

export function fleetOf(
  { snapshot, model, present: machinesOf }: Market,
  configuration: Configuration,
): Fleet {
  const groups: Group[] = [];
  let comingBack = 0;
  machinesOf.forEach((machines, cluster) => {
    const wanted = configuration[cluster] ?? 0;
    // Where in the list machines that do not differ are, those that stay and those that leave.
    const places = { staying: new Map<string, number>(), leaving: new Map<string, number>() };
    machines.forEach((machine, index) => {
      const stays = index < wanted && !machine.silent;
      if (!stays) comingBack += machine.comingBack;
      const known = stays ? places.staying : places.leaving;
      const place = known.get(machine.alike);
      if (place === undefined)
        known.set(machine.alike, groups.push(stays ? machine.staying : machine.leaving) - 1);
      else groups[place] = oneMore(groups[place]);
    });
    const fresh = freshGroup(snapshot, model, cluster, wanted - machines.length);
    if (fresh !== undefined) groups.push(fresh);
  });
  return { groups, comingBack };
}

function oneMore(group: Group | undefined): Group {
  const one = present(group, "a group that has a place is there", {});
  return { ...one, machines: one.machines + 1 };
}
