/** A master that says what a test tells it, over the real wire; and the files that an agent needs to find it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { AttemptNumber, TaskId, TaskIndex } from "@stint/shared/ids.js";
import type { AgentSays, Hello, MasterSays, TaskOrder } from "@stint/shared/wire/messages.js";
import { serveAgentStreams } from "@stint/shared/wire/serve-agent-streams.js";
import type { ServerIdentity } from "../../packages/master/src/agents/identity.js";

type Said<Kind extends AgentSays["kind"]> = Extract<AgentSays, { kind: Kind }>;

/** One connection of an agent that has said hello. */
export interface AgentLink {
  readonly hello: Hello;
  readonly session: string | undefined;
  readonly join: string | undefined;
  readonly heard: readonly AgentSays[];
  say(says: MasterSays): void;
  /** The first message of the kind that is like this, past or to come. */
  hears<Kind extends AgentSays["kind"]>(
    kind: Kind,
    like?: (says: Said<Kind>) => boolean,
  ): Promise<Said<Kind>>;
  hangUp(): void;
  readonly over: Promise<void>;
}

export interface FakeMaster {
  readonly port: number;
  /** The next agent that says hello, in the order in which they do. */
  nextAgent(): Promise<AgentLink>;
  close(): Promise<void>;
}

export async function fakeMaster(identity: ServerIdentity, port = 0): Promise<FakeMaster> {
  const links: AgentLink[] = [];
  const awaiting: ((link: AgentLink) => void)[] = [];
  const open = new Set<() => void>();
  const streams = await serveAgentStreams({
    ...{ host: "127.0.0.1", port, certPem: identity.certPem, keyPem: identity.keyPem },
    attend(stream) {
      const heard: AgentSays[] = [];
      const listeners = new Set<() => void>();
      let ended: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (ended = resolve));
      const hangUp = (): void => stream.end();
      open.add(hangUp);
      const link = (hello: Hello): AgentLink => ({
        ...{ hello, session: stream.session, join: stream.join, heard, over, hangUp },
        say: (says) => void stream.say(says),
        hears: (kind, like = () => true) =>
          new Promise((resolve) => {
            const look = (): void => {
              const found = heard.find((says) => says.kind === kind && like(says as Said<typeof kind>));
              if (found === undefined) return;
              listeners.delete(look);
              resolve(found as Said<typeof kind>);
            };
            listeners.add(look);
            look();
          }),
      });
      return {
        heard(says) {
          heard.push(says);
          if (says.kind === "hello") {
            const taken = awaiting.shift();
            if (taken === undefined) links.push(link(says));
            else taken(link(says));
          }
          for (const look of [...listeners]) look();
        },
        unreadable(text) {
          throw new Error(text);
        },
        drained: () => undefined,
        over() {
          open.delete(hangUp);
          ended();
        },
      };
    },
  });
  return {
    port: streams.port,
    nextAgent() {
      const link = links.shift();
      return link === undefined ? new Promise((resolve) => awaiting.push(resolve)) : Promise.resolve(link);
    },
    async close() {
      for (const hangUp of open) hangUp();
      await streams.close();
    },
  };
}

export const WELCOME = { kind: "welcome", heartbeatMs: 10_000, ackedSeq: 0 } as const;

export interface AgentHome {
  readonly folder: string;
  readonly config: AgentConfig;
  remove(): void;
}

/** Paid for a minute, with a grace of 2 s, unless it is said otherwise. */
export function agentHome(caPem: string, port: number, wish: Partial<AgentConfig> = {}): AgentHome {
  const folder = mkdtempSync(join(tmpdir(), "stint-agent-"));
  const at = (name: string): string => join(folder, name);
  mkdirSync(at("out"));
  writeFileSync(at("ca.pem"), caPem);
  writeFileSync(at("token"), `here-1.${"ab".repeat(32)}\n`);
  writeFileSync(at("environment.json"), JSON.stringify({ PATH: process.env["PATH"] }));
  const config: AgentConfig = {
    ...{ machine: "here-1", cluster: "here", slots: 1, master: `127.0.0.1:${String(port)}` },
    ...{ masterPortFile: at("master.port"), caFile: at("ca.pem"), tokenFile: at("token") },
    ...{ sessionFile: at("session"), outFolder: at("out"), spoolFile: at("spool.jsonl") },
    ...{ scratchFolder: at("scratch"), environmentFile: at("environment.json"), cwd: folder },
    ...{ paidUntilBootUs: bootClock().nowUs() + 60_000_000, graceUs: 2_000_000 },
    ...{ outputCapBytes: 16 * 1024 * 1024, bagId: "bag", bagSize: 100 },
    ...wish,
  };
  return { folder, config, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const orderOf = (task: number, line: string, wish: Partial<TaskOrder> = {}): TaskOrder => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  id: `task-${String(task)}` as TaskId,
  command: { kind: "shell", line },
  ...{ env: {}, slowdown: 1, replica: 0 },
  ...wish,
});
