/**
 * What an agent and its master say to each other, in the project's own words. Instants are microseconds since the
 * agent's machine booted. agent.proto tells in which order things are said, and what a lost connection means.
 */
import type { TaskCommand } from "../bag/bag.js";
import type { AttemptRef, MachineId, TaskId } from "../ids.js";
import type { AttemptEnding } from "../observation.js";
import type { Duration } from "../units.js";

/** How well an agent can end all that a task started, best first. */
export const CONTAINMENTS = ["cgroup", "pid-namespace", "subreaper", "process-group"] as const;
export type Containment = (typeof CONTAINMENTS)[number];

/** Why a master has nothing to do with an agent; none of them gets better by trying again. */
export const REFUSALS = [
  "bad-token",
  "token-used",
  "token-expired",
  "bad-session",
  "released",
  "unknown-machine",
  "protocol",
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

/** One task to run, as its agent needs it. */
export interface TaskOrder extends AttemptRef {
  readonly id: TaskId;
  readonly command: TaskCommand;
  /** Absent: where the bag was submitted. */
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  /** Relative paths that it is to write below STINT_OUTPUT_DIR; see decisions/0012. */
  readonly outputs?: readonly string[];
  /** The slot is held for runtime × (slowdown − 1) after the task. */
  readonly slowdown: number;
  /** 1 when another attempt of the task may be running. */
  readonly replica: 0 | 1;
}

/** One attempt that is over. */
export interface TaskReport extends AttemptRef {
  readonly ending: AttemptEnding;
  readonly startedBootUs: number;
  readonly endedBootUs: number;
  /** From 1. */
  readonly slot: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** Only where the platform measures them. */
  readonly cpuUs?: number;
  readonly peakMemoryBytes?: number;
}

/** The first words on every connection. The secrets travel beside it; see open-agent-stream.ts. */
export interface Hello {
  readonly kind: "hello";
  readonly machine: MachineId;
  readonly agentVersion: string;
  readonly slots: number;
  /** Which boot of the machine the instants count from. */
  readonly bootId: string;
  readonly nowBootUs: number;
  /** Started or waiting and not yet over. */
  readonly holding: readonly AttemptRef[];
  readonly containment: Containment;
}
/**
 * How many tasks the agent wants to have at once, on their way to it included: the whole, not a difference. Said
 * after the welcome, once every result that was not acknowledged has been sent again, and whenever it changes.
 */
export interface Pull {
  readonly kind: "pull";
  readonly credit: number;
}
/** At least one result; `seq` counts up by one, the same results keep theirs when they are sent again. */
export interface Results {
  readonly kind: "results";
  readonly seq: number;
  readonly results: readonly TaskReport[];
}
export interface Heartbeat {
  readonly kind: "heartbeat";
  readonly nowBootUs: number;
}
export type AgentSays = Hello | Pull | Results | Heartbeat;

export interface Welcome {
  readonly kind: "welcome";
  /** Absent: as the agent was told before. */
  readonly paidUntilBootUs?: number;
  readonly heartbeatMs: number;
  /** Results up to this one are written down; 0 when none is known to be. */
  readonly ackedSeq: number;
}
/** An agent ignores those it holds, and those whose result it has not seen acknowledged. */
export interface Start {
  readonly kind: "start";
  readonly tasks: readonly TaskOrder[];
}
/** All results up to this one are written down. */
export interface Ack {
  readonly kind: "ack";
  readonly seq: number;
}
export interface Cancel {
  readonly kind: "cancel";
  readonly attempts: readonly AttemptRef[];
}
export interface Renew {
  readonly kind: "renew";
  readonly paidUntilBootUs: number;
}
/** Nothing more will be started here. */
export interface Drain {
  readonly kind: "drain";
}
/** The last words before the master closes the connection. */
export interface Refused {
  readonly kind: "refused";
  readonly code: RefusalCode;
  readonly text: string;
}
export type MasterSays = Welcome | Start | Ack | Cancel | Renew | Drain | Refused;

/** Tasks in one start and results in one message; more are sent as several. */
export const TASKS_A_MESSAGE = 100;
/** More in one message are refused. */
export const RESULTS_A_MESSAGE_MOST = 1_000;
/** What is packed into one message; a single task may be larger. */
export const MESSAGE_BYTES_AIM = 512 * 1024;
/** A larger message is refused by whoever receives it. */
export const MESSAGE_BYTES_MOST = 4 * 1024 * 1024;
/** Tasks that one agent may want at once. */
export const CREDIT_MOST = 10_000;
