/**
 * Torments the agents of a run as long as it goes on: one after another, drawn by a seed, is killed with -9 or
 * stopped for a while, wherever its tasks are.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive, parseProcess, type ProcessIdentity } from "@stint/shared/process-identity.js";

export interface Torment {
  /** Between two deeds. */
  readonly pauseMs: readonly [least: number, most: number];
  readonly stoppedMs: number;
  /** 0 to 1, drawn again and again. */
  readonly draw: () => number;
}

export interface Deeds {
  kills: number;
  stops: number;
}

/** Of so many deeds the last is a stop, the others are kills. */
const DEEDS_A_STOP = 3;

/** @param over aborts when the run has ended; resolves to what was done to its agents */
export async function torment(
  runFolder: () => string,
  { pauseMs, stoppedMs, draw }: Torment,
  over: AbortSignal,
): Promise<Deeds> {
  const deeds: Deeds = { kills: 0, stops: 0 };
  const stopped = new Set<ProcessIdentity>();
  while (!over.aborted) {
    const [least, most] = pauseMs;
    await pause(least + draw() * (most - least), undefined, { signal: over }).catch(() => undefined);
    const agents = agentsAt(runFolder).filter((agent) => ![...stopped].some(({ pid }) => pid === agent.pid));
    const victim = agents[Math.floor(draw() * agents.length)];
    if (victim === undefined) continue;
    if ((deeds.kills + deeds.stops) % DEEDS_A_STOP !== DEEDS_A_STOP - 1) {
      deeds.kills += signal(victim, "SIGKILL");
      continue;
    }
    deeds.stops += signal(victim, "SIGSTOP");
    stopped.add(victim);
    const goOn = (): void => {
      stopped.delete(victim);
      signal(victim, "SIGCONT");
    };
    setTimeout(goOn, stoppedMs).unref();
  }
  for (const victim of stopped) signal(victim, "SIGCONT");
  return deeds;
}

/** Agents that live and have said hello: one that never did was never given a task. */
function agentsAt(runFolder: () => string): readonly ProcessIdentity[] {
  try {
    const agents = join(runFolder(), "agents");
    return readdirSync(agents).flatMap((machine) => agentIn(join(agents, machine)) ?? []);
  } catch {
    // There is no run yet.
    return [];
  }
}

function agentIn(folder: string): ProcessIdentity | undefined {
  try {
    readFileSync(join(folder, "session"));
    const agent = parseProcess(readFileSync(join(folder, "agent.pid"), "utf8"));
    return agent !== undefined && isAlive(agent) ? agent : undefined;
  } catch {
    return undefined;
  }
}

/** 1 when there was somebody to hear it. */
function signal(agent: ProcessIdentity, name: NodeJS.Signals): number {
  try {
    if (isAlive(agent)) process.kill(agent.pid, name);
    else return 0;
    return 1;
  } catch {
    return 0;
  }
}
