/**
 * What a run cost, from the rows of its machines alone: whole units from the first instant billed, the minimum at
 * least, at the prices of its rows, each machine rounded up once. Shares no code with the planner's ledger.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClosedMachine } from "@stint/master/planner/machines/closed.js";

const HOUR = 3_600_000_000n;

/** Micro-dollars. */
export function recomputeBill(machines: readonly ClosedMachine[], clusters: readonly Cluster[]): bigint {
  return machines.reduce((sum, machine) => sum + billOf(machine, clusters[machine.cluster]), 0n);
}

function billOf(machine: ClosedMachine, cluster: Cluster | undefined): bigint {
  if (cluster === undefined) throw new RangeError("a machine of no cluster");
  const { atu, minimum } = cluster.tariff;
  const had = Math.max(machine.releasedAt - machine.billedFrom, minimum);
  const end = machine.billedFrom + Math.ceil(had / atu) * atu;
  let at: number = machine.billedFrom;
  let exact = 0n;
  for (const { from, to, price } of machine.periods) {
    if (from !== at) throw new RangeError(`${machine.machine} is billed twice, or not at all, for a while`);
    exact += BigInt(to - from) * BigInt(price);
    at = to;
  }
  if (at !== end) throw new RangeError(`${machine.machine} is not billed in whole units to its end`);
  return (exact + HOUR - 1n) / HOUR;
}
