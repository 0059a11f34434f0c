/** What the agent's halves say to each other: the connection hands orders in, execution hands reports out. */
import type { TaskCommand } from "@stint/shared/bag/bag.js";
import type { AttemptRef, TaskId } from "@stint/shared/ids.js";
import type { AttemptEnding } from "@stint/shared/observation.js";
import type { Duration } from "@stint/shared/units.js";

export interface TaskOrder extends AttemptRef {
  readonly id: TaskId;
  readonly command: TaskCommand;
  /** Absent: where the bag was submitted. */
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  readonly slowdown: number;
  readonly replica: 0 | 1;
}

/** Instants in microseconds since this machine booted. */
export interface TaskReport extends AttemptRef {
  readonly ending: AttemptEnding;
  readonly startedBootUs: number;
  readonly endedBootUs: number;
  readonly slot: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  readonly cpuUs?: number;
  readonly peakMemoryBytes?: number;
}

/** Runs tasks, as many at once as there are slots; more wait in the order in which they came. */
export interface Executor {
  start(order: TaskOrder): void;
  /** TERM, five seconds, KILL to the whole group; the report says `cancelled`. One that waits ends at once. */
  cancel(ref: AttemptRef): void;
  /** Running or waiting. */
  holding(): readonly AttemptRef[];
  /** Ends everything, resolves when all that was started is dead. */
  end(): Promise<void>;
}
