/** The machines of a plan as a forecast sees them: those that stay, those that leave, those that would be rented. */
import { inSeconds, type Duration } from "@stint/shared/units.js";
import type { Model } from "../estimate/model.js";
import type { Snapshot } from "../estimate/snapshot.js";
import type { Configuration, Later } from "../vocabulary/configuration.js";
import { freshGroup, type Group } from "./group.js";
import { alikeOf } from "./alike.js";
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

/** What a plan wants: so many machines at first, and fewer later. */
export interface Wanted {
  readonly configuration: Configuration;
  readonly later?: Later;
}

/**
 * @param waiting tasks: for no more than these are machines rented, and where there are none, machines go that run
 * nothing
 */
export function fleetOf(
  { snapshot, model, present: machinesOf }: Market,
  plan: Wanted,
  waiting: number,
): Fleet {
  const groups: Group[] = [];
  let comingBack = 0;
  machinesOf.forEach((machines, cluster) => {
    const wanted = plan.configuration[cluster] ?? 0;
    const kept = Math.min(wanted, plan.later?.configuration[cluster] ?? wanted);
    const staying: Group[] = [];
    let left = wanted;
    for (const alike of alikeOf(machines)) {
      const stay = alike.silent || (waiting <= 0 && alike.idle) ? 0 : Math.min(alike.machines, left);
      left -= stay;
      if (stay > 0) staying.push({ ...alike.staying, machines: stay });
      const leave = alike.machines - stay;
      comingBack += leave * alike.comingBack;
      if (leave > 0) groups.push({ ...alike.leaving, machines: leave });
    }
    const missing = Math.min(wanted - machines.length, Math.ceil(waiting / slotsOf(snapshot, cluster)));
    const fresh = freshGroup(snapshot, model, cluster, Math.max(0, missing));
    groups.push(...inStages([...staying, ...(fresh === undefined ? [] : [fresh])], kept, plan.later));
  });
  return { groups, comingBack };
}

const slotsOf = ({ clusters }: Snapshot, cluster: number): number => clusters[cluster]?.cluster.slots ?? 1;

/** Those whose units end last after the plan's change leave: the others' next units begin sooner, so more is done. */
function inStages(groups: readonly Group[], kept: number, later: Later | undefined): readonly Group[] {
  if (later === undefined) return groups;
  const leaving = groups.map((group) => ({ group, gone: leavingLater(group, later) }));
  leaving.sort((a, b) => (a.gone.leavesAfter ?? 0) - (b.gone.leavesAfter ?? 0));
  let left = kept;
  return leaving.flatMap(({ group, gone }) => {
    const stay = Math.min(group.machines, left);
    left -= stay;
    return [
      { ...group, machines: stay },
      { ...gone, machines: group.machines - stay },
    ].filter(({ machines }) => machines > 0);
  });
}

/** It leaves at the first end of a unit that lies no earlier than the plan's change. */
function leavingLater(group: Group, later: Later): Group {
  const change = (group.billedFor + later.after) as Duration;
  const { atu, minimum } = group.tariff;
  const end = Math.max(minimum, Math.ceil(change / atu) * atu);
  return { ...group, leavesAfter: inSeconds((end - group.billedFor) as Duration) };
}
