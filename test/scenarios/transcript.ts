/**
 * A run as a person would want it told: what was decided, when and why, the four offers, the receipt. Decisions
 * that differ in nothing but their machine are one line, and so are reviews that keep the plan.
 */
import { formatClock, formatCount } from "@stint/shared/format.js";
import { between } from "@stint/shared/units.js";
import { headline } from "@stint/master/planner/headline.js";
import { reasonText, type AnyBecause } from "@stint/master/planner/reasons.js";
import type { Decision, Frame } from "@stint/master/planner/records.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";
import { EPOCH } from "@stint/master/simulate/imagined-world.js";
import type { SimulatedRun } from "@stint/master/simulate/simulate.js";
import { offersTable } from "./offers-table.js";
import { receiptLines } from "./receipt-lines.js";

/** Something told. What belongs to one group is told once, with how many there were, until something else happens. */
interface Told {
  readonly at: string;
  readonly text: (count: number) => string;
  readonly group?: string;
}

export function transcriptOf({ run, frames, summary }: SimulatedRun): string {
  const told = frames.flatMap((frame) => tellFrame(frame, run.settings));
  return [...grouped(told), "", ...receiptLines(summary), ""].join("\n");
}

function tellFrame(frame: Frame, settings: RunSettings): Told[] {
  const at = formatClock(between(EPOCH, frame.event.at));
  return frame.decisions.flatMap((decision) =>
    tell(decision, settings).map((told): Told => ({ at, ...told })),
  );
}

function tell(decision: Decision, settings: RunSettings): Omit<Told, "at">[] {
  const why = reasonText(decision.because as AnyBecause);
  switch (decision.kind) {
    case "rent-machine":
    case "release-machine":
    case "let-lapse":
    case "mark-leaving":
    case "keep-machine": {
      const cluster = clusterOf(decision.machine);
      const text = (count: number): string =>
        `${VERB[decision.kind]} ${formatCount(count)} × ${cluster}: ${why}`;
      return [{ text, group: `${decision.kind} ${cluster} ${decision.because.kind}` }];
    }
    case "keep-plan":
      return [
        {
          text: (count) =>
            count > 1 ? `plan kept ${formatCount(count)} times: ${why}` : `plan kept: ${why}`,
          group: "kept",
        },
      ];
    case "start-attempts":
      return decision.starts[0]?.kind === "replica" ? [copied(decision.machine, why)] : [];
    case "show-offers":
      return [{ text: () => [`offers: ${why}`, ...offersTable(decision.offers, settings)].join("\n") }];
    default: {
      const line = headline(decision, settings.clusters);
      return line === undefined ? [] : [{ text: () => line }];
    }
  }
}

const copied = (machine: string, why: string): Omit<Told, "at"> => ({
  text: (count) => `copies ${formatCount(count)} × on ${clusterOf(machine)}, the first as ${why}`,
  group: `copies ${clusterOf(machine)}`,
});

const VERB = {
  "rent-machine": "rents",
  "release-machine": "releases",
  "let-lapse": "does not renew",
  "mark-leaving": "lets go",
  "keep-machine": "keeps",
} as const;

const clusterOf = (machine: string): string => machine.slice(0, machine.lastIndexOf("-"));

function grouped(told: readonly Told[]): string[] {
  const lines: string[] = [];
  let open = new Map<string, { first: Told; count: number }>();
  const close = (): void => {
    for (const { first, count } of open.values()) lines.push(`${first.at}  ${first.text(count)}`);
    open = new Map();
  };
  for (const each of told) {
    if (each.group === undefined) {
      close();
      lines.push(`${each.at}  ${each.text(1)}`);
      continue;
    }
    const known = open.get(each.group);
    if (known === undefined) open.set(each.group, { first: each, count: 1 });
    else known.count += 1;
  }
  close();
  return lines;
}
