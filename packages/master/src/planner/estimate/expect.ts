/** What may be expected of one task on one cluster, by the model as it was last made. O(log bins). */
import { seconds, type Duration } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { meanBeyond } from "./distribution.js";
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
