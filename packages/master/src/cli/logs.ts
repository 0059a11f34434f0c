/** `stint logs`: what a task printed, of the attempt that counted, with its control characters made visible. */
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { howItEnded } from "../console/terminal/how-it-ended.js";
import { printableText } from "../console/terminal/printable.js";
import { isoInstant } from "../planner/report/iso-instant.js";
import { findTask, openBag } from "../store/open-bag.js";
import { findRun, type RunFolder } from "../store/run-folder.js";
import { attemptsOf, type KnownAttempt } from "./attempts-of.js";
import { countOf } from "./amounts.js";
import { printDocument } from "./known-run.js";

export interface LogsFlags {
  readonly run?: string | undefined;
  readonly runs: string;
  readonly attempt?: string | undefined;
  readonly stdout?: true | undefined;
  readonly stderr?: true | undefined;
  readonly raw?: true | undefined;
  readonly json?: true | undefined;
}

export async function logs(text: string, flags: LogsFlags): Promise<ExitCode> {
  const asked = flags.attempt === undefined ? undefined : countOf(flags.attempt, "--attempt", { least: 1 });
  const folder = findRun(flags.run, flags.runs);
  const task = taskMeant(folder, text);
  const attempts = attemptsOf(folder, task.index);
  const shown = asked === undefined ? theOneThatCounts(attempts) : theOneAsked(attempts, asked, text);
  if (flags.json === true) printDocument(documentOf(folder, { task, attempts, shown }));
  else if (shown === undefined) process.stderr.write(`task ${text} has not been started yet\n`);
  else if (printedNothing(folder, task.index, shown.attempt)) process.stderr.write(silenceText(text, shown));
  else await show(folder, { task: task.index, attempt: shown.attempt, flags });
  return EXIT.done;
}

interface MeantTask {
  readonly index: TaskIndex;
  readonly id: string;
  readonly command: string;
}

function taskMeant(folder: RunFolder, text: string): MeantTask {
  const bag = openBag(folder.bag);
  try {
    const index = findTask(bag, text);
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
  const known = attempts.map(({ attempt }) => String(attempt)).join(", ");
  throw new TroubleError({
    kind: "usage",
    code: "no-such-attempt",
    where: "--attempt",
    found: String(asked),
    expected:
      known === ""
        ? `nothing: task ${task} has not been started yet`
        : `an attempt of task ${task}: ${known}`,
    hint: "",
  });
}

const STREAMS = ["stdout", "stderr"] as const;
type Stream = (typeof STREAMS)[number];

/** An empty stream has no file. */
function outputFile(folder: RunFolder, task: TaskIndex, attempt: number, stream: Stream): string | undefined {
  const file = join(folder.out, `${String(task + 1)}.${String(attempt)}.${stream}`);
  return existsSync(file) ? file : undefined;
}

const printedNothing = (folder: RunFolder, task: TaskIndex, attempt: number): boolean =>
  STREAMS.every((stream) => outputFile(folder, task, attempt, stream) === undefined);

/** Silence is told apart from output that went missing. */
function silenceText(task: string, { attempt, outcome, exitCode, signal }: KnownAttempt): string {
  const which = `attempt ${String(attempt)} of task ${task}`;
  if (outcome === undefined) return `${which} still runs; its output comes when it has ended\n`;
  const how = howItEnded({
    outcome,
    ...(exitCode !== undefined && { exitCode }),
    ...(signal !== undefined && { signal }),
  });
  return `${which} printed nothing (${how})\n`;
}

interface Shown {
  readonly task: TaskIndex;
  readonly attempt: number;
  readonly flags: LogsFlags;
}

/** Each stream where it went when the task ran, unless only one is asked for. */
async function show(folder: RunFolder, { task, attempt, flags }: Shown): Promise<void> {
  const raw = flags.raw === true;
  if (flags.stderr !== true) await copy(outputFile(folder, task, attempt, "stdout"), process.stdout, raw);
  if (flags.stdout === true) return;
  const errors = flags.stderr === true ? process.stdout : process.stderr;
  await copy(outputFile(folder, task, attempt, "stderr"), errors, raw);
}

async function copy(file: string | undefined, to: Writable, raw: boolean): Promise<void> {
  if (file === undefined) return;
  const bytes = createReadStream(file);
  await (raw ? pipeline(bytes, to, { end: false }) : pipeline(bytes, madeVisible, to, { end: false }));
}

async function* madeVisible(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield printableText(decoder.decode(chunk, { stream: true }));
  yield printableText(decoder.decode());
}

interface Found {
  readonly task: MeantTask;
  readonly attempts: readonly KnownAttempt[];
  readonly shown: KnownAttempt | undefined;
}

function documentOf(folder: RunFolder, { task, attempts, shown }: Found): unknown {
  const file = (attempt: number, stream: Stream): string | undefined =>
    outputFile(folder, task.index, attempt, stream);
  const bytes = (attempt: number, stream: Stream): number => {
    const path = file(attempt, stream);
    return path === undefined ? 0 : statSync(path).size;
  };
  const text = (stream: Stream): string | null => {
    if (shown === undefined) return null;
    const path = file(shown.attempt, stream);
    return path === undefined ? "" : readFileSync(path, "utf8");
  };
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
      started_at: isoInstant(one.startedAt),
      ended_at: one.endedAt === undefined ? null : isoInstant(one.endedAt),
      stdout_bytes: bytes(one.attempt, "stdout"),
      stderr_bytes: bytes(one.attempt, "stderr"),
    })),
    attempt: shown?.attempt ?? null,
    stdout: text("stdout"),
    stderr: text("stderr"),
  };
}
