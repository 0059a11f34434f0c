/**
 * What each machine of BaTS will still do: tasks that it starts in time that is paid already (virtual), and those for
 * which its plan still pays (potential).
 */
import type { BatsMachine } from "./bats-machine.js";
import { atusBegun } from "./bats-machine.js";
import { costOf, minutesNow, type Crew } from "./crew.js";
import type { Estimate } from "./estimate.js";

export interface Outlook {
  readonly virtual: number;
  readonly potential: number;
  /** Paid for machines that are there and for those that are gone, current tasks run to their expected end. */
  readonly consumed: number;
  /** ATUs that each machine will have been paid for by then. */
  readonly paid: ReadonlyMap<BatsMachine, number>;
}

export function outlookOf(crew: Crew, estimate: Estimate, means: readonly number[]): Outlook {
  const paid = new Map<BatsMachine, number>();
  let [virtual, potential, consumed] = [0, 0, crew.spent];
  for (const machine of crew.machines.values()) {
    const one = outlookOfOne(crew, estimate, machine, means);
    virtual += one.virtual;
    potential += one.potential;
    consumed += one.paid * costOf(crew, machine.cluster);
    paid.set(machine, one.paid);
  }
  return { virtual, potential, consumed, paid };
}

interface One {
  readonly virtual: number;
  readonly potential: number;
  readonly paid: number;
}

function outlookOfOne(crew: Crew, estimate: Estimate, machine: BatsMachine, means: readonly number[]): One {
  const { atu, clusters } = crew.fleet;
  const { cluster, askedAt, plan, before } = machine;
  const slots = clusters[cluster]?.slots ?? 1;
  if (askedAt === undefined) {
    // It pays from its first request; until then the plan has all of it.
    const rate = slots / (means[cluster] ?? Infinity);
    return { virtual: 0, potential: Math.floor(rate * plan * atu), paid: 0 };
  }
  const { whole, rest } = currentOf(machine, estimate, minutesNow(crew));
  const jobs = machine.jobs + machine.current.size;
  const rate = jobs === 0 ? slots / (means[cluster] ?? Infinity) : (slots * jobs) / (machine.busy + whole);
  const until = minutesNow(crew) - askedAt + rest;
  const paid = atusBegun(until, atu);
  const left = Math.max(0, paid * atu - until);
  const virtual = Math.floor(rate * left);
  const planned = machine.leavesAt === undefined ? Math.max(0, plan - (paid - before)) : 0;
  const remainder = rate > 0 ? left - virtual / rate : 0;
  return { virtual, potential: Math.floor(rate * (planned * atu + remainder)), paid };
}

/** What its current tasks take in all, and until the last of them ends. */
function currentOf(
  { cluster, current }: BatsMachine,
  estimate: Estimate,
  now: number,
): { readonly whole: number; readonly rest: number } {
  let [whole, rest] = [0, 0];
  for (const { since } of current.values()) {
    const expected = estimate.whole(cluster, now - since);
    whole += expected;
    rest = Math.max(rest, expected - (now - since));
  }
  return { whole, rest };
}
