/** `stint logs`: what a task printed, of the attempt that counted, with its control characters made visible. */
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import type { Stream } from "@stint/shared/output-names.js";
import { howItEnded } from "../console/terminal/how-it-ended.js";
import { isoInstant } from "../planner/report/iso-instant.js";
import { outputFinder, pieceText, type Outputs } from "../store/find-output.js";
import { lostOutput, lostText } from "../store/lost-output.js";
import { findTask, openBag } from "../store/open-bag.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { attemptsOf, type KnownAttempt } from "./attempts-of.js";
import { countOf } from "./amounts.js";
import { printDocument, shownFolder, type LookFlags } from "./known-run.js";
import { printOutput, type OutputWishes } from "./print-output.js";

export interface LogsFlags extends LookFlags, OutputWishes {
  readonly attempt?: string | undefined;
}

export async function logs(text: string, flags: LogsFlags): Promise<ExitCode> {
  const asked = flags.attempt === undefined ? undefined : countOf(flags.attempt, "--attempt", { least: 1 });
  const folder = findKnownRun(flags.run, flags.runs);
  const task = taskMeant(folder, text);
  const attempts = attemptsOf(folder, task.index);
  const shown = asked === undefined ? theOneThatCounts(attempts) : theOneAsked(attempts, asked, text);
  const finder = outputFinder(folder.out);
  const outputOf = ({ attempt, machine }: KnownAttempt): Outputs =>
    finder({ task: task.index, attempt, machine });
  if (flags.json === true) printDocument(documentOf(folder, { task, attempts, shown, outputOf }));
  else if (shown === undefined) process.stderr.write(`task ${text} has not been started yet\n`);
  else {
    const outputs = outputOf(shown);
    const lost = lostOutput(outputs, shown);
    if (isEmpty(outputs) && lost.length === 0) process.stderr.write(silenceText(text, shown));
    else {
      await printOutput(outputs, flags);
      process.stderr.write(troubleText(text, shown));
      for (const one of lost)
        process.stderr.write(`attempt ${String(shown.attempt)} of task ${text}: ${lostText(one)}\n`);
    }
  }
  return EXIT.done;
}

/** Neither one task nor all, or both. */
export const oneOrAll = (task: string | undefined): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: task === undefined ? "argument-missing" : "conflicting-options",
    where: "stint logs",
    found: task === undefined ? "no task" : `the task ${task} together with --all or --failed`,
    expected: "a task's id or number, or --all, or --failed",
    hint: "stint logs 17, or stint logs --all",
  });

export interface MeantTask {
  readonly index: TaskIndex;
  readonly id: string;
  readonly command: string;
}

export function taskMeant(folder: RunFolder, text: string): MeantTask {
  const bag = openBag(folder.bag);
  try {
    const index = findTask(bag, text, shownFolder(folder));
    return { index, id: bag.idOf(index), command: bag.commandOf(index) };
  } finally {
    bag.close();
  }
}

const theOneThatCounts = (attempts: readonly KnownAttempt[]): KnownAttempt | undefined =>
  attempts.find(({ outcome }) => outcome === "done") ?? attempts.at(-1);

function theOneAsked(attempts: readonly KnownAttempt[], asked: number, task: string): KnownAttempt {
  const found = attempts.find(({ attempt }) => Number(attempt) === asked);
  if (found !== undefined) return found;
  throw noSuchAttempt(attempts, asked, task);
}

export function noSuchAttempt(
  attempts: readonly Pick<KnownAttempt, "attempt">[],
  asked: number,
  task: string,
): TroubleError {
  const known = attempts.map(({ attempt }) => String(attempt)).join(", ");
  return new TroubleError({
    kind: "usage",
    code: "no-such-attempt",
    where: "--attempt",
    found: String(asked),
    expected:
      known === ""
        ? `nothing: task ${task} has not been started yet`
        : `an attempt of task ${task}: ${known}`,
    hint: known === "" ? "stint status" : "without --attempt: the one that counted, else the last",
  });
}

const isEmpty = ({ stdout, stderr }: Outputs): boolean => stdout === undefined && stderr === undefined;

/** Silence is told apart from output that went missing. */
function silenceText(task: string, { outcome, ...attempt }: KnownAttempt): string {
  const which = `attempt ${String(attempt.attempt)} of task ${task}`;
  if (outcome === undefined) return `${which} still runs; its output comes when it has ended\n`;
  return `${which} printed nothing (${howItEnded({ ...attempt, outcome })})\n`;
}

/** What was printed may look whole where it was cut off. */
function troubleText(task: string, { outcome, ...attempt }: KnownAttempt): string {
  if (outcome === undefined || outcome === "done" || outcome === "spare") return "";
  return `attempt ${String(attempt.attempt)} of task ${task}: ${howItEnded({ ...attempt, outcome })}\n`;
}

interface Found {
  readonly task: MeantTask;
  readonly attempts: readonly KnownAttempt[];
  readonly shown: KnownAttempt | undefined;
  readonly outputOf: (attempt: KnownAttempt) => Outputs;
}

function documentOf(folder: RunFolder, { task, attempts, shown, outputOf }: Found): unknown {
  const bytes = (one: KnownAttempt, stream: Stream): number => outputOf(one)[stream]?.bytes ?? 0;
  const isLost = (one: KnownAttempt, stream: Stream): boolean =>
    bytes(one, stream) === 0 && (one[`${stream}Bytes`] ?? 0) > 0;
  const text = (stream: Stream): string | null =>
    shown === undefined || isLost(shown, stream) ? null : pieceText(outputOf(shown)[stream]);
  return {
    schema: 1,
    run: folder.name,
    task: { id: task.id, number: task.index + 1, command: task.command },
    attempts: attempts.map((one) => ({
      attempt: one.attempt,
      kind: one.kind,
      machine: one.machine,
      outcome: one.outcome ?? null,
      exit_code: one.exitCode ?? null,
      signal: one.signal ?? null,
      reason: one.notStarted ?? one.noOutput ?? null,
      started_at: isoInstant(one.startedAt),
      ended_at: one.endedAt === undefined ? null : isoInstant(one.endedAt),
      stdout_bytes: bytes(one, "stdout"),
      stderr_bytes: bytes(one, "stderr"),
      missing_bytes: lostOutput(outputOf(one), one).reduce(
        (sum, { recorded, there }) => sum + recorded - there,
        0,
      ),
    })),
    attempt: shown?.attempt ?? null,
    stdout: text("stdout"),
    stderr: text("stderr"),
  };
}
