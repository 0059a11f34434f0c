/** Is there a limit to what may be spent? What costs money and has none is not begun. */
import type { Cluster } from "@stint/shared/cluster.js";
import { TroubleError } from "@stint/shared/failures.js";
import { formatMoney } from "@stint/shared/format.js";
import { microUsd, type MicroUsd } from "@stint/shared/units.js";

export function refuseUnlimited(
  clusters: readonly Cluster[],
  budget: MicroUsd | undefined,
  verb: string,
): void {
  const dear = clusters.find(({ tariff }) => tariff.price > 0);
  if (budget !== undefined || dear === undefined) return;
  const price = formatMoney(microUsd(dear.tariff.price));
  throw new TroubleError({
    kind: "usage",
    code: "budget-needed",
    where: verb,
    found: `no --budget, and the cluster ${dear.name}, which costs ${price} a machine and hour`,
    expected: "the most that may be spent, wherever a cluster costs money",
    hint: "--budget 5usd",
  });
}
