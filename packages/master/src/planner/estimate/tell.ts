/**
 * Puts what a planner is told in the place of what it has found out. Everything after it goes as if it had seen
 * the bag, so often that it is as good as sure of it.
 */
import type { Told } from "../vocabulary/told.js";
import { runtimesOf, type Estimate } from "./estimate.js";
import { modelOf } from "./model.js";
import { addEnded, newSketch } from "./sketch.js";

/** How often each task counts: the standard error of a mean is then a hundredth of a single bag's. */
const TIMES = 10_000;

export function tell(estimate: Estimate, { clusters }: Told): void {
  clusters.forEach((runtimes, cluster) => {
    const sketch = newSketch();
    for (const { seconds, tasks } of runtimes) addEnded(sketch, seconds, tasks * TIMES);
    estimate.sketches[cluster] = sketch;
    estimate.seen += sketch.ended;
  });
  estimate.pairs.clear();
  estimate.model = modelOf(runtimesOf(estimate), []);
  estimate.modelAt = estimate.seen;
}
