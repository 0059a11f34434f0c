/** Which decisions a person would like to hear of while a run goes on, and in which words. */
import { byName } from "./vocabulary/configuration.js";
import type { Cluster } from "@stint/shared/cluster.js";
import { keepsForWant, reasonText, type AnyBecause } from "./reasons.js";
import type { Decision } from "./records.js";

/** One line, or nothing for what happens with every task. */
export function headline(decision: Decision, clusters: readonly Cluster[]): string | undefined {
  const what = headlineOf(decision, clusters);
  return what === undefined ? undefined : `${what}: ${reasonText(decision.because as AnyBecause)}`;
}

/** The decision without its reason. */
export function headlineOf(decision: Decision, clusters: readonly Cluster[]): string | undefined {
  switch (decision.kind) {
    case "plan-sample":
      return decision.size === 0
        ? "no sample"
        : `sampling ${String(decision.size)} tasks${onEach(decision.pairs.length)}`;
    case "end-sampling":
      return "sampling ends";
    case "show-offers":
      return "offers are in";
    case "accept-offer":
      return `${decision.offer.name} accepted`;
    case "begin-unoffered":
      return `beginning with machines: ${fleet(byName(decision.configuration, clusters))}`;
    case "spend-anyway":
      return `beginning with machines: ${fleet(byName(decision.plan.configuration, clusters))}`;
    case "adopt-plan":
      return `re-planned to ${fleet(byName(decision.configuration, clusters))}`;
    case "keep-plan":
      return keepsForWant(decision.because) ? "no better plan" : "plan kept";
    case "call-short":
      return "the money is short";
    case "change-speed":
      return `${clusters[decision.cluster]?.name ?? "a cluster"} has become ${decision.factor > 1 ? "slower" : "faster"}`;
    case "limit-cluster":
      return `${clusters[decision.cluster]?.name ?? "a cluster"} is limited to ${String(decision.most)}`;
    case "rent-machine":
    case "release-machine":
    case "let-lapse":
      return `${VERB[decision.kind]} ${decision.machine}`;
    case "mark-leaving":
    case "keep-machine":
      return `${decision.machine} ${VERB[decision.kind]}`;
    case "begin-tail":
      return "the tail begins";
    case "begin-stopping":
      return "winding up";
    case "end-run":
      // What a plan ends with is a choice only where there are offers, and they are on the screen.
      return decision.because.kind === "only-planned" ? "ended" : `ended (${decision.state})`;
    case "start-attempts":
      return decision.starts[0]?.kind === "replica"
        ? `copying task ${String(decision.starts[0].task + 1)} to ${decision.machine}`
        : undefined;
    case "renew-machine":
    case "cancel-attempts":
    case "ask-offers":
    case "ask-review":
      return undefined;
  }
}

const VERB = {
  "rent-machine": "renting",
  "release-machine": "releasing",
  "let-lapse": "not renewing",
  "mark-leaving": "leaves at its owed end",
  "keep-machine": "stays",
} as const;

const onEach = (pairs: number): string => (pairs === 0 ? "" : `, ${String(pairs)} of them on each cluster`);

const fleet = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${String(count)} ${name}`)
    .join(", ");
