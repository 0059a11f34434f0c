/**
 * The process that carries out one run, from here: started, or found again after this master's own end; heard for as
 * long as it lives; and what is left when it is gone. It is never ended from here.
 */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import type { RunLine } from "@stint/shared/api/runs.js";
import { EXIT, type Trouble } from "@stint/shared/failures.js";
import type { Summary } from "../../planner/report/summary.js";
import type { RunFolder } from "../../store/run-folder.js";
import { askThroughSocket } from "../control/asker.js";
import { isHeld } from "../known-run.js";
import { orderFiles, readOrder, refusalOf } from "./order.js";

/** What became of it. */
export type Left =
  | { readonly kind: "ended"; readonly summary: Summary }
  | { readonly kind: "refused"; readonly trouble: Trouble }
  /** It was killed, or ended by trouble: whoever goes on finds all in its journal. */
  | { readonly kind: "died"; readonly how: string };

export interface Program {
  readonly command: string;
  /** Before the words of the verb. */
  readonly args: readonly string[];
}

export interface Attended {
  readonly folder: RunFolder;
  /** Words for `stint carry-out` behind the folder; absent: a process that lives already. */
  readonly start?: readonly string[];
  readonly program: Program;
  /** Told as it changes. */
  readonly heard: (line: RunLine) => void;
  /** Aborted when this master goes; the process stays. */
  readonly leave: AbortSignal;
}

const LOOK_EVERY_MS = 200;

/** Undefined when this master goes first. */
export async function attend(attended: Attended): Promise<Left | undefined> {
  const { folder, start, leave } = attended;
  const process = start === undefined ? undefined : begin(attended, start);
  let ended: RunLine | undefined;
  const heard = (line: RunLine): void => {
    ended = line.phase === "ended" ? line : undefined;
    attended.heard(line);
  };
  const lives = (): boolean => (process === undefined ? isHeld(folder) : process.exit() === undefined);
  while (!leave.aborted && lives()) {
    await hear(folder, heard, leave);
    await later(LOOK_EVERY_MS, undefined, { signal: leave }).catch(() => undefined);
  }
  if (leave.aborted) return undefined;
  const refused = refusalOf(folder);
  if (refused !== undefined && !existsSync(folder.journal)) return { kind: "refused", trouble: refused };
  const exit = process?.exit();
  const summary =
    exit === undefined ? ended && summaryIn(folder) : CARRIED_OUT.has(exit.code) && summaryIn(folder);
  if (summary) return { kind: "ended", summary };
  return { kind: "died", how: exit === undefined ? "it is gone" : howExited(exit) };
}

/** Exit codes of a run that came to an end of some kind. */
const CARRIED_OUT: ReadonlySet<number | null> = new Set([
  EXIT.done,
  EXIT.tasksFailed,
  EXIT.choiceNeeded,
  EXIT.budgetBuysNothing,
  EXIT.stoppedByBudget,
  EXIT.interrupted,
]);

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const howExited = ({ code, signal }: Exit): string =>
  signal === null ? `it ended with exit code ${String(code)}` : `it was ended by ${signal}`;

/** In a session of its own: neither a terminal's end nor this master's reaches it. */
function begin({ folder, program }: Attended, words: readonly string[]): { exit(): Exit | undefined } {
  const log = openSync(orderFiles(folder).log, "a", 0o600);
  let exit: Exit | undefined;
  try {
    const child = spawn(program.command, [...program.args, "carry-out", folder.path, ...words], {
      cwd: readOrder(folder).cwd,
      detached: true,
      stdio: ["ignore", log, log],
    });
    child.on("error", () => (exit ??= { code: EXIT.stateUnusable, signal: null }));
    child.on("exit", (code, signal) => (exit ??= { code, signal }));
    child.unref();
  } finally {
    closeSync(log);
  }
  return { exit: () => exit };
}

/** Resolves when nothing is told any more. */
function hear(folder: RunFolder, heard: (line: RunLine) => void, leave: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      leave.removeEventListener("abort", over);
      unwatch();
      resolve();
    };
    const unwatch = askThroughSocket(folder).follow("line", (line) => heard(line as RunLine), over);
    leave.addEventListener("abort", over);
  });
}

export function summaryIn({ summary }: RunFolder): Summary | undefined {
  try {
    return JSON.parse(readFileSync(summary, "utf8")) as Summary;
  } catch {
    return undefined;
  }
}
