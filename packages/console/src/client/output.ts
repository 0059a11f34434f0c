/** Parts of what an attempt printed, as bytes, with how much there is and whether more may follow. */
import { addressOf, answerOf, outputPath } from "./call.js";

export type OutputStream = "stdout" | "stderr";

export interface OutputOf {
  readonly run: string;
  readonly task: number;
  readonly attempt: number | undefined;
  readonly stream: OutputStream;
}

export interface OutputPart {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly open: boolean;
}

export async function outputPart(
  of: OutputOf,
  { from, most }: Part,
  signal: AbortSignal,
): Promise<OutputPart> {
  const query = { ...queryOf(of), from: String(from), most: String(most) };
  const response = await answerOf(outputPath(of.run, of.task, query), { signal });
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    size: Number(response.headers.get("x-stint-size") ?? 0),
    open: response.headers.get("x-stint-open") === "true",
  };
}

interface Part {
  readonly from: number;
  readonly most: number;
}

/** Where the whole of it can be loaded from. */
export const outputAddress = (of: OutputOf): string => addressOf(outputPath(of.run, of.task, queryOf(of)));

const queryOf = ({ attempt, stream }: OutputOf): Readonly<Record<string, string>> =>
  attempt === undefined ? { stream } : { stream, attempt: String(attempt) };
