/** What was decided, and why? One decision by its number, or the latest that a person would like to hear of. */
import { formatCount } from "@stint/shared/format.js";
import type { Instant } from "@stint/shared/units.js";
import { headline } from "../../planner/headline.js";
import type { Decision, RunEvent } from "../../planner/records.js";
import { countOf } from "../amounts.js";
import { lookAtRun, type LookFlags } from "../known-run.js";
import { decisionWords } from "./decision-words.js";
import { notThere, type Explained } from "./explained.js";
import type { Happened } from "./story.js";

/** Of the latest decisions. */
const LATEST = 10;

interface Numbered {
  readonly number: number;
  readonly at: Instant;
  readonly decision: Decision;
  readonly event: RunEvent;
}

/** @param text the number from 1 among all decisions of the run; absent: the latest that are worth telling */
export function explainDecision(text: string | undefined, flags: LookFlags): Explained {
  const wanted = text === undefined ? undefined : countOf(text, "stint explain decision", { least: 1 });
  let number = 0;
  let latest: Numbered[] = [];
  const { run, folder, bag } = lookAtRun(flags, ({ event, decisions }, seen) => {
    for (const decision of decisions) {
      number += 1;
      const tells =
        wanted === undefined ? headline(decision, seen.settings.clusters) !== undefined : number === wanted;
      if (tells) latest = [...latest.slice(1 - LATEST), { number, at: event.at, decision, event }];
    }
  });
  bag.close();
  const [first] = latest;
  if (wanted !== undefined && first === undefined)
    throw notThere("decision", folder, {
      found: `no decision ${String(wanted)} in this run`,
      expected: `a number from 1 to ${formatCount(number)}`,
      hint: "stint explain decision, for the latest with their numbers",
    });
  const story = latest.map(({ at, decision, number: its }): Happened => {
    const words = decisionWords(decision, run.settings.clusters);
    return { at, text: wanted === undefined ? `${String(its)} ${words}` : words, because: decision.because };
  });
  const numbers = wanted === undefined || first === undefined ? [] : comparedLines(first);
  const subject =
    wanted === undefined
      ? `the latest of ${formatCount(number)} decisions, by number`
      : `decision ${String(wanted)} of ${formatCount(number)}`;
  return { run, folder, subject, story: [...story, ...numbers] };
}

/** The event that it answered, and the numbers as they were compared. */
function comparedLines({ at, decision, event }: Numbered): Happened[] {
  const facts = Object.entries(decision.because).filter(([name]) => name !== "kind");
  const compared = facts.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [
    { at, text: `in answer to: ${event.kind}` },
    ...(compared.length === 0
      ? []
      : [
          {
            at,
            text: `as recorded (money in millionths of a dollar, spans in microseconds): ${compared.join(", ")}`,
          },
        ]),
  ];
}
