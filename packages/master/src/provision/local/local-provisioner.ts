/**
 * Clusters on this computer behind the Provisioner port: each machine is an agent process that outlives its
 * master and is taken back, or ended, by the next. What becomes of one machine stands in machine-life.ts.
 */
import { mkdirSync } from "node:fs";
import type { MachineId } from "@stint/shared/ids.js";
import { seconds } from "@stint/shared/units.js";
import type { LaunchOrder, Provisioner } from "../../drive/ports.js";
import { agentFolder } from "./agent-folder.js";
import type { LocalOptions, LocalWorld, Machine } from "./local-world.js";
import { live, noLongerWanted } from "./machine-life.js";
import { sweeper } from "./sweep.js";

export interface LocalProvider extends Provisioner {
  /** Watches and ends nothing any more; agents go on until their lease ends. */
  close(): Promise<void>;
}

const BACK_WITHIN = seconds(15);
/** An agent gives its tasks five seconds. */
const END_WITHIN = seconds(7);

export function localProvisioner(options: LocalOptions): LocalProvider {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const world: LocalWorld = {
    ...options,
    backWithin: options.backWithin ?? BACK_WITHIN,
    endWithin: options.endWithin ?? END_WITHIN,
    sweeper: sweeper(options.onTrouble),
    tidying: new Set(),
    closed: false,
    turn: Promise.resolve(),
  };
  const machines = new Map<MachineId, Machine>();
  /** What is known already is neither looked for nor started again, not even when it is gone. */
  const know = (id: MachineId, order?: LaunchOrder): Machine => {
    const known = machines.get(id);
    if (known !== undefined) return known;
    const folder = agentFolder(options.folder, id);
    const machine: Machine = { id, order, folder, agent: undefined, unwanted: undefined };
    machines.set(id, machine);
    void live(world, machine);
    return machine;
  };
  return {
    launch: (order) => void know(order.machine, order),
    release: (machine) => noLongerWanted(world, know(machine), "released"),
    recover: (orders) => orders.forEach((order) => know(order.machine, order)),
    async close() {
      world.closed = true;
      world.sweeper.close();
      await Promise.all(world.tidying);
    },
  };
}
