/**
 * The trouble a user can cause or meet, as one closed union, and the one place where it becomes text.
 * Each says where, what was found, what was expected, and what to do; the exit code follows the kind.
 */

/** The exit codes that scripts may rely on. */
export const EXIT = {
  done: 0,
  tasksFailed: 1,
  usage: 2,
  badInput: 3,
  choiceNeeded: 4,
  budgetBuysNothing: 5,
  stoppedByBudget: 6,
  deadlinePassed: 7,
  provider: 8,
  stateUnusable: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What kind of trouble it is; decides the exit code. */
export type TroubleKind = "usage" | "bad-input" | "choice-needed" | "provider" | "state-unusable";

/** One clear error: where it stands, what was found there, what was expected, what to do about it. */
export interface Trouble {
  readonly kind: TroubleKind;
  /** A stable word for machines, as `unknown-key`. */
  readonly code: string;
  /** File and line, flag or folder, as a person would point at it. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

/** A {@link Trouble} on its way out to the command line; carries no stack that a user would see. */
export class TroubleError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(troubleText(trouble));
    this.name = "TroubleError";
    this.trouble = trouble;
  }
}

const EXIT_OF: Readonly<Record<TroubleKind, ExitCode>> = {
  usage: EXIT.usage,
  "bad-input": EXIT.badInput,
  "choice-needed": EXIT.choiceNeeded,
  provider: EXIT.provider,
  "state-unusable": EXIT.stateUnusable,
};

export const exitCodeOf = (trouble: Trouble): ExitCode => EXIT_OF[trouble.kind];

/** The error as a person reads it. */
export function troubleText(trouble: Trouble): string {
  const lines = [`${trouble.where}: found ${trouble.found}`, `  expected: ${trouble.expected}`];
  if (trouble.hint !== "") lines.push(`  try: ${trouble.hint}`);
  return lines.join("\n").replace(HARMFUL, escaped);
}

/** What could move a cursor or colour a screen: names of files may hold it. */
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;

const escaped = (one: string): string => `\\x${(one.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`;
