/**
 * The Agents port for machines that are real: a gRPC server over TLS to which every agent opens one stream. What
 * the planner orders is kept until its agent has it, whatever becomes of a connection; what an agent reports is
 * acknowledged when it is durable.
 */
import type { TaskCommand } from "@stint/shared/bag/bag.js";
import type { Draft } from "@stint/shared/draft.js";
import type { MachineId, TaskId, TaskIndex } from "@stint/shared/ids.js";
import { minutes, seconds, type Duration } from "@stint/shared/units.js";
import type { TaskOrder } from "@stint/shared/wire/messages.js";
import { serveAgentStreams } from "@stint/shared/wire/serve-agent-streams.js";
import type { Agents, Deliver } from "../drive/ports.js";
import { Connection, type Desk } from "./connection.js";
import { createEnrolment } from "./enrolment.js";
import type { ServerIdentity } from "./identity.js";
import { joinToken } from "./join-token.js";
import { orderCancels, orderRenewal, orderStarts, type Post } from "./machine-agent.js";
import { createMail, type Mail } from "./mail.js";
import type { OpenAttempt } from "./open-attempts.js";
import { reportRefusals } from "./report-refusals.js";
import { createRoster, type Roster } from "./roster.js";
import { watchSilence, type SilenceRule } from "./silence.js";
import type { AgentClock } from "./timeline.js";

/** A task as its agent needs it, with what holds for the whole bag filled in. */
export interface TaskSpec {
  readonly id: TaskId;
  readonly command: TaskCommand;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  readonly outputs?: readonly string[];
}

export interface AgentServerOptions {
  /** Loopback unless it is said otherwise. */
  readonly host?: string;
  /** 0: any free one. */
  readonly port: number;
  readonly identity: ServerIdentity;
  /** What the run's join tokens are made of. */
  readonly runSecret: Buffer;
  readonly clock: AgentClock;
  readonly taskOf: (task: TaskIndex) => TaskSpec;
  readonly deliver: Deliver;
  /** A line for the person who watches. */
  readonly onTrouble: (text: string) => void;
  /** How long after it was ordered a machine may join. */
  readonly tokenLife?: Duration;
  readonly silence?: SilenceRule;
}

export interface AgentServer extends Agents {
  readonly port: number;
  /** What a new machine needs to join. The same machine always gets the same. */
  tokenFor(machine: MachineId): string;
  /**
   * Machines that joined under an earlier master, with the hash of their session. To be called, and what is open
   * ordered again, before control goes back to the event loop: until then nobody is heard.
   */
  restore(sessions: ReadonlyMap<MachineId, string>): void;
  isConnected(machine: MachineId): boolean;
  /** Agents go on without this master. */
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const TOKEN_LIFE = minutes(15);
const SILENCE: SilenceRule = { heartbeat: seconds(10), silentAfter: seconds(25) };

export async function serveAgents(options: AgentServerOptions): Promise<AgentServer> {
  const { clock, runSecret, identity, silence = SILENCE } = options;
  const mail = createMail(options.deliver);
  const enrolment = createEnrolment(runSecret, options.tokenLife ?? TOKEN_LIFE);
  const roster = createRoster(enrolment, clock, mail.post);
  const desk = deskOf(options, roster, mail.post);
  const streams = await serveAgentStreams({
    host: options.host ?? LOOPBACK,
    port: options.port,
    certPem: identity.certPem,
    keyPem: identity.keyPem,
    attend: (stream) => new Connection(stream, desk),
  });
  const endWatch = watchSilence(() => roster.agents(), silence, clock.now, mail.post);
  return {
    ...portOf(roster, mail),
    port: streams.port,
    tokenFor(machine) {
      roster.ordered(machine);
      return joinToken(runSecret, machine);
    },
    restore(sessions) {
      for (const [machine, session] of sessions) roster.restore(machine, session);
    },
    isConnected: (machine) => roster.find(machine)?.speaker !== undefined,
    async close() {
      endWatch();
      mail.close();
      for (const agent of roster.agents()) agent.speaker?.leave();
      await streams.close();
    },
  };
}

/** Orders are kept with the agent they are meant for; those to a machine that was released come too late. */
const portOf = (roster: Roster, mail: Mail): Agents => ({
  start(machine, starts) {
    const agent = roster.ordered(machine);
    if (agent !== undefined) orderStarts(agent, starts);
  },
  cancel(machine, attempts) {
    const agent = roster.ordered(machine);
    if (agent !== undefined) orderCancels(agent, attempts);
  },
  renew(machine, paidUntil) {
    const agent = roster.ordered(machine);
    if (agent !== undefined) orderRenewal(agent, paidUntil);
  },
  dismiss: (machine) => roster.release(machine),
  settled(event) {
    mail.settled(event);
    if (event.kind === "machine-gone" || event.kind === "machine-launch-failed")
      roster.release(event.machine);
  },
});

const deskOf = (
  { clock, taskOf, onTrouble, silence = SILENCE }: AgentServerOptions,
  roster: Roster,
  post: Post,
): Desk => ({
  clock,
  post,
  heartbeatMs: Math.max(1, Math.round(silence.heartbeat / 1_000)),
  admit: (claim) => roster.admit(claim),
  orderOf: (attempt) => orderOf(attempt, taskOf),
  refused: reportRefusals(onTrouble),
});

function orderOf({ command }: OpenAttempt, taskOf: AgentServerOptions["taskOf"]): TaskOrder {
  const { task, attempt, kind, slowdown } = command;
  const spec = taskOf(task);
  const order: Draft<TaskOrder> = {
    task,
    attempt,
    id: spec.id,
    command: spec.command,
    env: spec.env ?? NO_ENV,
    slowdown,
    replica: kind === "replica" || kind === "pair" ? 1 : 0,
  };
  if (spec.cwd !== undefined) order.cwd = spec.cwd;
  if (spec.timeout !== undefined) order.timeout = spec.timeout;
  if (spec.outputs !== undefined) order.outputs = spec.outputs;
  return order;
}

const NO_ENV: Readonly<Record<string, string>> = {};
