/**
 * An agent from its first hello to its end: takes tasks from its master, runs them, reports them. It goes on
 * without a master with what it has, and ends with all it started when its machine is no longer paid for.
 */
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock, type BootClock } from "@stint/shared/boot-clock.js";
import type { MachineId } from "@stint/shared/ids.js";
import { present, unreachable } from "@stint/shared/invariant.js";
import { VERSION } from "@stint/shared/version.js";
import type { MasterSays, Refused, TaskReport, Welcome } from "@stint/shared/wire/messages.js";
import {
  afterNews,
  exitCodeOf,
  NEW_AGENT,
  takesTasks,
  type AgentNews,
  type AgentState,
  type Parting,
} from "./agent-state.js";
import { keepConnected, type Connection } from "./connect.js";
import { enrol } from "./enrol.js";
import { executor, type Executor } from "./execute.js";
import { spawnLauncher } from "./launch/spawn-launcher.js";
import { createOutbox, type Outbox } from "./outbox.js";
import { leaseUntil, type Lease } from "./paid-until.js";
import { noteRuntime, tasksWanted, type RecentRuntimes } from "./pull.js";
import { PATIENCE_US } from "./run-task.js";
import { spoolIn, type Spool } from "./spool.js";
import type { Environment } from "./task-environment.js";
import { toldToEnd } from "./told-to-end.js";

/** How long a result may wait for others while more tasks than are run are here anyway. */
const COMPANY_MS = 20;
/** How long the last results may take to be acknowledged, and how often to look. */
const FAREWELL_US_MAX = 1_000_000;
const FAREWELL_LOOK_MS = 10;

interface Agent {
  readonly config: AgentConfig;
  readonly clock: BootClock;
  readonly executor: Executor;
  readonly outbox: Outbox;
  readonly spool: Spool;
  readonly lease: Lease;
  /** Called once. */
  readonly gone: (because: Parting) => void;
  /** A line for whoever reads the agent's log. */
  readonly log: (text: string) => void;
  connection: Connection | undefined;
  isUp: boolean;
  state: AgentState;
  recent: RecentRuntimes;
  /** How many tasks the master was last told to keep here. */
  wanted: number | undefined;
}

/**
 * Resolves to an exit code when all that was started is dead: 0 for an end that was due, 1 for a refusal.
 * `told` ends it; by default a signal to the process does. What it has to say goes to standard error unless told otherwise.
 */
export async function runAgent(
  config: AgentConfig,
  told: AbortSignal = toldToEnd(),
  log: Agent["log"] = toStandardError,
): Promise<number> {
  let agent: Agent | undefined;
  const because = await new Promise<Parting>((gone) => {
    const begun = assemble(config, gone, log);
    agent = begun;
    const end = (): void => tell(begun, { kind: "parting", because: { kind: "told-to-end" } });
    if (told.aborted) end();
    else told.addEventListener("abort", end, { once: true });
    begun.connection = connect(begun);
  });
  await part(present(agent, "an agent that ends has begun"));
  log(
    `${config.machine} ends: ${because.kind === "refused" ? `${because.code}, ${because.text}` : because.kind}`,
  );
  return exitCodeOf(because);
}

function assemble(config: AgentConfig, gone: Agent["gone"], log: Agent["log"]): Agent {
  const clock = bootClock();
  const spool = spoolIn(config.spoolFile, log);
  const agent: Agent = {
    ...{ config, clock, gone, spool, log },
    executor: executor({
      ...{ config, clock, launcher: spawnLauncher, onTrouble: log },
      inherited: JSON.parse(readFileSync(config.environmentFile, "utf8")) as Environment,
      report: (report) => taskOver(agent, report),
    }),
    outbox: createOutbox({ bootId: clock.bootId, spool, changed: () => tellWhatIsHeld(agent) }),
    lease: leaseUntil(clock, config, () => tell(agent, { kind: "parting", because: { kind: "lease-ends" } })),
    ...{ connection: undefined, isUp: false, state: NEW_AGENT, recent: [], wanted: undefined },
  };
  return agent;
}

function connect(agent: Agent): Connection {
  const { config, clock, executor, outbox, log } = agent;
  return keepConnected({
    ...{ config, clock, enrolment: enrol(config), onTrouble: log },
    hello: () => ({
      ...{ kind: "hello", machine: config.machine as MachineId, agentVersion: VERSION, slots: config.slots },
      ...{ bootId: clock.bootId, nowBootUs: clock.nowUs(), holding: executor.holding() },
      containment: "process-group",
    }),
    up: (welcome) => welcomed(agent, welcome),
    down() {
      agent.isUp = false;
      outbox.disconnected();
    },
    heard: (says) => hear(agent, says),
    drained: () => outbox.drained(),
    refused: ({ code, text }) => tell(agent, { kind: "parting", because: { kind: "refused", code, text } }),
  });
}

function welcomed(agent: Agent, { paidUntilBootUs, ackedSeq }: Welcome): void {
  agent.isUp = true;
  if (paidUntilBootUs !== undefined) agent.lease.renew(paidUntilBootUs);
  agent.outbox.acked(ackedSeq);
  agent.outbox.connected((results) => agent.connection?.say(results) ?? false);
  // From here on tasks are given, so it comes after all results that the master may lack.
  agent.wanted = undefined;
  pull(agent);
}

function hear(agent: Agent, says: Exclude<MasterSays, Welcome | Refused>): void {
  switch (says.kind) {
    case "start":
      for (const order of says.tasks) if (!agent.outbox.has(order)) agent.executor.start(order);
      tellWhatIsHeld(agent);
      return;
    case "cancel":
      for (const ref of says.attempts) agent.executor.cancel(ref);
      return;
    case "ack":
      agent.outbox.acked(says.seq);
      return;
    case "renew":
      agent.lease.renew(says.paidUntilBootUs);
      return;
    case "drain":
      tell(agent, { kind: "drain-asked" });
      tellWhatIsHeld(agent);
      return;
    default:
      unreachable(says);
  }
}

function taskOver(agent: Agent, report: TaskReport): void {
  const { wanted = 0, config, executor } = agent;
  // Halfway down, there is no hurry yet: the others of these few milliseconds may come along.
  const isWellSupplied = executor.holding().length > (wanted + config.slots) / 2;
  agent.outbox.add(report, isWellSupplied ? COMPANY_MS : 0);
  agent.recent = noteRuntime(agent.recent, report.endedBootUs - report.startedBootUs);
  pull(agent);
  tellWhatIsHeld(agent);
}

function pull(agent: Agent): void {
  if (!agent.isUp || !takesTasks(agent.state)) return;
  const { slots } = agent.config;
  const wanted = tasksWanted(slots, agent.recent, agent.wanted ?? slots);
  if (wanted === agent.wanted) return;
  agent.wanted = wanted;
  agent.connection?.say({ kind: "pull", credit: wanted });
}

function tellWhatIsHeld(agent: Agent): void {
  const [tasks, unacknowledged] = [agent.executor.holding().length, agent.outbox.unacknowledged()];
  tell(agent, { kind: "holds", tasks, unacknowledged });
}

function tell(agent: Agent, news: AgentNews): void {
  const before = agent.state;
  agent.state = afterNews(before, news);
  if (agent.state.kind === "gone" && before.kind !== "gone") agent.gone(agent.state.because);
}

/** Ends what runs, has the last results acknowledged if somebody listens, and leaves nothing behind. */
async function part(agent: Agent): Promise<void> {
  const { config, clock, executor, outbox, lease } = agent;
  // Half of the grace is for tasks to end, the other half for whoever has to be killed and for these words.
  const left = lease.paidUntilBootUs() - config.graceUs / 2 - clock.nowUs();
  await executor.end(Math.min(PATIENCE_US, Math.max(0, left)));
  // Whatever comes now, they stand in the spool.
  outbox.flush();
  const until = clock.nowUs() + FAREWELL_US_MAX;
  while (agent.isUp && outbox.unacknowledged() > 0 && clock.nowUs() < until) await sleep(FAREWELL_LOOK_MS);
  lease.cancel();
  agent.connection?.close();
  agent.spool.close();
}

const toStandardError = (text: string): void => {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
};
