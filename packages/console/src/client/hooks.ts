/** What a component asks the master for again and again while it is shown, and the second hand that it goes by. */
import { useEffect, useRef, useState } from "preact/hooks";
import { troubleFrom, type CallTrouble } from "./trouble.js";

export interface Asked<T> {
  readonly value: T | undefined;
  readonly trouble: CallTrouble | undefined;
  /** Asks again at once. */
  readonly again: () => void;
}

/**
 * Asks at once, whenever `key` changes, and every so often; `everyMs` 0: once. The last answer stays until the next
 * one is there, but for that of another key.
 */
export function useAsked<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  everyMs: number,
): Asked<T> {
  const [state, setState] = useState<{ key: string; value?: T; trouble?: CallTrouble }>({ key });
  const [round, setRound] = useState(0);
  const asking = useRef(ask);
  asking.current = ask;
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const turn = async (): Promise<void> => {
      try {
        const value = await asking.current(ended.signal);
        if (!ended.signal.aborted) setState({ key, value });
      } catch (reason) {
        if (!ended.signal.aborted)
          setState((last) => ({ ...(last.key === key ? last : { key }), trouble: troubleFrom(reason) }));
      }
      if (!ended.signal.aborted && everyMs > 0) timer = setTimeout(() => void turn(), everyMs);
    };
    void turn();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [key, everyMs, round]);
  const here = state.key === key ? state : { key };
  return { value: here.value, trouble: here.trouble, again: () => setRound((last) => last + 1) };
}

/** The time, told anew every so often. */
export function useNow(everyMs = 1_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
