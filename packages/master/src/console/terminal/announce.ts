/**
 * Which decisions of a step are told where there is no live screen, and in how few lines? The same order for
 * many machines is one line that says for how many.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import type { Decision, Frame } from "../../planner/records.js";

/** The decision with its reason, or nothing for what happens with every task. */
export type Headline = (decision: Decision, clusters: readonly Cluster[]) => string | undefined;

/** In the order of the decisions. */
export function announcements(
  { decisions }: Pick<Frame, "decisions">,
  clusters: readonly Cluster[],
  headline: Headline,
): string[] {
  const alike = new Map<string, { readonly text: string; count: number }>();
  for (const decision of decisions) {
    const text = headline(decision, clusters);
    if (text === undefined) continue;
    const key = `${decision.kind} ${decision.because.kind}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { text, count: 1 });
    else known.count += 1;
  }
  return [...alike.values()].map(({ text, count }) =>
    count === 1 ? text : `${text} (and ${String(count - 1)} more alike)`,
  );
}
