/** When is a run to halt? `--halt` in the words of GNU parallel, and `--max-failures N`, which is `--halt soon,fail=N`. */
import { TroubleError } from "@stint/shared/failures.js";
import { quoted } from "@stint/shared/misread.js";
import type { Halt } from "../planner/vocabulary/settings.js";
import { countOf } from "./amounts.js";

export interface HaltFlags {
  readonly halt?: string | undefined;
  readonly maxFailures?: string | undefined;
}

/** Absent when neither was said. */
export function haltOf({ halt, maxFailures }: HaltFlags): Halt | "never" | undefined {
  if (maxFailures === undefined) return halt === undefined ? undefined : readHalt(halt);
  if (halt !== undefined)
    throw misread(
      "--max-failures",
      "a second limit beside --halt",
      "one of the two",
      `--halt ${halt} alone, or --max-failures ${maxFailures} alone`,
    );
  return {
    how: "soon",
    fail: { kind: "count", tasks: countOf(maxFailures, "--max-failures", { least: 1 }) },
  };
}

const WORDS = /^(?<how>soon|now),fail=(?<count>\d{1,9})(?<share>%?)$/u;

function readHalt(text: string): Halt | "never" {
  if (text === "never") return text;
  const { how, count, share } = WORDS.exec(text)?.groups ?? {};
  const number = Number(count);
  const kind = share === "%" ? "share" : "count";
  if (!(number >= 1) || (kind === "share" && number > 100))
    throw misread("--halt", quoted(text), "never, or soon or now with ,fail=N or ,fail=N%", hintFor(text));
  return {
    how: how as Halt["how"],
    fail: kind === "share" ? { kind, percent: number } : { kind, tasks: number },
  };
}

/** What older parallels and other conditions of it come to. */
function hintFor(text: string): string {
  if (text === "0") return "say --halt never";
  if (text === "1" || text === "2") return `say --halt ${text === "1" ? "soon" : "now"},fail=1`;
  return /(?:success|done)=/u.test(text)
    ? "not yet: to halt when tasks succeed"
    : "as --halt soon,fail=3 or --halt now,fail=10%";
}

const misread = (where: string, found: string, expected: string, hint: string): TroubleError =>
  new TroubleError({ kind: "usage", code: "not-a-halt", where, found, expected, hint });
