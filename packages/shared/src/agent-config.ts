/**
 * What a local agent is told when it is started: one JSON file, 0600, in the run's folder. Nothing secret
 * stands in it: the join token has a file of its own, which the agent removes once it has been welcomed.
 */
export interface AgentConfig {
  readonly machine: string;
  readonly cluster: string;
  readonly slots: number;
  /** `host:port`; always loopback for a local agent. */
  readonly master: string;
  /** Where a master that came back on another port writes `host:port`. */
  readonly masterPortFile?: string;
  readonly caFile: string;
  readonly tokenFile: string;
  /** Where this agent keeps its session secret (0600), so that nothing of it is in argv or the environment. */
  readonly sessionFile: string;
  /** Microseconds since this machine booted; until it is renewed. */
  readonly paidUntilBootUs: number;
  readonly graceUs: number;
  /** Output files are written straight there: `<number>.<attempt>.stdout` and `.stderr`. */
  readonly outFolder: string;
  /** Results that no master has acknowledged yet. */
  readonly spoolFile: string;
  /** STINT_TASK_DIR of each slot is made below it. */
  readonly scratchFolder: string;
  /** JSON object, 0600: the environment that tasks inherit. */
  readonly environmentFile: string;
  /** Where the bag was submitted. */
  readonly cwd: string;
  /** Per stream and attempt: head and tail are kept. */
  readonly outputCapBytes: number;
  readonly bagId: string;
  readonly bagSize: number;
}
