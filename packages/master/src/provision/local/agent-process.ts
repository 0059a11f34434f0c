/**
 * One local agent as a process: started by this master, or by one before it and found again. Knows when it has
 * ended and how, and can tell it to end; what it started is the sweep's matter.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { accessSync, closeSync, constants, openSync } from "node:fs";
import { constants as system } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { present } from "@stint/shared/invariant.js";
import { isAlive, processWith, type ProcessIdentity } from "@stint/shared/process-identity.js";
import type { AgentFolder } from "./agent-folder.js";
import { commandOf, markedEnvironment, type Marks } from "./marks.js";

export interface AgentProcess {
  /** How it ended, in words. Its end alone keeps this master from nothing: it may end before. */
  readonly ended: Promise<string>;
  /** Does nothing once it has ended. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

export interface AgentCommand {
  /** Its path. */
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

/**
 * The agent waits at a gate until it is noted which process it is: were its master killed before, it would run
 * though no later master could know of it. A gate that nobody opens any more leads nowhere.
 */
export const GATE = 'read -r open && exec "$@" </dev/null';

/**
 * Starts an agent that outlives this process, in a session of its own; rejects when nothing was started.
 * @param note called before the agent does anything; when it throws there is no agent
 */
export async function startAgent(
  { program, args }: AgentCommand,
  folder: AgentFolder,
  marks: Marks,
  note: (identity: ProcessIdentity) => void,
): Promise<AgentProcess> {
  accessSync(program, constants.X_OK);
  const gate = spawnInto(folder.log, ["-c", GATE, "agent", program, ...args, folder.config], {
    cwd: folder.path,
    env: agentEnvironment(marks),
  });
  const ended = new Promise<string>((resolve) => {
    gate.once("exit", (code, signal) => resolve(endWords(code, signal, folder)));
  });
  await once(gate, "spawn");
  const latch = present(gate.stdin, "a gate is opened through its input");
  // It may have been killed already; its exit tells.
  latch.on("error", () => undefined);
  try {
    const identity = processWith(present(gate.pid, "what was spawned has a number"));
    if (identity !== undefined) note(identity);
    latch.end("open\n");
  } catch (cause) {
    latch.destroy();
    await ended;
    throw cause;
  }
  gate.unref();
  return { ended, signal: (name) => void gate.kill(name) };
}

/** A shell in a session of its own whose words go to a log; it is told by its standard input. */
function spawnInto(
  file: string,
  args: readonly string[],
  place: { readonly cwd: string; readonly env: Record<string, string> },
): ChildProcess {
  const log = openSync(file, "a", 0o600);
  try {
    return spawn("/bin/sh", args, { ...place, detached: true, stdio: ["pipe", log, log] });
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
  if (signal !== null) return `killed by signal ${system.signals[signal]}`;
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

const AT_THE_GATE_LOOKS_MOST = 200;
const AT_THE_GATE_LOOK_EVERY_MS = 25;

/** Is this process an agent's that runs? One still at its gate is waited for: it soon is, or is no more. */
export async function runsAsAgent(identity: ProcessIdentity): Promise<boolean> {
  for (let look = 0; look < AT_THE_GATE_LOOKS_MOST && isAlive(identity); look += 1) {
    if (!commandOf(identity.pid).includes(GATE)) break;
    await pause(AT_THE_GATE_LOOK_EVERY_MS);
  }
  return isAlive(identity);
}
