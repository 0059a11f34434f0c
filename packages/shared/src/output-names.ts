/** What is called how in a run's `out/`: the names that agents write there, and that whoever reads finds again. */
import { join } from "node:path";
import type { AttemptRef, MachineId } from "./ids.js";

/** The two streams of a task. */
export const STREAMS = ["stdout", "stderr"] as const;
export type Stream = (typeof STREAMS)[number];

/** A bag of more tasks than this has its output packed: so many files are a burden to every tool that lists them. */
export const LOOSE_TASKS_MOST = 10_000;

/** What is kept of a stream of one attempt: half of it from its beginning, half from its end. */
export const OUTPUT_CAP_BYTES = 16 * 1024 * 1024;

/** Tasks are numbered from 1, as people count. */
export const attemptName = ({ task, attempt }: AttemptRef): string =>
  `${String(task + 1)}.${String(attempt)}`;

/** A stream's own file: of a running attempt always, of one that is over unless it was packed or empty. */
export const streamFile = (outFolder: string, ref: AttemptRef, stream: Stream): string =>
  join(outFolder, `${attemptName(ref)}.${stream}`);

const STAGED = ".outputs";

/** Where an attempt writes its declared outputs: STINT_OUTPUT_DIR. */
export const stagingFolder = (outFolder: string, ref: AttemptRef): string =>
  join(outFolder, `${attemptName(ref)}${STAGED}`);

export const isStagingFolder = (name: string): boolean => /^\d+\.\d+\.outputs$/u.test(name);

/** Output of one machine's tasks one after the other, and a line for each that says where it lies. */
export interface PackFiles {
  readonly bytes: string;
  readonly index: string;
}

export const packFiles = (outFolder: string, machine: MachineId | string): PackFiles => ({
  bytes: join(outFolder, `${machine}.pack`),
  index: join(outFolder, `${machine}.packed`),
});

/** Where an attempt's output lies in its machine's pack: first standard output, then standard error. */
export interface PackedOutput {
  readonly from: number;
  readonly stdout: number;
  readonly stderr: number;
}

/** Ends with a line feed. */
export const packLine = (ref: AttemptRef, { from, stdout, stderr }: PackedOutput): string =>
  `${attemptName(ref)} ${String(from)} ${String(stdout)} ${String(stderr)}\n`;

const PACK_LINE = /^(\d{1,10})\.(\d{1,10}) (\d{1,16}) (\d{1,16}) (\d{1,16})$/u;

/** Undefined for a line that was not written whole. */
export function readPackLine(line: string): (AttemptRef & PackedOutput) | undefined {
  const found = PACK_LINE.exec(line);
  if (found === null) return undefined;
  const [number = 0, attempt = 0, from = 0, stdout = 0, stderr = 0] = found.slice(1).map(Number);
  return {
    ...{ task: (number - 1) as AttemptRef["task"], attempt: attempt as AttemptRef["attempt"] },
    ...{ from, stdout, stderr },
  };
}
