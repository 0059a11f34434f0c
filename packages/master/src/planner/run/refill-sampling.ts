/**
 * A cluster whose last machine went before it had shown its speed gets another one, as far as the money for
 * sampling goes; and when no machine is left anywhere, the cheapest cluster does.
 */
import { clusterMachines, clusterOf, mostNow } from "../machines/machines.js";
import type { MachineDecision } from "../machines/records.js";
import type { OfferRun } from "../offer/offer-state.js";
import { firstLease, rentMany, samplingMoney } from "../sample/plan-sample.js";
import { clusterIsSeen, firstAreOver } from "../sample/sample.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { limitAfterFailures } from "./reconcile.js";

export function* refillSampling(run: OfferRun): Generator<MachineDecision> {
  const { sample } = run;
  for (const cluster of sample.clusters) {
    const limited = limitAfterFailures(run, cluster);
    if (limited !== undefined) yield limited;
    const gone = clusterMachines(run, cluster).live === 0;
    if (gone && !clusterIsSeen(sample, cluster) && maySample(run, cluster)) yield* another(run, cluster);
  }
  if (run.machines.live.size > 0 || firstAreOver(sample)) return;
  const [cheapest] = sample.clusters
    .filter((cluster) => maySample(run, cluster))
    .sort((a, b) => clusterOf(run, a).tariff.price - clusterOf(run, b).tariff.price || a - b);
  if (cheapest !== undefined) yield* another(run, cheapest);
}

function maySample(run: OfferRun, cluster: ClusterIndex): boolean {
  const money = samplingMoney(run);
  return mostNow(run, cluster) > 0 && (money === undefined || firstLease(run, cluster) <= money);
}

const another = (run: OfferRun, cluster: ClusterIndex): MachineDecision[] =>
  rentMany(run, cluster, 1, { kind: "cluster-unseen", free: samplingMoney(run) ?? null });
