/**
 * What lies in the folder of one local agent? Everything it is told and everything it leaves, so that a later
 * master finds it again. Whatever is written twice is written the same.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { MachineId } from "@stint/shared/ids.js";
import { describeProcess, parseProcess, type ProcessIdentity } from "@stint/shared/process-identity.js";
import type { LaunchOrder } from "../../drive/ports.js";

export interface AgentFolder {
  readonly path: string;
  readonly config: string;
  /** The join token; the agent removes it once it has been welcomed. */
  readonly token: string;
  /** The agent writes it before its first hello. */
  readonly session: string;
  readonly spool: string;
  readonly scratch: string;
  readonly log: string;
  readonly pid: string;
}

/** What all agents of a run are told alike, or what only the composer knows. */
export type CommonAgentConfig = Omit<
  AgentConfig,
  | "machine"
  | "cluster"
  | "slots"
  | "tokenFile"
  | "sessionFile"
  | "paidUntilBootUs"
  | "graceUs"
  | "spoolFile"
  | "scratchFolder"
>;

export function agentFolder(agents: string, machine: MachineId): AgentFolder {
  const path = join(agents, machine);
  return {
    path,
    config: join(path, "config.json"),
    token: join(path, "token"),
    session: join(path, "session"),
    spool: join(path, "spool.jsonl"),
    scratch: join(path, "scratch"),
    log: join(path, "agent.log"),
    pid: join(path, "agent.pid"),
  };
}

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

export interface Told {
  readonly common: CommonAgentConfig;
  readonly token: string;
  readonly paidUntilBootUs: number;
}

/** Writes what the agent of an order is told. */
export function prepareFolder(folder: AgentFolder, order: LaunchOrder, told: Told): void {
  mkdirSync(folder.path, { recursive: true, mode: OWNER_ONLY_FOLDER });
  mkdirSync(folder.scratch, { recursive: true, mode: OWNER_ONLY_FOLDER });
  const { cluster, machine } = order;
  const config: AgentConfig = {
    ...told.common,
    machine,
    cluster: cluster.name,
    slots: cluster.slots,
    tokenFile: folder.token,
    sessionFile: folder.session,
    paidUntilBootUs: told.paidUntilBootUs,
    graceUs: cluster.tariff.grace,
    spoolFile: folder.spool,
    scratchFolder: folder.scratch,
  };
  write(folder.token, told.token);
  write(folder.config, `${JSON.stringify(config, undefined, 2)}\n`);
}

/** The bag that its agent was told to work on; undefined when none was ever told anything here. */
export function bagIdIn(folder: AgentFolder): string | undefined {
  if (!existsSync(folder.config)) return undefined;
  try {
    return (JSON.parse(readFileSync(folder.config, "utf8")) as AgentConfig).bagId;
  } catch (cause) {
    // Not whole after the computer itself went down: nothing that it started is alive.
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Which process the agent is, for whoever is master later. */
export const notePid = (folder: AgentFolder, agent: ProcessIdentity): void =>
  write(folder.pid, describeProcess(agent));

/** Undefined when none was noted, or not whole. */
export function notedPid(folder: AgentFolder): ProcessIdentity | undefined {
  return existsSync(folder.pid) ? parseProcess(readFileSync(folder.pid, "utf8")) : undefined;
}

/** Did an agent of this folder ever come as far as a hello? One that did not has started nothing. */
export const hasLived = (folder: AgentFolder): boolean =>
  existsSync(folder.session) || existsSync(folder.spool);

/**
 * Takes away what nobody needs of a machine that is gone. That it has lived has to stay known until no master can
 * ask again; the secret of a machine that is gone opens nothing.
 */
export async function tidyFolder(folder: AgentFolder): Promise<void> {
  for (const one of [folder.token, folder.scratch]) await rm(one, { force: true, recursive: true });
}

/** In one step: half a file is never found. */
function write(path: string, content: string): void {
  const beside = `${path}.new`;
  rmSync(beside, { force: true });
  writeFileSync(beside, content, { mode: OWNER_ONLY_FILE, flag: "wx" });
  renameSync(beside, path);
}
