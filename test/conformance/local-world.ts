/** A folder of local agents that are no agents: shell scripts which start a few processes and wait. */
import { appendFileSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LaunchOrder } from "@stint/master/drive/ports.js";
import type { RunEvent } from "@stint/master/planner/records.js";
import { agentFolder, notedPid, type AgentFolder } from "@stint/master/provision/local/agent-folder.js";
import { endAll, leftBehind } from "@stint/master/provision/local/end-all.js";
import { localProvisioner } from "@stint/master/provision/local/local-provisioner.js";
import type { LocalOptions } from "@stint/master/provision/local/local-world.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import { machineId, type AttemptRef, type ClusterName, type MachineId } from "@stint/shared/ids.js";
import { batchLine, type SpooledBatch } from "@stint/shared/spool.js";
import { after, before, hours, instant, microUsdPerHour, NO_TIME, seconds } from "@stint/shared/units.js";
import type { Master, ProvisionerWorld } from "./provisioner.js";

/** Ends when told to, and leaves behind what it started: beside it, in a session of its own, and by a detour. */
export const WELL_BEHAVED = `trap 'exit 0' TERM
echo known > session
sleep 1000 &
setsid sleep 1000 &
(setsid sh -c 'sleep 1000 & exec sleep 1000' &)
wait`;
/** The agent and the four sleepers. */
const PROCESSES = 5;

export interface LocalTestWorld extends ProvisionerWorld {
  readonly agents: string;
  readonly bagId: string;
  /** What the next agents do; `$1` is the path of their configuration. */
  script: string;
  connected: boolean;
  readonly troubles: string[];
  openMaster(options?: Partial<LocalOptions>): Master;
  folder(machine: MachineId): AgentFolder;
  leaveBatch(machine: MachineId, batch: SpooledBatch): void;
}

export const orderOf = (number: number, paidUntil = after(nowInstant(), hours(1))): LaunchOrder => ({
  machine: machineId("here" as ClusterName, number),
  cluster: {
    name: "here" as ClusterName,
    provider: "local",
    most: 8,
    slots: 2,
    tariff: { price: microUsdPerHour(0), atu: seconds(1), minimum: NO_TIME, grace: seconds(2) },
    bootLimit: seconds(30),
    bootExpected: seconds(1),
    speed: 1,
  },
  paidUntil,
});

const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "agents-")));

/** A timeline that is the time since boot, moved. */
const MOVED_US = 1_000_000_000_000_000;
const nowInstant = (): LaunchOrder["paidUntil"] => instant(Math.round(bootClock().nowUs()) + MOVED_US);

/** @param agents where another process has such a world already */
export function localWorld(script = WELL_BEHAVED, agents = newFolder()): LocalTestWorld {
  const bagId = `bag-${agents.slice(-6)}`;
  const troubles: string[] = [];
  let program = "/bin/sh";
  const folder = (machine: MachineId): AgentFolder => agentFolder(agents, machine);
  const world: LocalTestWorld = {
    agents,
    bagId,
    script,
    connected: true,
    troubles,
    processes: PROCESSES,
    folder,
    order: (number) => orderOf(number),
    lapsedOrder: (number) => orderOf(number, before(nowInstant(), seconds(1))),
    openMaster(options = {}) {
      const events: RunEvent[] = [];
      const provisioner = localProvisioner({
        folder: agents,
        now: nowInstant,
        ofBoot: (bootUs) => instant(bootUs + MOVED_US),
        bootAt: (at) => at - MOVED_US,
        deliver: (event) => void events.push(event),
        agentConfig: () => ({
          master: "127.0.0.1:1",
          caFile: join(agents, "ca.pem"),
          outFolder: agents,
          environmentFile: join(agents, "environment.json"),
          cwd: agents,
          outputCapBytes: 1_000,
          bagId,
          bagSize: 10,
        }),
        tokenFor: (machine) => `${machine}.secret`,
        agentCommand: {
          get program() {
            return program;
          },
          get args() {
            return ["-c", world.script, "stand-in"];
          },
        },
        isConnected: () => world.connected,
        onTrouble: (text) => void troubles.push(text),
        ...options,
      });
      return { provisioner, events, close: () => provisioner.close() };
    },
    living: (machine) => leftBehind(agents).find((left) => left.machine === machine)?.processes.length ?? 0,
    killAgent: (machine) => void process.kill(notedPid(folder(machine))!.pid, "SIGKILL"),
    leaveBatch: (machine, batch) => appendFileSync(folder(machine).spool, batchLine(batch)),
    leaveResult: (machine, attempt) => world.leaveBatch(machine, batchOf(1, attempt)),
    refuseLaunches: () => void (program = "/no/such/program"),
    async close() {
      await endAll(agents, () => undefined);
      rmSync(agents, { recursive: true });
    },
  };
  return world;
}

export const batchOf = (seq: number, attempt: AttemptRef): SpooledBatch => ({
  seq,
  bootId: bootClock().bootId,
  reports: [
    {
      ...attempt,
      ending: { kind: "exited", code: 0 },
      startedBootUs: 1_000_000,
      endedBootUs: 3_000_000,
      slot: 1,
      stdoutBytes: 7,
      stderrBytes: 0,
    },
  ],
});
