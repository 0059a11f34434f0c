/**
 * `stint doctor RUN`: did a run keep its laws? Its journal is read from the first byte and held against an independent
 * witness; what it finds is told with the frame and the place in the file.
 */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { formatCount } from "@stint/shared/format.js";
import { BrokenInvariant } from "@stint/shared/invariant.js";
import { wrapWords } from "../console/terminal/printable.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import { createChecker, type Checker } from "../planner/check-run.js";
import { LAWS, type Violation } from "../planner/check/witness.js";
import { applyFrame } from "../planner/decide.js";
import type { Frame } from "../planner/records.js";
import { isoInstant } from "../planner/report/iso-instant.js";
import { newRun, type Run } from "../planner/run-state.js";
import { outputFinder } from "../store/find-output.js";
import { FRAME_HEAD_BYTES, HEADER_BYTES } from "../store/journal-format.js";
import { lostOutput } from "../store/lost-output.js";
import { openBag, type OpenBag } from "../store/open-bag.js";
import { parsePayload, readPayloads, type JournalEnd } from "../store/read-journal.js";
import type { RunFolder } from "../store/run-folder.js";
import { findKnownRun } from "./hub/find-known-run.js";
import { printDocument, printLines, type LookFlags } from "./known-run.js";
import { keptRun } from "./live/kept.js";
import { beganBy, neverBegan } from "./replay/replay-run.js";

/** Those of the witness, and that the planner itself can apply each frame. */
const ALL_LAWS = [...LAWS, "applies"] as const;

/** A law that did not hold, and the byte at which the frame that broke it begins. */
interface Finding extends Omit<Violation, "law"> {
  readonly law: (typeof ALL_LAWS)[number];
  readonly byte: number;
}

interface Diagnosis {
  readonly end: JournalEnd;
  readonly outputs: OutputCount;
  readonly findings: readonly Finding[];
  readonly run: Run;
}

/** Attempts that have printed something, and those of which not all of it is there any more. */
interface OutputCount {
  printed: number;
  lost: number;
}

/** Nobody reads more, and one broken law often breaks it again with each frame. */
const FINDINGS_MOST = 1_000;
const WIDTH = 80;

export function doctor(flags: LookFlags): ExitCode {
  const folder = findKnownRun(flags.run, flags.runs);
  const bag = openBag(folder.bag);
  try {
    const diagnosis = diagnose(folder, bag);
    if (flags.json === true) printDocument(documentOf(folder, diagnosis));
    else printLines(linesOf(folder, diagnosis));
    return diagnosis.findings.length === 0 ? EXIT.done : EXIT.stateUnusable;
  } finally {
    bag.close();
  }
}

function diagnose(folder: RunFolder, bag: OpenBag): Diagnosis {
  const { wide, bagId } = keptRun(folder);
  const shape = bag.shape(wide);
  const payloads = readPayloads(folder.journal);
  const findings: Finding[] = [];
  let run: Run | undefined;
  let checker: Checker | undefined;
  let byte = HEADER_BYTES;
  let frames = 0;
  let applies = true;
  const outputs: OutputCount = { printed: 0, lost: 0 };
  const find = outputFinder(folder.out);
  const note = (found: readonly Omit<Finding, "byte">[]): void => {
    for (const one of found) if (findings.length < FINDINGS_MOST) findings.push({ ...one, byte });
  };
  for (;;) {
    const next = payloads.next();
    if (next.done === true) {
      if (run === undefined || checker === undefined) throw neverBegan(folder);
      if (run.phase === "ended") note(checker.finish());
      return { end: next.value, outputs, findings, run };
    }
    const length = next.value.length;
    const frame = parsePayload(next.value);
    frames += 1;
    if (run === undefined || checker === undefined) {
      const { settings, bagSize, at } = beganBy(folder, frame.event, bagId);
      run = newRun(settings, { ...shape, size: bagSize }, at);
      checker = createChecker(settings, bagSize, shape);
    }
    note(checker.check(frame));
    if (applies) {
      const broken = applied(run, frame, frames);
      note(broken);
      applies = broken.length === 0;
      if (applies) countOutputs(outputs, run.closedAttempts, find);
    }
    byte += FRAME_HEAD_BYTES + length;
  }
}

function countOutputs(
  count: OutputCount,
  closed: readonly ClosedAttempt[],
  find: ReturnType<typeof outputFinder>,
): void {
  for (const one of closed) {
    if (one.stdoutBytes + one.stderrBytes === 0) continue;
    count.printed += 1;
    if (lostOutput(find(one), one).length > 0) count.lost += 1;
  }
}

/** What the planner says when it cannot apply a frame; after that its run means nothing. */
function applied(run: Run, frame: Frame, number: number): Omit<Finding, "byte">[] {
  try {
    applyFrame(run, frame);
    return [];
  } catch (cause) {
    if (!(cause instanceof BrokenInvariant)) throw cause;
    return [{ law: "applies", frame: number, at: frame.event.at, text: cause.message }];
  }
}

function documentOf(folder: RunFolder, { end, outputs, findings, run }: Diagnosis): unknown {
  return {
    schema: 1,
    run: folder.name,
    state: run.endState ?? "running",
    frames: end.frames,
    bytes: end.bytes,
    torn_bytes: end.torn,
    outputs: { attempts: outputs.printed, missing: outputs.lost },
    laws: Object.fromEntries(ALL_LAWS.map((law) => [law, !findings.some((one) => one.law === law)])),
    violations: findings.map(({ law, frame, byte, at, text }) => ({
      law,
      frame,
      byte,
      at: isoInstant(at),
      text,
    })),
  };
}

function linesOf(folder: RunFolder, { end, outputs, findings, run }: Diagnosis): string[] {
  const torn =
    end.torn === 0
      ? ""
      : `; behind them ${formatCount(end.torn)} bytes that are no whole frame: a write that was cut off, or damage`;
  const head = [
    `${folder.name}: ${run.endState ?? "not ended yet"}`,
    `journal: ${formatCount(end.frames)} frames in ${formatCount(end.bytes)} bytes, all sound${torn}`,
    ...(outputs.lost === 0
      ? []
      : [
          `output: missing or cut of ${formatCount(outputs.lost)} of ${formatCount(outputs.printed)} attempts that printed`,
        ]),
  ];
  const broken = new Set(findings.map(({ law }) => law));
  const kept = ALL_LAWS.filter((law) => !broken.has(law));
  if (findings.length === 0)
    return [
      ...head,
      ...wrapWords(`laws: all ${String(kept.length)} held: ${kept.join(", ")}`, WIDTH, kept.length),
    ];
  return [
    ...head,
    `laws: ${String(broken.size)} broken, ${String(kept.length)} held`,
    ...findings.map(
      ({ law, frame, byte, text }) =>
        `  ${law}: frame ${formatCount(frame)} at byte ${formatCount(byte)}: ${text}`,
    ),
  ];
}
