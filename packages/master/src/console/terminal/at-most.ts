/** How does something happen at once, yet not too often? What is asked for too soon happens once, later. */
export interface Rationed {
  readonly ask: () => void;
  /** What is still owed is forgotten. */
  readonly stop: () => void;
}

/** At most once in that many milliseconds; the first time within the call. */
export function atMostEvery(milliseconds: number, act: () => void): Rationed {
  let owed = false;
  let pause: NodeJS.Timeout | undefined;
  const ask = (): void => {
    owed = true;
    if (pause !== undefined) return;
    owed = false;
    act();
    pause = setTimeout(() => {
      pause = undefined;
      if (owed) ask();
    }, milliseconds).unref();
  };
  return {
    ask,
    stop() {
      clearTimeout(pause);
      pause = undefined;
      owed = false;
    },
  };
}
