/**
 * `stint logs -f`: what a task has printed and what it prints, until its attempt has ended. A task that has not been
 * started is waited for, as long as somebody is at work on the run who may start it.
 */
import { setTimeout as later } from "node:timers/promises";
import type { Writable } from "node:stream";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { OUTPUT_CAP_BYTES, streamFile, type Stream } from "@stint/shared/output-names.js";
import { howItEnded } from "../console/terminal/how-it-ended.js";
import { printableText } from "../console/terminal/printable.js";
import { findOutput, readPiece } from "../store/find-output.js";
import { parsePayload, readPayloads, type JournalEnd } from "../store/read-journal.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { growingStream, type GrowingStream } from "./follow/growing-stream.js";
import { taskStory, theOneToFollow, type FollowedAttempt, type TaskStory } from "./follow/task-story.js";
import { isHeld } from "./known-run.js";
import { keptRun } from "./live/kept.js";
import { noSuchAttempt, taskMeant, type LogsFlags } from "./logs.js";
import { countOf } from "./amounts.js";
import { beganBy } from "./replay/replay-run.js";
import { streamsAsked, write, type OutputWishes } from "./print-output.js";

const LOOK_EVERY_MS = 200;
const LINE_FEED = 10;

export async function followLogs(text: string, flags: LogsFlags): Promise<ExitCode> {
  const asked = flags.attempt === undefined ? undefined : countOf(flags.attempt, "--attempt", { least: 1 });
  const folder = findKnownRun(flags.run, flags.runs);
  const journal = growingJournal(folder, taskStory(taskMeant(folder, text).index));
  const { attempts } = journal;
  journal.readOn();
  if (asked !== undefined && !attempts.some(({ attempt }) => Number(attempt) === asked))
    throw noSuchAttempt(attempts, asked, text);
  const chosen = (): FollowedAttempt | undefined =>
    asked === undefined
      ? theOneToFollow(attempts)
      : attempts.find(({ attempt }) => Number(attempt) === asked);
  const leave = leaveOnSignal();
  try {
    const found = chosen() ?? (await firstStart(folder, journal, { text, chosen, leave }));
    if (found === undefined) return leave.asked() ? EXIT.interrupted : EXIT.done;
    return await follow(folder, journal, { found, text, leave, wishes: flags });
  } finally {
    leave.close();
  }
}

interface GrowingJournal extends Pick<TaskStory, "attempts"> {
  /** Reads what was written since. */
  readonly readOn: () => void;
}

function growingJournal(folder: RunFolder, { see, attempts }: TaskStory): GrowingJournal {
  const { bagId } = keptRun(folder);
  let end: JournalEnd | undefined;
  let began = false;
  return {
    attempts,
    readOn() {
      const payloads = readPayloads(folder.journal, end);
      for (;;) {
        const next = payloads.next();
        if (next.done === true) {
          end = next.value;
          return;
        }
        const frame = parsePayload(next.value);
        if (!began) beganBy(folder, frame.event, bagId);
        began = true;
        see(frame);
      }
    },
  };
}

interface Waiting {
  readonly text: string;
  readonly chosen: () => FollowedAttempt | undefined;
  readonly leave: Leave;
}

async function firstStart(
  folder: RunFolder,
  journal: GrowingJournal,
  { text, chosen, leave }: Waiting,
): Promise<FollowedAttempt | undefined> {
  const notYet = `task ${text} has not been started yet`;
  let told = false;
  for (;;) {
    // Looked at before the journal: whoever ends may have started it in its last moment.
    const isAtWork = isHeld(folder);
    journal.readOn();
    const found = chosen();
    if (found !== undefined) return found;
    if (!isAtWork) process.stderr.write(`${notYet}, and nobody is at work on the run: stint resume\n`);
    else if (!told) process.stderr.write(`${notYet}; waiting for it\n`);
    told = true;
    if (!isAtWork || !(await leave.pause())) return undefined;
  }
}

interface Following {
  readonly found: FollowedAttempt;
  readonly text: string;
  readonly leave: Leave;
  readonly wishes: OutputWishes;
}

async function follow(
  folder: RunFolder,
  journal: GrowingJournal,
  { found, text, leave, wishes }: Following,
): Promise<ExitCode> {
  const streams = streamsAsked(wishes).map(([stream, to]) => followed(folder, found, { stream, to, wishes }));
  try {
    for (;;) {
      const isAtWork = isHeld(folder);
      journal.readOn();
      // Known to have ended before its output is read: what is read then is all there is.
      const { ended } = found;
      for (const one of streams) await one.printMore(ended !== undefined);
      if (ended !== undefined || !isAtWork) {
        const onNewLine = streams.some((one) => one.leftLineOpen()) ? "\n" : "";
        const words = lastWords(found, text, {
          shown: streams.some((one) => one.hasPrinted()),
          recorded: streamsAsked(wishes).some(([stream]) => (found.printed?.[`${stream}Bytes`] ?? 0) > 0),
        });
        process.stderr.write(`${onNewLine}${words}`);
        return EXIT.done;
      }
      if (!(await leave.pause())) return EXIT.interrupted;
    }
  } finally {
    for (const one of streams) one.close();
  }
}

interface Seen {
  readonly shown: boolean;
  readonly recorded: boolean;
}

function lastWords({ attempt, ended }: FollowedAttempt, text: string, { shown, recorded }: Seen): string {
  const which = `attempt ${String(attempt)} of task ${text}`;
  if (ended === undefined)
    return `${which} had not ended when nobody was at work on the run any more: stint resume\n`;
  const what = shown ? "has ended" : recorded ? "printed what is missing now" : "printed nothing";
  return `${which} ${what} (${howItEnded(ended)})\n`;
}

interface Followed {
  /** @param all it is over: what was packed is looked for too */
  readonly printMore: (all: boolean) => Promise<void>;
  readonly hasPrinted: () => boolean;
  /** What is said next on standard error would stand behind it. */
  readonly leftLineOpen: () => boolean;
  readonly close: () => void;
}

interface Reader {
  readonly stream: Stream;
  readonly to: Writable;
  readonly wishes: OutputWishes;
}

function followed(folder: RunFolder, ref: FollowedAttempt, { stream, to, wishes }: Reader): Followed {
  const growing: GrowingStream = growingStream(streamFile(folder.out, ref, stream), OUTPUT_CAP_BYTES);
  const decoder = new TextDecoder();
  let last: number | undefined;
  const print = async (chunk: Buffer): Promise<void> => {
    last = chunk.at(-1) ?? last;
    await write(to, wishes.raw === true ? chunk : printableText(decoder.decode(chunk, { stream: true })));
  };
  return {
    async printMore(all) {
      for (const chunk of growing.more()) await print(chunk);
      if (!all) return;
      const piece = growing.isOpen() ? undefined : findOutput(folder.out, ref)[stream];
      if (piece !== undefined) for (const chunk of readPiece(piece)) await print(chunk);
      if (wishes.raw !== true) await write(to, printableText(decoder.decode()));
    },
    hasPrinted: () => last !== undefined,
    leftLineOpen: () => to === process.stderr && last !== undefined && last !== LINE_FEED,
    close: () => growing.close(),
  };
}

interface Leave {
  readonly asked: () => boolean;
  /** Waits a moment; false when somebody wants to leave, or nobody reads any more. */
  readonly pause: () => Promise<boolean>;
  readonly close: () => void;
}

/** Ctrl-C leaves the following, not the run. */
function leaveOnSignal(): Leave {
  const left = new AbortController();
  const leave = (): void => left.abort();
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  process.stdout.on("error", leave);
  return {
    asked: () => left.signal.aborted,
    async pause() {
      await later(LOOK_EVERY_MS, undefined, { signal: left.signal }).catch(() => undefined);
      return !left.signal.aborted;
    },
    close() {
      process.off("SIGINT", leave);
      process.off("SIGTERM", leave);
      process.stdout.off("error", leave);
    },
  };
}
