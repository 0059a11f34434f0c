/** Why was a machine rented, kept and given back, and what did it cost? As the reasons in the journal say. */
import { formatCount, formatMoney } from "@stint/shared/format.js";
import type { MachineId } from "@stint/shared/ids.js";
import type { Instant } from "@stint/shared/units.js";
import type { ClosedMachine } from "../../planner/machines/closed.js";
import { counted } from "../../planner/reason-words.js";
import { decisionWords } from "./decision-words.js";
import { isoInstant } from "../../planner/report/iso-instant.js";
import type { Decision, RunEvent } from "../../planner/records.js";
import { lookAtRun, type LookFlags } from "../known-run.js";
import { notThere, type Explained } from "./explained.js";
import type { Happened } from "./story.js";

const NAMED_MOST = 8;

export function explainMachine(text: string, flags: LookFlags): Explained {
  const id = text as MachineId;
  const story: Happened[] = [];
  const known = new Set<string>();
  const outcomes = new Map<string, number>();
  let lastEnd: Instant | undefined;
  const { run, folder, bag } = lookAtRun(flags, (frame, seen, closed) => {
    const { at } = frame.event;
    const told = saidOf(frame.event, id);
    if (told !== undefined) story.push({ at, text: told });
    for (const one of closed.attempts) {
      if (one.machine !== id) continue;
      outcomes.set(one.outcome, (outcomes.get(one.outcome) ?? 0) + 1);
      lastEnd = at;
    }
    for (const one of closed.machines) if (one.machine === id) story.push(bill(one));
    for (const decision of frame.decisions) {
      if (decision.kind === "rent-machine") known.add(decision.machine);
      if (!isAboutLease(decision) || decision.machine !== id) continue;
      story.push({ at, text: decisionWords(decision, seen.settings.clusters), because: decision.because });
    }
  });
  bag.close();
  if (!known.has(id)) {
    const [first] = known;
    throw notThere("machine", folder, {
      found: `no machine ${text} in this run`,
      expected: namesOf(known),
      hint: first === undefined ? "stint explain decision, for why" : `stint explain machine ${first}`,
    });
  }
  const counts = [...outcomes].map(([outcome, count]) => `${formatCount(count)} ${outcome}`);
  const worked =
    counts.length === 0 ? "no attempt has ended on it" : `attempts ended on it: ${counts.join(", ")}`;
  const all = [...story, { at: lastEnd ?? run.at, text: worked }].sort((a, b) => a.at - b.at);
  return { run, folder, subject: `machine ${text}`, story: all };
}

type AboutMachine = Extract<Decision, { readonly machine: MachineId }>;

/** Starts and cancellations belong to tasks. */
const isAboutLease = (decision: Decision): decision is AboutMachine =>
  "machine" in decision && decision.kind !== "start-attempts" && decision.kind !== "cancel-attempts";

function saidOf(event: RunEvent, id: MachineId): string | undefined {
  if (!("machine" in event) || event.machine !== id) return undefined;
  switch (event.kind) {
    case "machine-launched":
      return "the provider has launched it";
    case "machine-launch-failed":
      return `the provider refused it: ${event.message} (${event.code})`;
    case "machine-ready":
      return `its agent says hello, with ${counted(event.slots, "slot")}`;
    case "machine-silent":
      return `nothing has been heard of it since ${isoInstant(event.since)}`;
    case "machine-back":
      return "it is heard again";
    case "machine-gone":
      return `it is gone: ${event.cause}`;
    default:
      return undefined;
  }
}

function bill({ releasedAt, cost, waste, billedFrom, billedTo }: ClosedMachine): Happened {
  const unused = Object.entries(waste)
    .filter(([, amount]) => amount > 0)
    .map(([kind, amount]) => `${kind} ${formatMoney(amount)}`);
  const of = unused.length === 0 ? "" : `, of it ${unused.join(", ")}`;
  return {
    at: releasedAt,
    text: `it is billed from ${isoInstant(billedFrom)} to ${isoInstant(billedTo)}: ${formatMoney(cost)}${of}`,
  };
}

function namesOf(known: ReadonlySet<string>): string {
  const names = [...known];
  const shown = names.slice(0, NAMED_MOST).join(", ");
  if (names.length === 0) return "a machine; this run has rented none";
  return names.length > NAMED_MOST ? `one of ${String(names.length)}, as ${shown}` : shown;
}
