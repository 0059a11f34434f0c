/** A task's result as one line for programs: what it printed, how it ended, what it cost. Fields are a promise. */
import type { TaskId } from "@stint/shared/ids.js";
import type { Stream } from "@stint/shared/output-names.js";
import { between, type Instant } from "@stint/shared/units.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import { pieceText, type Outputs } from "./find-output.js";
import { lostOutput } from "./lost-output.js";

export interface NamedAttempt {
  readonly id: TaskId;
  readonly command: string;
  readonly cluster: string;
  /** The one that counts, or the last one. */
  readonly closed: ClosedAttempt;
  readonly outputs: Outputs;
}

const MILLIONTHS = 1_000_000;

/**
 * Without its end.
 * @param inlineMost bytes of a stream that are told in the line; of a longer one only where it lies
 */
export function resultLine(
  { id, command, cluster, closed, outputs }: NamedAttempt,
  inlineMost: number,
): string {
  return JSON.stringify({
    schema: 1,
    id,
    number: closed.task + 1,
    command,
    attempt: closed.attempt,
    outcome: closed.outcome,
    exit_code: closed.exitCode ?? null,
    signal: closed.signal ?? null,
    reason: closed.notStarted ?? closed.noOutput ?? null,
    cluster,
    machine: closed.machine,
    started_at: isoInstant(closed.startedAt),
    ended_at: isoInstant(closed.endedAt),
    runtime_s: between(closed.startedAt, closed.endedAt) / MILLIONTHS,
    cost_usd: closed.cost / MILLIONTHS,
    ...streamFields("stdout", { outputs, recorded: closed.stdoutBytes }, inlineMost),
    ...streamFields("stderr", { outputs, recorded: closed.stderrBytes }, inlineMost),
    ...missingFields(outputs, closed),
  });
}

/** RFC 3339 in UTC, to the millisecond. */
const isoInstant = (at: Instant): string => new Date(Math.floor(at / 1_000)).toISOString();

/** Of what was recorded and is not in its file: only where there is such. */
const missingFields = (outputs: Outputs, closed: ClosedAttempt): Record<string, number> =>
  Object.fromEntries(
    lostOutput(outputs, closed).map(({ stream, recorded, there }) => [
      `${stream}_missing_bytes`,
      recorded - there,
    ]),
  );

interface Told {
  readonly outputs: Outputs;
  readonly recorded: number;
}

function streamFields(
  stream: Stream,
  { outputs, recorded }: Told,
  inlineMost: number,
): Record<string, unknown> {
  const piece = outputs[stream];
  const isInline = piece === undefined ? recorded === 0 : piece.bytes <= inlineMost;
  return {
    [stream]: isInline ? pieceText(piece) : null,
    [`${stream}_bytes`]: piece?.bytes ?? 0,
    [`${stream}_at`]: isInline ? null : (piece ?? null),
  };
}
