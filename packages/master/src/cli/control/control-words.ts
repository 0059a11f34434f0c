/**
 * What may be said to a master at work, and what it answers: one JSON object a line, each with the version of these
 * words. One request a connection; `watch` and `follow` are answered by lines until the run is
 * over.
 */
import { z } from "zod";
import { tasksQuery } from "@stint/shared/api/tasks.js";
import { offerName, taskNumber } from "@stint/shared/api/words.js";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import type { Summary } from "../../planner/report/summary.js";
import type { RunView } from "../../planner/view.js";

export const CONTROL_VERSION = 1;
/** The longest line that is read; a view with its offers takes a few thousand bytes. */
export const LINE_BYTES_MOST = 1024 * 1024;

const asked = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("status") }),
  z.object({ ask: z.literal("watch") }),
  z.object({ ask: z.literal("pause") }),
  z.object({ ask: z.literal("unpause") }),
  z.object({ ask: z.literal("stop"), how: z.enum(["drain", "now"]) }),
  z.object({ ask: z.literal("budget-add"), amount_micro_usd: z.int().positive() }),
  z.object({ ask: z.literal("choose"), offer: offerName }),
  z.object({ ask: z.literal("look"), at: z.enum(["view", "history", "machines"]) }),
  z.object({ ask: z.literal("tasks"), query: tasksQuery }),
  z.object({ ask: z.literal("task"), task: taskNumber }),
  z.object({ ask: z.literal("what-if"), budget_micro_usd: z.int().positive() }),
  z.object({ ask: z.literal("follow"), as: z.enum(["view", "line"]) }),
]);
export type Asked = z.infer<typeof asked>;

/** What a watcher is told, and the last line of every answer. */
export type Told =
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly trouble: Trouble }
  | { readonly kind: "status"; readonly view: RunView; readonly summary: Summary }
  | { readonly kind: "view"; readonly view: RunView }
  | { readonly kind: "said"; readonly lines: readonly string[] }
  /** What was asked to be looked at, in the words of shared/api. */
  | { readonly kind: "document"; readonly document: unknown }
  /** The run is over for this master. */
  | { readonly kind: "over"; readonly summary: Summary };

export const askedLine = (words: Asked): string =>
  `${JSON.stringify({ stint_control: CONTROL_VERSION, ...words })}\n`;
export const toldLine = (words: Told): string =>
  `${JSON.stringify({ stint_control: CONTROL_VERSION, ...words })}\n`;

/** Refuses what it does not understand, as an older or a newer stint may have said it. */
export function readAsked(line: string): Asked {
  const words = readLine(line);
  const read = asked.safeParse(words);
  if (read.success) return read.data;
  throw notUnderstood("the request of another process", "a request that this version knows");
}

/** The answer is a master's of the same user, and of a version that says what it is. */
export const readTold = (line: string): Told => readLine(line) as Told;

function readLine(line: string): unknown {
  let words: unknown;
  try {
    words = JSON.parse(line);
  } catch {
    throw notUnderstood("a line that is no JSON", "one JSON object a line");
  }
  const version = (words as { readonly stint_control?: unknown } | null)?.stint_control;
  if (version === CONTROL_VERSION) return words;
  throw notUnderstood(
    `control words of version ${typeof version === "number" ? String(version) : "unknown"}`,
    `version ${String(CONTROL_VERSION)}`,
  );
}

const notUnderstood = (found: string, expected: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "control-version",
    where: "control socket",
    found,
    expected,
    hint: "use the stint that began the run",
  });
