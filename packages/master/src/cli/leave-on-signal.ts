/** Ctrl-C and SIGTERM leave what only looks on: nothing that goes on elsewhere is stopped by it. */
export interface Leaving {
  /** Resolves at the first of them. */
  readonly asked: Promise<undefined>;
  /** As one of them would. */
  readonly leave: () => void;
  readonly close: () => void;
}

export function leaveOnSignal(): Leaving {
  let leave: () => void = () => undefined;
  const asked = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined);
  });
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  return {
    asked,
    leave: () => leave(),
    close() {
      process.off("SIGINT", leave);
      process.off("SIGTERM", leave);
    },
  };
}
