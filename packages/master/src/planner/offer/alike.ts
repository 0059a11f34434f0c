/** Machines of a cluster that do not differ, as one: all plans of a question look at the same ones. */
import { joined, type Group } from "./group.js";
import type { PresentMachine } from "./present.js";

export interface Alike {
  readonly machines: number;
  /** The groups of one of them, with the mean of their ages. */
  readonly staying: Group;
  readonly leaving: Group;
  readonly silent: boolean;
  readonly idle: boolean;
  /** Tasks of one of them that will have to be run again if it leaves, on average. */
  readonly comingBack: number;
}

const known = new WeakMap<readonly PresentMachine[], readonly Alike[]>();

/** In the machines' order, neighbours put together. */
export function alikeOf(machines: readonly PresentMachine[]): readonly Alike[] {
  const remembered = known.get(machines);
  if (remembered !== undefined) return remembered;
  const found: Alike[] = [];
  let key = "";
  for (const machine of machines) {
    const own = `${machine.alike} ${String(machine.silent)}`;
    const last = found.at(-1);
    if (last !== undefined && own === key) found[found.length - 1] = withOneMore(last, machine);
    else found.push({ ...machine, machines: 1 });
    key = own;
  }
  known.set(machines, found);
  return found;
}

const withOneMore = (alike: Alike, one: PresentMachine): Alike => ({
  machines: alike.machines + 1,
  staying: { ...joined({ ...alike.staying, machines: alike.machines }, one.staying), machines: 1 },
  leaving: { ...joined({ ...alike.leaving, machines: alike.machines }, one.leaving), machines: 1 },
  silent: alike.silent,
  idle: alike.idle,
  comingBack: (alike.comingBack * alike.machines + one.comingBack) / (alike.machines + 1),
});
