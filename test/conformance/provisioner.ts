/**
 * What must hold of every provisioner, whatever it rents: the same suite for all of them. A world brings machines
 * that each start a few processes, one of them by a detour that its agent cannot know of.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LaunchOrder, Provisioner } from "@stint/master/drive/ports.js";
import type { RunEvent } from "@stint/master/planner/records.js";
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";

/** One master over a world; another may follow when it is closed. */
export interface Master {
  readonly provisioner: Provisioner;
  /** All that was delivered, in order. */
  readonly events: readonly RunEvent[];
  close(): Promise<void>;
}

export interface ProvisionerWorld {
  openMaster(): Master;
  /** The same for the same number. */
  order(number: number): LaunchOrder;
  /** As {@link order}, but nobody pays for it any more. */
  lapsedOrder(number: number): LaunchOrder;
  /** How many processes of this machine are alive, its agent included. */
  living(machine: MachineId): number;
  /** Of a machine that has started all it does. */
  readonly processes: number;
  killAgent(machine: MachineId): void;
  /** The agent has measured this, and no master has acknowledged it. */
  leaveResult(machine: MachineId, attempt: AttemptRef): void;
  /** From now on the provider can start nothing. */
  refuseLaunches(): void;
  close(): Promise<void>;
}

export const WAIT = { timeout: 20_000, interval: 10 };
const FIRST = { task: 4, attempt: 1 } as AttemptRef;

export function provisionerConformance(name: string, newWorld: () => Promise<ProvisionerWorld>): void {
  describe(`${name}, as every provisioner,`, () => {
    let world: ProvisionerWorld;
    let masters: Master[];
    const openMaster = (): Master => {
      const master = world.openMaster();
      masters.push(master);
      return master;
    };
    const running = async (master: Master, order: LaunchOrder): Promise<void> => {
      await heard(master, "machine-launched", order.machine);
      await expect.poll(() => world.living(order.machine), WAIT).toBe(world.processes);
    };
    /** A first master that has started these machines and is gone. */
    const orphan = async (...orders: readonly LaunchOrder[]): Promise<void> => {
      const first = openMaster();
      for (const order of orders) first.provisioner.launch(order);
      for (const order of orders) await running(first, order);
      await first.close();
    };
    beforeEach(async () => {
      world = await newWorld();
      masters = [];
    });
    afterEach(async () => {
      for (const master of masters) await master.close();
      await world.close();
    });

    test("starts a machine that is ordered twice once", async () => {
      const master = openMaster();
      const [order, another] = [world.order(1), world.order(2)];
      master.provisioner.launch(order);
      master.provisioner.launch(order);
      await running(master, order);
      master.provisioner.launch(order);
      master.provisioner.launch(another);
      await running(master, another);
      expect(kindsOf(master, order.machine)).toEqual(["machine-launched"]);
      expect(world.living(order.machine)).toBe(world.processes);
    });

    test("says nothing to its caller before the caller has returned", async () => {
      const master = openMaster();
      master.provisioner.launch(world.order(1));
      expect(master.events).toEqual([]);
      await running(master, world.order(1));
    });

    test("ends a released machine with all that it started, and only then calls it gone", async () => {
      const master = openMaster();
      const [order, bystander] = [world.order(1), world.order(2)];
      for (const one of [order, bystander]) master.provisioner.launch(one);
      for (const one of [order, bystander]) await running(master, one);
      master.provisioner.release(order.machine);
      master.provisioner.release(order.machine);
      const gone = await heard(master, "machine-gone", order.machine);
      expect(world.living(order.machine)).toBe(0);
      expect(gone).toMatchObject({ cause: "released" });
      master.provisioner.release(order.machine);
      master.provisioner.release(bystander.machine);
      await heard(master, "machine-gone", bystander.machine);
      expect(kindsOf(master, order.machine)).toEqual(["machine-launched", "machine-gone"]);
    });

    test("ends a machine that is released before it was started", async () => {
      const master = openMaster();
      const order = world.order(1);
      master.provisioner.launch(order);
      master.provisioner.release(order.machine);
      await heard(master, "machine-gone", order.machine);
      expect(world.living(order.machine)).toBe(0);
    });

    test("calls a machine whose agent is killed gone when what the agent started is dead too", async () => {
      const master = openMaster();
      const order = world.order(1);
      master.provisioner.launch(order);
      await running(master, order);
      world.killAgent(order.machine);
      await heard(master, "machine-gone", order.machine);
      expect(world.living(order.machine)).toBe(0);
    });

    test("delivers what a killed agent had measured before it calls the machine gone", async () => {
      const master = openMaster();
      const order = world.order(1);
      master.provisioner.launch(order);
      await running(master, order);
      world.leaveResult(order.machine, FIRST);
      world.killAgent(order.machine);
      await heard(master, "machine-gone", order.machine);
      expect(kindsOf(master, order.machine)).toEqual(["machine-launched", "attempts-ended", "machine-gone"]);
      expect(master.events.find(({ kind }) => kind === "attempts-ended")).toMatchObject({
        credit: 0,
        results: [FIRST],
      });
    });

    test("reports a machine that cannot be started as a failed launch, and nothing else of it", async () => {
      const master = openMaster();
      const order = world.order(1);
      world.refuseLaunches();
      master.provisioner.launch(order);
      const failed = await heard(master, "machine-launch-failed", order.machine);
      expect(failed).toMatchObject({ code: expect.stringMatching(/./u) as string });
      expect(kindsOf(master, order.machine)).toEqual(["machine-launch-failed"]);
      expect(world.living(order.machine)).toBe(0);
    });

    test("takes a machine that outlived its master back as it is", async () => {
      const order = world.order(1);
      await orphan(order);
      const second = openMaster();
      second.provisioner.recover([order]);
      await running(second, order);
      second.provisioner.release(order.machine);
      await heard(second, "machine-gone", order.machine);
      expect(world.living(order.machine)).toBe(0);
    });

    test("starts a machine that was ordered and never started when its master ended", async () => {
      const master = openMaster();
      const order = world.order(1);
      master.provisioner.recover([order]);
      await running(master, order);
    });

    test("reports a machine gone that was never started and that nobody pays for any more", async () => {
      const master = openMaster();
      const order = world.lapsedOrder(1);
      master.provisioner.recover([order]);
      await heard(master, "machine-gone", order.machine);
      expect(kindsOf(master, order.machine)).toEqual(["machine-gone"]);
    });

    test("reports a machine that died without a master gone, after its results, and does not start it again", async () => {
      const order = world.order(1);
      await orphan(order);
      world.leaveResult(order.machine, FIRST);
      world.killAgent(order.machine);
      const second = openMaster();
      second.provisioner.recover([order]);
      await heard(second, "machine-gone", order.machine);
      expect(world.living(order.machine)).toBe(0);
      expect(kindsOf(second, order.machine).slice(-2)).toEqual(["attempts-ended", "machine-gone"]);
    });

    test("ends a machine whose release its last master did not live to see", async () => {
      const order = world.order(1);
      await orphan(order);
      const second = openMaster();
      second.provisioner.recover([order]);
      second.provisioner.release(order.machine);
      expect(await heard(second, "machine-gone", order.machine)).toMatchObject({ cause: "released" });
      expect(world.living(order.machine)).toBe(0);
    });

    test("leaves machines alone when it is closed, and says nothing more", async () => {
      const order = world.order(1);
      await orphan(order);
      expect(world.living(order.machine)).toBe(world.processes);
      const [first] = masters;
      const before = first?.events.length;
      world.killAgent(order.machine);
      const second = openMaster();
      second.provisioner.recover([order]);
      await heard(second, "machine-gone", order.machine);
      expect(first?.events).toHaveLength(before ?? 0);
    });
  });
}

/** The first event of this kind about this machine, once there is one. */
export async function heard(master: Master, kind: RunEvent["kind"], machine: MachineId): Promise<RunEvent> {
  const find = (): RunEvent | undefined =>
    master.events.find((event) => event.kind === kind && "machine" in event && event.machine === machine);
  await expect.poll(find, WAIT).toBeDefined();
  return find()!;
}

export const kindsOf = (master: Master, machine: MachineId): readonly string[] =>
  master.events.filter((event) => "machine" in event && event.machine === machine).map(({ kind }) => kind);
