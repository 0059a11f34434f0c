/** What may be expected of one task on one cluster, by the model as it was last made. O(log bins). */
import { NO_TIME, seconds, type Duration } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { meanBeyond, outlives } from "./distribution.js";
import type { Estimate } from "./estimate.js";
import { fromBase, toBase } from "./link.js";

/** The mean runtime of a task there; absent while nothing is known of the cluster. */
export function expectedFull(estimate: Estimate, cluster: ClusterIndex): Duration | undefined {
  const known = estimate.model?.clusters[cluster];
  return known === undefined ? undefined : seconds(known.mean);
}

/** How much longer a task will run that has run for `elapsed`: the conditional mean, less what has passed. */
export function expectedRemaining(
  estimate: Estimate,
  cluster: ClusterIndex,
  elapsed: Duration,
): Duration | undefined {
  const known = estimate.model?.clusters[cluster];
  if (estimate.model === undefined || known === undefined) return undefined;
  const passed = elapsed / 1_000_000;
  const beyond = fromBase(known.link, meanBeyond(estimate.model.base, toBase(known.link, passed)));
  return seconds(Math.max(0, beyond - passed));
}

/**
 * How long a task would take on another cluster that has run for `elapsed` on one: what is long here is long there.
 * Its mean there says nothing of it any more; a copy by that mean would be started for each task that is just long.
 */
export function expectedElsewhere(
  estimate: Estimate,
  { cluster, elapsed }: { readonly cluster: ClusterIndex; readonly elapsed: Duration },
  elsewhere: ClusterIndex,
): Duration | undefined {
  const [here, there] = [estimate.model?.clusters[cluster], estimate.model?.clusters[elsewhere]];
  if (estimate.model === undefined || here === undefined || there === undefined) return undefined;
  const passed = toBase(here.link, elapsed / 1_000_000);
  return seconds(fromBase(there.link, meanBeyond(estimate.model.base, passed)));
}

/** By how much a copy begun now elsewhere ends the task sooner, on average over how long it may still take. */
export function expectedSaving(
  estimate: Estimate,
  { cluster, elapsed }: { readonly cluster: ClusterIndex; readonly elapsed: Duration },
  elsewhere: ClusterIndex,
): Duration | undefined {
  const [here, there] = [estimate.model?.clusters[cluster], estimate.model?.clusters[elsewhere]];
  if (estimate.model === undefined || here === undefined || there === undefined) return undefined;
  const { base } = estimate.model;
  const gainsASecond = here.link.slope - there.link.slope;
  if (gainsASecond <= 0) return NO_TIME;
  const passed = elapsed / 1_000_000;
  const seen = toBase(here.link, passed);
  // A task of this length, on the base's scale, would be ended by both at the same time: the copy is first for longer ones.
  const even = Math.max(seen, (passed + there.link.offset - here.link.offset) / gainsASecond);
  const chance = outlives(base, seen, even - seen);
  return seconds(chance * gainsASecond * Math.max(0, meanBeyond(base, even) - even));
}
