/** What may be expected of one task on one cluster, by the model as it was last made. O(log bins). */
import { NO_TIME, seconds, type Duration } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import { meanBeyond, outlives, type Distribution } from "./distribution.js";
import type { Estimate } from "./estimate.js";
import { fromBase, toBase, type Link } from "./link.js";

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

/** What has been seen of a task that runs. */
export interface Elapsed {
  readonly cluster: ClusterIndex;
  readonly elapsed: Duration;
}

/**
 * How long a task would take on another cluster that has run for `elapsed` on one: what is long here is long there.
 * Its mean there says nothing of it any more; a copy by that mean would be started for each task that is just long.
 */
export function expectedElsewhere(
  estimate: Estimate,
  task: Elapsed,
  elsewhere: ClusterIndex,
): Duration | undefined {
  const known = linksOf(estimate, task, elsewhere);
  return known && seconds(fromBase(known.there, meanBeyond(known.base, known.seen)));
}

/** By how much a copy begun now elsewhere ends the task sooner, on average over how long it may still take. */
export function expectedSaving(
  estimate: Estimate,
  task: Elapsed,
  elsewhere: ClusterIndex,
): Duration | undefined {
  const known = linksOf(estimate, task, elsewhere);
  if (known === undefined) return undefined;
  const { base, here, there, passed, seen } = known;
  const gainsASecond = here.slope - there.slope;
  if (gainsASecond <= 0) return NO_TIME;
  // A task of this length, on the base's scale, would be ended by both at the same time: the copy is first for longer ones.
  const even = Math.max(seen, (passed + there.offset - here.offset) / gainsASecond);
  const chance = outlives(base, seen, even - seen);
  return seconds(chance * gainsASecond * Math.max(0, meanBeyond(base, even) - even));
}

interface Linked {
  readonly base: Distribution;
  readonly here: Link;
  readonly there: Link;
  /** For so many seconds it has run, and so many are that on the base's scale. */
  readonly passed: number;
  readonly seen: number;
}

function linksOf(
  { model }: Estimate,
  { cluster, elapsed }: Elapsed,
  elsewhere: ClusterIndex,
): Linked | undefined {
  const [here, there] = [model?.clusters[cluster]?.link, model?.clusters[elsewhere]?.link];
  if (model === undefined || here === undefined || there === undefined) return undefined;
  const passed = elapsed / 1_000_000;
  return { base: model.base, here, there, passed, seen: toBase(here, passed) };
}
