/**
 * A cluster whose last machine went before it had shown its speed gets another one, as far as the money for
 * sampling goes; and when no machine is left anywhere, the cheapest cluster does.
 */
import { clusterMachines, clusterOf, mostNow } from "../machines/machines.js";
import type { MachineDecision } from "../machines/records.js";
import type { OfferRun } from "../offer/offer-state.js";
import { isGivenUp, rentMany } from "../sample/plan-sample.js";
import { samplingMoney, samplingPays } from "../sample/sampling-money.js";
import { clusterIsSeen, firstAreOver } from "../sample/sample.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { limitAfterFailures } from "./reconcile.js";

/** Pauses in a row after which a cluster is not waited for any more, if there is no other. */
export const PAUSES_MOST = 5;

export function* refillSampling(run: OfferRun): Generator<MachineDecision> {
  const { sample } = run;
  for (const cluster of sample.clusters) {
    const limited = limitAfterFailures(run, cluster);
    if (limited !== undefined) yield limited;
    const missing = clusterMachines(run, cluster).live === 0 && !clusterIsSeen(sample, cluster);
    if (missing && !isGivenUp(run, cluster) && mostNow(run, cluster) > 0) yield* another(run, cluster);
  }
  if (run.machines.live.size > 0 || firstAreOver(sample)) return;
  const [cheapest] = sample.clusters
    .filter((cluster) => mostNow(run, cluster) > 0 && mayBeTried(run, cluster))
    .sort((a, b) => clusterOf(run, a).tariff.price - clusterOf(run, b).tariff.price || a - b);
  if (cheapest !== undefined) yield* another(run, cheapest);
}

/** No machine of the sample is left, and none will be asked for. */
export const samplingIsStuck = (run: OfferRun): boolean =>
  run.machines.live.size === 0 && !run.sample.clusters.some((cluster) => mayBeTried(run, cluster));

/** Now or after its pause. A cluster that failed is waited for only while nothing at all is known. */
function mayBeTried(run: OfferRun, cluster: ClusterIndex): boolean {
  const { timesLimited } = clusterMachines(run, cluster);
  const patient = run.attempts.first.ended === 0 && timesLimited < PAUSES_MOST;
  return samplingPays(run, cluster) && (timesLimited === 0 || patient);
}

const another = (run: OfferRun, cluster: ClusterIndex): MachineDecision[] =>
  rentMany(run, cluster, 1, { kind: "cluster-unseen", free: samplingMoney(run) ?? null });
