/**
 * Ctrl-C and SIGTERM: the first stops the run so that it can be resumed, the second does so at once. A lost
 * terminal stops nothing.
 */
export interface StopSignals {
  close(): void;
}

/** @param asked called with `drain` at the first signal and `now` at each later one */
export function watchStopSignals(asked: (how: "drain" | "now", signal: NodeJS.Signals) => void): StopSignals {
  let count = 0;
  const onStop = (signal: NodeJS.Signals): void => {
    count += 1;
    asked(count === 1 ? "drain" : "now", signal);
  };
  const onHangup = (): void => undefined;
  process.on("SIGINT", onStop);
  process.on("SIGTERM", onStop);
  process.on("SIGHUP", onHangup);
  return {
    close() {
      process.off("SIGINT", onStop);
      process.off("SIGTERM", onStop);
      process.off("SIGHUP", onHangup);
    },
  };
}
