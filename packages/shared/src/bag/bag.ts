/**
 * A bag of tasks as it was parsed: what each task runs and what it may do. Parsers (one file a format) make
 * tasks; nobody else does.
 */
import type { TaskId } from "../ids.js";
import type { Duration } from "../units.js";

/** What a task runs: a line for `/bin/sh -c`, or an argument vector without a shell. */
export type TaskCommand =
  | { readonly kind: "shell"; readonly line: string }
  | { readonly kind: "argv"; readonly argv: readonly [string, ...string[]] };

/** One task of a bag. `undefined` means: as the bag or the command line says. */
export interface Task {
  readonly id: TaskId;
  readonly command: TaskCommand;
  readonly cwd?: string;
  /** Added to the environment the task inherits; wins over it. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  /** Attempts beyond the first. */
  readonly retries?: number;
  /** Two attempts of it may run at the same time. */
  readonly replicable?: boolean;
  /** What it writes below STINT_OUTPUT_DIR, as paths relative to where it runs; put in place when it has won. */
  readonly outputs?: readonly string[];
  /** What it needs of a machine, the same for every task of a bag: cores, perhaps a part of one. */
  readonly cpus?: number;
  /** In bytes; of every task the same. */
  readonly memory?: number;
  /** Words that a person finds it by. */
  readonly tags?: readonly string[];
  /** Numbers or words that may explain its runtime. */
  readonly features?: Readonly<Record<string, number | string>>;
}

/** The command as one line of text, as a joblog or a screen shows it. */
export const commandText = (command: TaskCommand): string =>
  command.kind === "shell" ? command.line : command.argv.map(quoteWord).join(" ");

const quoteWord = (word: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
