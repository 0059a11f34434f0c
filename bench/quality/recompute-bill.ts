/**
 * What a run cost, from the rows of its machines alone: whole units from the first instant billed, the minimum at
 * least, each machine rounded up once. Shares no code with the planner's ledger.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClosedMachine } from "@stint/master/planner/machines/closed.js";

const HOUR = 3_600_000_000n;

/** Micro-dollars. */
export function recomputeBill(machines: readonly ClosedMachine[], clusters: readonly Cluster[]): bigint {
  return machines.reduce((sum, machine) => sum + billOf(machine, clusters[machine.cluster]), 0n);
}

function billOf({ billedFrom, releasedAt }: ClosedMachine, cluster: Cluster | undefined): bigint {
  if (cluster === undefined) throw new RangeError("a machine of no cluster");
  const { atu, minimum, price } = cluster.tariff;
  const had = Math.max(releasedAt - billedFrom, minimum);
  const billed = BigInt(Math.ceil(had / atu)) * BigInt(atu);
  return (billed * BigInt(price) + HOUR - 1n) / HOUR;
}
