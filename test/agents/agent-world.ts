/**
 * A master's agent server and agents that say what a test tells them to, over real TLS on loopback. What the drive
 * would do with an event, the test does: it looks at it and settles it when it wants to.
 */
import { randomBytes } from "node:crypto";
import type { AttemptNumber, MachineId, TaskId, TaskIndex } from "@stint/shared/ids.js";
import { instant, type Instant } from "@stint/shared/units.js";
import {
  openAgentStream,
  type AgentStream,
  type AgentStreamOptions,
  type StreamEnd,
} from "@stint/shared/wire/open-agent-stream.js";
import type { AgentSays, Hello, MasterSays, TaskReport } from "@stint/shared/wire/messages.js";
import type { ServerIdentity } from "../../packages/master/src/agents/identity.js";
import {
  serveAgents,
  type AgentServer,
  type AgentServerOptions,
} from "../../packages/master/src/agents/serve-agents.js";
import type { StartCommand } from "../../packages/master/src/drive/ports.js";
import type { RunEvent } from "../../packages/master/src/planner/records.js";

/** What arrives is kept until it is asked for, and what is asked for is waited for. */
export class Arrivals<T extends { readonly kind: string }> {
  readonly all: T[] = [];
  #unseen: T[] = [];
  #waiting: (() => void)[] = [];

  add(item: T): void {
    this.all.push(item);
    this.#unseen.push(item);
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** The next of this kind that was not asked for before. */
  async next<K extends T["kind"]>(kind: K): Promise<Extract<T, { kind: K }>> {
    for (;;) {
      const place = this.#unseen.findIndex((item) => item.kind === kind);
      if (place >= 0) return this.#unseen.splice(place, 1)[0] as Extract<T, { kind: K }>;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  ofKind<K extends T["kind"]>(kind: K): Extract<T, { kind: K }>[] {
    return this.all.filter((item): item is Extract<T, { kind: K }> => item.kind === kind);
  }
}

/** The boot clock of a test is one that it can read. */
export const BOOT = "boot-of-the-test";
const RUN_BEGAN = 1_800_000_000_000_000;
export const bootNowUs = (): number => Math.round(performance.now() * 1_000);
export const ofBoot = (bootUs: number): Instant => instant(RUN_BEGAN + bootUs);

export interface World {
  readonly server: AgentServer;
  readonly events: Arrivals<RunEvent>;
  readonly troubles: string[];
  readonly identity: ServerIdentity;
  /** What a master settles by itself, as soon as it has returned to its loop. */
  settles: boolean;
}

export const RUN_SECRET = Buffer.alloc(32, 7);

export async function startWorld(
  identity: ServerIdentity,
  options: Partial<AgentServerOptions> = {},
): Promise<World> {
  const events = new Arrivals<RunEvent>();
  const troubles: string[] = [];
  const server = await serveAgents({
    port: 0,
    identity,
    runSecret: RUN_SECRET,
    clock: {
      now: () => ofBoot(bootNowUs()),
      ofBoot,
      bootAt: (at) => at - RUN_BEGAN,
      bootId: BOOT,
    },
    taskOf: (task) => ({ id: `task-${String(task)}` as TaskId, command: { kind: "shell", line: "true" } }),
    deliver(event) {
      events.add(event);
      if (world.settles) queueMicrotask(() => server.settled(event));
    },
    onTrouble: (text) => troubles.push(text),
    ...options,
  });
  const world: World = { server, events, troubles, identity, settles: true };
  return world;
}

export interface FakeAgent {
  readonly stream: AgentStream;
  readonly heard: Arrivals<MasterSays>;
  readonly session: string;
  /** How the connection ended. */
  readonly over: Promise<StreamEnd>;
  /** Waits while the stream is full. */
  say(says: AgentSays): Promise<void>;
}

export const newSession = (): string => randomBytes(32).toString("hex");

/** Opens a connection and says nothing yet. */
export function connect(
  world: { readonly identity: ServerIdentity; readonly server: { readonly port: number } },
  options: Partial<AgentStreamOptions> = {},
): FakeAgent {
  const heard = new Arrivals<MasterSays>();
  const session = options.session ?? newSession();
  let goOn: () => void = () => undefined;
  let ended: (why: StreamEnd) => void = () => undefined;
  const over = new Promise<StreamEnd>((resolve) => {
    ended = resolve;
  });
  const stream = openAgentStream(
    { master: `127.0.0.1:${String(world.server.port)}`, caPem: world.identity.caPem, ...options, session },
    { heard: (says) => heard.add(says), drained: () => goOn(), over: ended },
  );
  return {
    stream,
    heard,
    session,
    over,
    async say(says) {
      const drained = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      if (!stream.say(says)) await drained;
    },
  };
}

export const hello = (machine: MachineId, more: Partial<Hello> = {}): Hello => ({
  kind: "hello",
  machine,
  agentVersion: "0.1.0",
  slots: 2,
  bootId: BOOT,
  nowBootUs: bootNowUs(),
  holding: [],
  containment: "process-group",
  ...more,
});

/** An agent that has joined and been welcomed. */
export async function join(world: World, machine: MachineId, more: Partial<Hello> = {}): Promise<FakeAgent> {
  const agent = connect(world, { join: world.server.tokenFor(machine) });
  await agent.say(hello(machine, more));
  await agent.heard.next("welcome");
  return agent;
}

/** What the master said of what was said before has arrived when this has. */
export async function roundTrip(world: World, agent: FakeAgent, machine: MachineId): Promise<void> {
  world.server.renew(machine, ofBoot(bootNowUs()));
  await agent.heard.next("renew");
}

export const ref = (
  task: number,
  attempt = 1,
): { readonly task: TaskIndex; readonly attempt: AttemptNumber } => ({
  task: task as TaskIndex,
  attempt: attempt as AttemptNumber,
});

export const start = (task: number, more: Partial<StartCommand> = {}): StartCommand => ({
  ...ref(task),
  kind: "run",
  slowdown: 1,
  ...more,
});

export const report = (task: number, more: Partial<TaskReport> = {}): TaskReport => ({
  ...ref(task),
  ending: { kind: "exited", code: 0 },
  startedBootUs: 1_000,
  endedBootUs: 2_000,
  slot: 1,
  stdoutBytes: 0,
  stderrBytes: 0,
  ...more,
});

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);
