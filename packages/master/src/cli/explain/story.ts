/** What befell one thing of a run, in the order in which it happened, each with the reason that the journal has for it. */
import { formatClock } from "@stint/shared/format.js";
import { between, type Instant } from "@stint/shared/units.js";
import { printable, wrapWords } from "../../console/terminal/printable.js";
import { isoInstant } from "../../planner/report/iso-instant.js";
import { reasonText, type AnyBecause } from "../../planner/reasons.js";
import type { Decision } from "../../planner/records.js";

export interface Happened {
  readonly at: Instant;
  readonly text: string;
  /** Of a decision: why, with the numbers that were compared. */
  readonly because?: Decision["because"];
}

const WIDTH = 80;
/** Of one happening; a reason is a sentence. */
const LINES_MOST = 6;

/** The time since the run began, what happened, and why. */
export function storyLines(story: readonly Happened[], beganAt: Instant): string[] {
  return story.flatMap(({ at, text, because }) => {
    const clock = formatClock(between(beganAt, at < beganAt ? beganAt : at));
    const reason = because === undefined ? "" : `: ${reasonText(because as AnyBecause)}`;
    const indent = " ".repeat(clock.length + 2);
    return wrapWords(printable(text + reason), WIDTH - indent.length, LINES_MOST).map((line, index) =>
      index === 0 ? `${clock}  ${line}` : indent + line,
    );
  });
}

export const storyDocument = (story: readonly Happened[]): unknown[] =>
  story.map(({ at, text, because }) => ({
    at: isoInstant(at),
    what: text,
    why: because === undefined ? null : reasonText(because as AnyBecause),
    because: because ?? null,
  }));
