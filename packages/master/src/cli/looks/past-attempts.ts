/** The attempts of a task that are over, as the run's joblog has them: looked for in the file, and never kept. */
import { createReadStream } from "node:fs";
import type { AttemptView } from "@stint/shared/api/tasks.js";
import { JOBLOG_HEADER, signalName } from "../../store/rows.js";

export type PastAttempt = Omit<AttemptView, "stderr_bytes">;

const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 10;

/**
 * O(joblog), a chunk at a time; a row is written within a second after its attempt has ended.
 * @param beganAt of the run, in microseconds
 */
export async function pastAttempts(joblog: string, task: number, beganAt: number): Promise<PastAttempt[]> {
  const beginning = Buffer.from(`\n${String(task)}\t`);
  const found: PastAttempt[] = [];
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(joblog, { highWaterMark: CHUNK_BYTES })) {
      const bytes: Buffer = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
      const end = bytes.lastIndexOf(NEWLINE);
      for (const line of linesWith(bytes.subarray(0, end + 1), beginning))
        found.push(attemptOf(line, beganAt));
      // The last line end begins the line that follows.
      rest = bytes.subarray(Math.max(0, end));
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
  }
  return found.sort((a, b) => a.attempt - b.attempt);
}

function* linesWith(bytes: Buffer, beginning: Buffer): Generator<string> {
  for (let at = bytes.indexOf(beginning); at >= 0; at = bytes.indexOf(beginning, at + 1)) {
    const end = bytes.indexOf(NEWLINE, at + 1);
    if (end < 0) return;
    yield bytes.toString("utf8", at + 1, end);
  }
}

const COLUMNS = JOBLOG_HEADER.split("\t");

function attemptOf(line: string, beganAt: number): PastAttempt {
  const fields = line.split("\t");
  const field = (name: string): string => fields[COLUMNS.indexOf(name)] ?? "";
  const startedAt = Number(field("Starttime")) - beganAt / 1_000_000;
  const exit = Number(field("Exitval"));
  const six = (value: number): number => Number(value.toFixed(6));
  return {
    attempt: Number(field("Attempt")),
    kind: field("Kind") as PastAttempt["kind"],
    cluster: field("Cluster"),
    machine: field("Machine"),
    started_s: six(startedAt),
    ended_s: six(startedAt + Number(field("JobRuntime"))),
    outcome: field("Outcome") as PastAttempt["outcome"],
    exit_code: exit < 0 ? null : exit,
    signal: signalName(Number(field("Signal"))),
    cost_usd: Number(field("CostUsd")),
    stdout_bytes: Number(field("Receive")),
  };
}
