/** Has the process been told to end? By SIGTERM or SIGINT; a lost terminal or a closed pipe says nothing of the kind. */

/** Aborts at the first such signal. */
export function toldToEnd(): AbortSignal {
  const told = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => told.abort());
  process.on("SIGHUP", () => undefined);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return told.signal;
}
