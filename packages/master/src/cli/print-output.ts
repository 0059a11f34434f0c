/** How does a task's output reach a person? Each stream where it went when the task ran, harmless unless asked otherwise. */
import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Stream } from "@stint/shared/output-names.js";
import { printableText } from "../console/terminal/printable.js";
import { readPiece, type OutputPiece, type Outputs } from "../store/find-output.js";

export interface OutputWishes {
  /** Only this one, to standard output. */
  readonly stdout?: true | undefined;
  readonly stderr?: true | undefined;
  /** Byte by byte, control characters and all. */
  readonly raw?: true | undefined;
}

export async function printOutput(outputs: Outputs, wishes: OutputWishes): Promise<void> {
  for (const [stream, to] of streamsAsked(wishes)) await copy(outputs[stream], to, wishes.raw === true);
}

/** Which streams, and where each goes. */
export function streamsAsked({ stdout, stderr }: OutputWishes): readonly (readonly [Stream, Writable])[] {
  if (stdout === true) return [["stdout", process.stdout]];
  if (stderr === true) return [["stderr", process.stdout]];
  return [
    ["stdout", process.stdout],
    ["stderr", process.stderr],
  ];
}

async function copy(piece: OutputPiece | undefined, to: Writable, raw: boolean): Promise<void> {
  if (piece === undefined) return;
  const decoder = new TextDecoder();
  const visible = (chunk?: Buffer): string =>
    printableText(decoder.decode(chunk, { stream: chunk !== undefined }));
  for (const chunk of readPiece(piece)) await write(to, raw ? chunk : visible(chunk));
  if (!raw) await write(to, visible());
}

/** Waits for a reader that is slow; throws when there is none any more. */
export async function write(to: Writable, content: string | Buffer): Promise<void> {
  if (content.length > 0 && !to.write(content)) await once(to, "drain");
}
