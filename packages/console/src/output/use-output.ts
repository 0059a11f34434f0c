/** A window on what an attempt prints: bounded, moved by the reader, or following its end while more is written. */
import { useEffect, useState } from "preact/hooks";
import { outputPart, type OutputOf } from "../client/output.js";
import { NO_ANSWER, troubleFrom, type CallTrouble } from "../client/trouble.js";

/** So much is kept and shown, whatever the size of the output. */
export const WINDOW_BYTES = 128 * 1024;
const FOLLOW_EVERY_MS = 700;

export interface Window {
  readonly from: number;
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly open: boolean;
}
const NOTHING: Window = { from: 0, bytes: new Uint8Array(), size: 0, open: true };

/** `end`: the last part, and what is added to it. */
export type Place = number | "end";

export function useOutput(
  of: OutputOf,
  place: Place,
): { readonly window: Window; readonly trouble: CallTrouble | undefined } {
  const [window, setWindow] = useState<Window>(NOTHING);
  const [trouble, setTrouble] = useState<CallTrouble>();
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let have = NOTHING;
    const turn = async (): Promise<void> => {
      let open = true;
      try {
        have = await next(of, place, have, ended.signal);
        open = have.open;
        if (ended.signal.aborted) return;
        setTrouble(undefined);
        setWindow(have);
      } catch (reason) {
        if (ended.signal.aborted) return;
        const told = troubleFrom(reason);
        setTrouble(told);
        // What was not found may come to be, as the output of an attempt that has not begun.
        open = told.status === NO_ANSWER || told.status === 404;
      }
      const behind = place === "end" && have.from + have.bytes.length < have.size;
      if (open && place === "end") timer = setTimeout(() => void turn(), behind ? 0 : FOLLOW_EVERY_MS);
    };
    setWindow(NOTHING);
    void turn();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [of.run, of.task, of.attempt, of.stream, place]);
  return { window, trouble };
}

async function next(of: OutputOf, place: Place, have: Window, signal: AbortSignal): Promise<Window> {
  if (place !== "end") {
    const part = await outputPart(of, { from: place, most: WINDOW_BYTES }, signal);
    return { ...part, from: place };
  }
  if (have === NOTHING) {
    const { size } = await outputPart(of, { from: 0, most: 1 }, signal);
    const from = Math.max(0, size - WINDOW_BYTES);
    return { ...(await outputPart(of, { from, most: WINDOW_BYTES }, signal)), from };
  }
  const part = await outputPart(of, { from: have.from + have.bytes.length, most: WINDOW_BYTES }, signal);
  return part.bytes.length === 0 ? { ...have, size: part.size, open: part.open } : joined(have, part);
}

/** What does not fit into the window leaves it at its start. */
function joined(have: Window, part: Omit<Window, "from">): Window {
  const all = new Uint8Array(have.bytes.length + part.bytes.length);
  all.set(have.bytes);
  all.set(part.bytes, have.bytes.length);
  const extra = Math.max(0, all.length - WINDOW_BYTES);
  return { ...part, from: have.from + extra, bytes: all.slice(extra) };
}
