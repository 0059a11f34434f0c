/** The machines of a plan as a forecast sees them: those that stay, those that leave, those that would be rented. */
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

export function fleetOf({ snapshot, model, present }: Market, configuration: Configuration): Fleet {
  const groups = new Map<string, Group>();
  let comingBack = 0;
  present.forEach((machines, cluster) => {
    const wanted = configuration[cluster] ?? 0;
    machines.forEach((machine, index) => {
      const stays = index < wanted && !machine.silent;
      if (!stays) comingBack += machine.comingBack;
      const key = `${String(cluster)} ${String(stays)} ${machine.alike}`;
      const before = groups.get(key);
      const one = stays ? machine.staying : machine.leaving;
      groups.set(key, before === undefined ? one : { ...before, machines: before.machines + 1 });
    });
    const fresh = freshGroup(snapshot, model, cluster, wanted - machines.length);
    if (fresh !== undefined) groups.set(`${String(cluster)} fresh`, fresh);
  });
  return { groups: [...groups.values()], comingBack };
}
