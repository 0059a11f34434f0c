/**
 * Has a run left anything behind on this computer? Finds every process that its agents started, and ends it:
 * for a run that is over, and for whoever looks after one that was broken off.
 */
import { existsSync, readdirSync } from "node:fs";
import type { MachineId } from "@stint/shared/ids.js";
import { processWith } from "@stint/shared/process-identity.js";
import { agentFolder, bagIdIn, type AgentFolder } from "./agent-folder.js";
import { foundAgent } from "./agent-process.js";
import { commandOf, lookAround, sameMarks, type Marks } from "./marks.js";
import { sweeper } from "./sweep.js";

export interface LeftBehind {
  readonly machine: MachineId;
  /** The agent and whatever it started, as far as it is alive. */
  readonly processes: readonly number[];
}

interface Found extends LeftBehind {
  readonly folder: AgentFolder;
  readonly marks: Marks;
  readonly agent: number | undefined;
}

/** An agent gives its tasks five seconds. */
const END_WITHIN_MS = 7_000;

/** @param agents absolute: the folder that holds a folder for each agent of the run */
export const leftBehind = (agents: string): readonly LeftBehind[] =>
  find(agents).map(({ machine, processes }) => ({ machine, processes }));

/** Resolves when all that was left behind is dead, with whose it was. Only where no master is at work. */
export async function endAll(
  agents: string,
  onTrouble: (text: string) => void,
): Promise<readonly MachineId[]> {
  const left = find(agents);
  const broom = sweeper(onTrouble);
  await Promise.all(
    left.map(async ({ folder, marks, agent }) => {
      if (agent !== undefined) await endAgent(folder, agent);
      await broom.sweep(marks);
    }),
  );
  return left.map(({ machine }) => machine);
}

function find(agents: string): readonly Found[] {
  if (!existsSync(agents)) return [];
  const seen = lookAround().processes;
  return readdirSync(agents, { withFileTypes: true }).flatMap((entry) => {
    const machine = entry.name as MachineId;
    const folder = agentFolder(agents, machine);
    const bagId = entry.isDirectory() ? bagIdIn(folder) : undefined;
    if (bagId === undefined) return [];
    const marks: Marks = { bagId, machine };
    const ours = seen.filter((one) => one.marks !== undefined && sameMarks(one.marks, marks));
    const agent = ours.find(({ pid, session }) => pid === session && commandOf(pid).includes(folder.config));
    if (ours.length === 0) return [];
    return [{ machine, folder, marks, agent: agent?.pid, processes: ours.map(({ pid }) => pid) }];
  });
}

async function endAgent(folder: AgentFolder, pid: number): Promise<void> {
  const identity = processWith(pid);
  if (identity === undefined) return;
  const agent = foundAgent(identity, folder);
  agent.signal("SIGTERM");
  const timer = setTimeout(() => agent.signal("SIGKILL"), END_WITHIN_MS);
  await agent.ended;
  clearTimeout(timer);
}
