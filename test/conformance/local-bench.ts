/** A fresh world of local agents for each test of a file, with one machine that most of them are about. */
import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect } from "vitest";
import { notedPid } from "@stint/master/provision/local/agent-folder.js";
import type { LocalOptions } from "@stint/master/provision/local/local-world.js";
import type { MachineId } from "@stint/shared/ids.js";
import { localWorld, type LocalTestWorld } from "./local-world.js";
import { heard, WAIT, type Master } from "./provisioner.js";

export const MACHINE = "here-1" as MachineId;

export interface LocalBench {
  readonly world: LocalTestWorld;
  /** Closed when the test is over. */
  open(options?: Partial<LocalOptions>): Master;
  /** A master that has launched {@link MACHINE}; with the usual script everything it starts runs. */
  started(script?: string, options?: Partial<LocalOptions>): Promise<Master>;
  /** As {@link started}, and the master is closed. */
  orphan(script?: string): Promise<void>;
  /** The next master, told that {@link MACHINE} may exist. */
  recovering(options?: Partial<LocalOptions>): Master;
  agentPid(): number;
  allRuns(): Promise<void>;
  /** What a script wrote into its folder, once it has. */
  written(name: string): Promise<string>;
}

export function localBench(): LocalBench {
  let world: LocalTestWorld;
  let masters: Master[] = [];
  beforeEach(() => {
    world = localWorld();
  });
  afterEach(async () => {
    for (const master of masters) await master.close();
    masters = [];
    await world.close();
  });
  const bench: LocalBench = {
    get world() {
      return world;
    },
    open(options) {
      const master = world.openMaster(options);
      masters.push(master);
      return master;
    },
    async started(script, options) {
      if (script !== undefined) world.script = script;
      const master = bench.open(options);
      master.provisioner.launch(world.order(1));
      await heard(master, "machine-launched", MACHINE);
      if (script === undefined) await bench.allRuns();
      return master;
    },
    async orphan(script) {
      await (await bench.started(script)).close();
    },
    recovering(options) {
      const master = bench.open(options);
      master.provisioner.recover([world.order(1)]);
      return master;
    },
    agentPid: () => notedPid(world.folder(MACHINE))!.pid,
    async allRuns() {
      await expect.poll(() => world.living(MACHINE), WAIT).toBe(world.processes);
    },
    async written(name) {
      const path = `${world.folder(MACHINE).path}/${name}`;
      const isWhole = (): boolean => existsSync(path) && readFileSync(path, "utf8").endsWith("\n");
      await expect.poll(isWhole, WAIT).toBe(true);
      return readFileSync(path, "utf8").trim();
    },
  };
  return bench;
}
