/**
 * Is all there that an attempt has printed? The journal has how much it was; somebody may have removed or cut its files
 * since, which is not to be taken for silence.
 */
import { formatCount } from "@stint/shared/format.js";
import { OUTPUT_CAP_BYTES, STREAMS, type Stream } from "@stint/shared/output-names.js";
import type { Outputs } from "./find-output.js";

/** As it was recorded; absent of an attempt that still runs. */
export interface Printed {
  readonly stdoutBytes?: number;
  readonly stderrBytes?: number;
}

export interface LostOutput {
  readonly stream: Stream;
  readonly recorded: number;
  readonly there: number;
}

/** Of output beyond the cap head and tail are kept, and a line between them. */
export function lostOutput(outputs: Outputs, { stdoutBytes = 0, stderrBytes = 0 }: Printed): LostOutput[] {
  const recorded = { stdout: stdoutBytes, stderr: stderrBytes };
  return STREAMS.map((stream) => ({
    stream,
    recorded: recorded[stream],
    there: outputs[stream]?.bytes ?? 0,
  })).filter((one) => one.there < Math.min(one.recorded, OUTPUT_CAP_BYTES));
}

export const lostText = ({ stream, recorded, there }: LostOutput): string =>
  `${recorded === 1 ? "1 byte" : `${formatCount(recorded)} bytes`} of ${stream} recorded, ` +
  (there === 0 ? "and the file is missing" : `of which ${formatCount(there)} are there`);
