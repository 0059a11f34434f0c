/** An agent in this process and the master it talks to. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { unacknowledged, type SpooledBatch } from "@stint/shared/spool.js";
import type { TaskOrder } from "@stint/shared/wire/messages.js";
import type { ServerIdentity } from "../../packages/master/src/agents/identity.js";
import { runAgent } from "../../packages/worker/src/run-agent.js";
import {
  agentHome,
  fakeMaster,
  WELCOME,
  type AgentHome,
  type AgentLink,
  type FakeMaster,
} from "./fake-master.js";

export interface AgentBench {
  master: FakeMaster;
  readonly home: AgentHome;
  /** The agent's exit code. */
  readonly ended: Promise<number>;
  spooled(): readonly SpooledBatch[];
  /** What a task writes into a file of the home, once it has written a line. */
  appearance(file: string): Promise<string>;
  remove(): Promise<void>;
}

export async function agentBench(
  identity: ServerIdentity,
  wish: Partial<AgentConfig> = {},
): Promise<AgentBench> {
  const master = await fakeMaster(identity);
  const home = agentHome(identity.caPem, master.port, wish);
  const told = new AbortController();
  // A log is for whoever runs an agent; who runs the tests reads of tests.
  const ended = runAgent(home.config, told.signal, () => undefined);
  const bench: AgentBench = {
    ...{ master, home, ended },
    spooled: () => unacknowledged(readFileSync(home.config.spoolFile, "utf8")),
    async appearance(file) {
      const path = join(home.folder, file);
      while (!existsSync(path) || !readFileSync(path, "utf8").endsWith("\n")) await sleep(5);
      return readFileSync(path, "utf8").trim();
    },
    async remove() {
      told.abort();
      await bench.master.close();
      await ended;
      home.remove();
    },
  };
  return bench;
}

/** The agent that comes next, welcomed and asking for tasks. */
export async function welcomedAgent({ master }: AgentBench): Promise<AgentLink> {
  const link = await master.nextAgent();
  link.say(WELCOME);
  await link.hears("pull");
  return link;
}

export const start = (link: AgentLink, ...tasks: readonly TaskOrder[]): void =>
  link.say({ kind: "start", tasks });
