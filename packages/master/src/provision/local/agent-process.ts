/**
 * One local agent as a process: started by this master, or by one before it and found again. Knows when it has
 * ended and how, and can tell it to end; what it started is the sweep's matter.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { isAlive, processWith, type ProcessIdentity } from "@stint/shared/process-identity.js";
import type { AgentFolder } from "./agent-folder.js";
import { commandOf, lookAround, markedEnvironment, sameMarks, type Marks } from "./marks.js";

export interface AgentProcess {
  /** Undefined for one that had ended before anybody could look. */
  readonly identity: ProcessIdentity | undefined;
  /** How it ended, in words. Its end alone keeps this master from nothing: it may end before. */
  readonly ended: Promise<string>;
  /** Does nothing once it has ended. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

export interface AgentCommand {
  readonly program: string;
  /** Followed by the path of the agent's configuration. */
  readonly args: readonly string[];
}

export interface NotStarted {
  /** As the operating system names it: `ENOENT`. */
  readonly code: string;
  readonly message: string;
}

/** What an agent inherits of this process; what its tasks inherit is told to it in a file. */
const INHERITED = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR"];
/** How often an agent that is not our child is looked at. */
const LOOK_EVERY_MS = 250;

/** Starts an agent that outlives this process, in a session of its own; rejects when nothing was started. */
export async function startAgent(
  command: AgentCommand,
  folder: AgentFolder,
  marks: Marks,
): Promise<AgentProcess> {
  const child = spawnAgent(command, folder, marks);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(endWords(code, signal, folder)));
  });
  await once(child, "spawn");
  child.unref();
  const identity = child.pid === undefined ? undefined : processWith(child.pid);
  return { identity, ended, signal: (name) => void child.kill(name) };
}

function spawnAgent({ program, args }: AgentCommand, folder: AgentFolder, marks: Marks): ChildProcess {
  const log = openSync(folder.log, "a", 0o600);
  try {
    return spawn(program, [...args, folder.config], {
      cwd: folder.path,
      env: agentEnvironment(marks),
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

function agentEnvironment(marks: Marks): Record<string, string> {
  const environment: Record<string, string> = { ...markedEnvironment(marks) };
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/** Why nothing was started, when the operating system says so; anything else is thrown on. */
export function whyNotStarted(cause: unknown): NotStarted {
  if (!(cause instanceof Error) || !("code" in cause) || typeof cause.code !== "string") throw cause;
  return { code: cause.code, message: `the agent could not be started: ${cause.message}` };
}

function endWords(code: number | null, signal: NodeJS.Signals | null, folder: AgentFolder): string {
  if (signal !== null) return `killed by signal ${constants.signals[signal]}`;
  return code === 0
    ? "ended by itself"
    : `ended by itself: exit code ${code ?? "unknown"}, see ${folder.log}`;
}

/**
 * An agent of an earlier master: not our child, so it is looked at now and then.
 * @param stopped when it holds, nobody looks any more, and the agent never counts as ended
 */
export function foundAgent(
  identity: ProcessIdentity,
  folder: AgentFolder,
  stopped: () => boolean = () => false,
): AgentProcess {
  const ended = new Promise<string>((resolve) => {
    const look = (): void => {
      if (stopped()) return;
      if (isAlive(identity)) setTimeout(look, LOOK_EVERY_MS).unref();
      else resolve(`ended by itself, see ${folder.log}`);
    };
    look();
  });
  return {
    identity,
    ended,
    signal(name) {
      if (!isAlive(identity)) return;
      try {
        process.kill(identity.pid, name);
      } catch {
        // It ended between the two.
      }
    },
  };
}

/** An agent that runs though nobody noted it: its master was killed at that very moment. */
export function unnotedAgent(folder: AgentFolder, marks: Marks): ProcessIdentity | undefined {
  for (const one of lookAround().processes) {
    if (one.marks === undefined || !sameMarks(one.marks, marks)) continue;
    if (one.session === one.pid && commandOf(one.pid).includes(folder.config)) return processWith(one.pid);
  }
  return undefined;
}
