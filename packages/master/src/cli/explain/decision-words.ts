/** What does a decision order, in a few words? Those that a person hears of anyway in the same words. */
import type { Cluster } from "@stint/shared/cluster.js";
import type { Instant } from "@stint/shared/units.js";
import { formatCount } from "@stint/shared/format.js";
import { headlineOf } from "../../planner/headline.js";
import { isoInstant } from "../../planner/report/iso-instant.js";
import type { Decision } from "../../planner/records.js";

const TASKS_NAMED = 5;

const toTheSecond = (at: Instant): string => isoInstant(at).replace(/\.\d+Z$/u, "Z");

export function decisionWords(decision: Decision, clusters: readonly Cluster[]): string {
  switch (decision.kind) {
    case "renew-machine":
      return `renewing ${decision.machine} until ${toTheSecond(decision.paidUntil)}`;
    case "rent-machine":
      return `renting ${decision.machine} until ${toTheSecond(decision.paidUntil)}`;
    case "cancel-attempts":
      return `cancelling on ${decision.machine} ${tasksNamed(decision.attempts)}`;
    case "start-attempts":
      return `starting on ${decision.machine} ${tasksNamed(decision.starts)}`;
    case "ask-offers":
      return "asking for offers";
    case "ask-review":
      return decision.search ? "asking for a review, and for better plans" : "asking for a review";
    default:
      return headlineOf(decision, clusters) ?? decision.kind;
  }
}

function tasksNamed(refs: readonly { readonly task: number }[]): string {
  const named = refs.slice(0, TASKS_NAMED).map(({ task }) => String(task + 1));
  const more = refs.length - named.length;
  const all = more > 0 ? [...named, `${formatCount(more)} more`] : named;
  return `task${refs.length === 1 ? "" : "s"} ${all.join(", ")}`;
}
