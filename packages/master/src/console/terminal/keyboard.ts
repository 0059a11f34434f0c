/**
 * The keys of a terminal for as long as one question is open. A terminal can be lost meanwhile: then reading from
 * it, or setting it back, fails; here that is an end of the question and never of the program.
 */
import { PassThrough, type Readable } from "node:stream";

/** Standard input of a terminal, or what stands for it in a test. */
export type KeyboardInput = Readable & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

export interface Keyboard {
  /** What a prompt reads from. */
  readonly keys: Readable;
  /** Aborted when the terminal is gone. */
  readonly lost: AbortSignal;
  /** Gives the terminal back. */
  release(): void;
}

export function takeKeyboard(input: KeyboardInput): Keyboard {
  const gone = new AbortController();
  const onGone = (): void => gone.abort();
  const keys = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      if (!gone.signal.aborted) input.setRawMode?.(raw);
      return keys;
    },
  });
  const onData = (chunk: Buffer): void => {
    keys.write(chunk);
  };
  // Stays: setting back a terminal that is gone is an error too, and comes after the question.
  input.on("error", onGone);
  input.on("data", onData).on("end", onGone).on("close", onGone);
  return {
    keys,
    lost: gone.signal,
    release() {
      input.off("data", onData).off("end", onGone).off("close", onGone);
      input.pause();
    },
  };
}
