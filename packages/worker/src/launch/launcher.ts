/**
 * How is a task started? The one interface behind which that stands. A launcher adds nothing to what it is given
 * and takes nothing away; each passes the suite in test/conformance/launcher.ts.
 */

/** Everything about the process to be, already decided. */
export interface Launch {
  /** Never read by a shell. The first is looked up in the PATH of `env`. */
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Open descriptors; they stay the caller's, and may be closed as soon as the process is over. */
  readonly stdout: number;
  readonly stderr: number;
  /** From 1; no two processes of a slot run at the same time, so a launcher may keep something warm for each. */
  readonly slot: number;
}

/** How the process itself ended; what it left running in its group is not waited for. */
export interface LaunchEnd {
  readonly how:
    | { readonly kind: "exited"; readonly code: number }
    | { readonly kind: "signalled"; readonly signal: string }
    | { readonly kind: "not-started"; readonly reason: string };
  /** Only where they are measured, never guessed. */
  readonly cpuUs?: number;
  readonly peakMemoryBytes?: number;
}

/** A process that leads a session and a process group of its own, with nothing to read on its standard input. */
export interface LaunchedProcess {
  /** To every process of the group; also after the leader has ended. False when none is left. */
  signalGroup(signal: NodeJS.Signals): boolean;
  /** Does any process of it still run? Those that are dead and only wait to be waited for do not count. */
  groupLives(): boolean;
}

export interface Launcher {
  /** `ended` is called once, and never before `launch` has returned. */
  launch(launch: Launch, ended: (end: LaunchEnd) => void): LaunchedProcess;
}
