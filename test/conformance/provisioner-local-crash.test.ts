import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { GATE } from "@stint/master/provision/local/agent-process.js";
import { endAll, leftBehind } from "@stint/master/provision/local/end-all.js";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { AttemptRef, MachineId } from "@stint/shared/ids.js";
import { describeProcess, processWith } from "@stint/shared/process-identity.js";
import { instant, seconds } from "@stint/shared/units.js";
import { localBench, MACHINE } from "./local-bench.js";
import { batchOf, WELL_BEHAVED } from "./local-world.js";
import { heard, kindsOf, WAIT } from "./provisioner.js";

const bench = localBench();

describe("after a master that was killed", () => {
  test("before it opened the gate, an agent that was noted is started all the same", async () => {
    await bench.orphan("exit 0");
    bench.world.script = WELL_BEHAVED;
    const gate = spawn("/bin/sh", ["-c", GATE], { stdio: "pipe" });
    writeFileSync(bench.world.folder(MACHINE).pid, describeProcess(processWith(gate.pid!)!));
    const master = bench.recovering();
    master.provisioner.launch(bench.world.order(2));
    await heard(master, "machine-launched", "here-2" as MachineId);
    expect(kindsOf(master, MACHINE)).toEqual([]);
    gate.stdin.destroy();
    await heard(master, "machine-launched", MACHINE);
    await bench.allRuns();
    expect(kindsOf(master, MACHINE)).toEqual(["machine-launched"]);
  });

  test("while it wrote what the agent is told, the agent is started", async () => {
    await bench.orphan("exit 0");
    const { config, pid } = bench.world.folder(MACHINE);
    rmSync(pid, { force: true });
    writeFileSync(config, '{"machine":');
    bench.world.script = "sleep 1000";
    const master = bench.recovering();
    await heard(master, "machine-launched", MACHINE);
    expect((JSON.parse(readFileSync(config, "utf8")) as AgentConfig).bagId).toBe(bench.world.bagId);
  });

  test("an agent that had run and died, and whose process nobody noted, is not started again", async () => {
    const first = await bench.started("echo known > session");
    await heard(first, "machine-gone", MACHINE);
    await first.close();
    rmSync(bench.world.folder(MACHINE).pid);
    const master = bench.recovering();
    await heard(master, "machine-gone", MACHINE);
    expect(kindsOf(master, MACHINE)).toEqual(["machine-gone"]);
  });

  test("an agent that does not find its way back is ended", async () => {
    await bench.orphan();
    bench.world.connected = false;
    const master = bench.recovering({ backWithin: seconds(0.2) });
    expect(await heard(master, "machine-gone", MACHINE)).toMatchObject({
      cause: "was not back within 0.2 s",
    });
    expect(bench.world.living(MACHINE)).toBe(0);
  });

  test("an agent that is back stays", async () => {
    await bench.orphan();
    let asked = false;
    const master = bench.recovering({ backWithin: seconds(0.05), isConnected: () => (asked = true) });
    await expect.poll(() => asked, WAIT).toBe(true);
    master.provisioner.launch(bench.world.order(2));
    await heard(master, "machine-launched", "here-2" as MachineId);
    expect(kindsOf(master, MACHINE)).toEqual(["machine-launched"]);
    expect(bench.world.living(MACHINE)).toBe(bench.world.processes);
  });

  test("what a dead agent measured is placed on the run's timeline", async () => {
    await bench.orphan("exit 0");
    bench.world.leaveBatch(MACHINE, batchOf(1, { task: 3, attempt: 2 } as AttemptRef));
    const master = bench.recovering();
    await heard(master, "machine-gone", MACHINE);
    expect(master.events.find(({ kind }) => kind === "attempts-ended")).toMatchObject({
      results: [{ task: 3, attempt: 2, startedAt: instant(1_000_000_001_000_000), slot: 1, stdoutBytes: 7 }],
    });
  });

  test("what it measured before the computer was started again keeps how long it took", async () => {
    await bench.orphan("exit 0");
    const batch = batchOf(1, { task: 3, attempt: 2 } as AttemptRef);
    bench.world.leaveBatch(MACHINE, { ...batch, bootId: "another" });
    const master = bench.recovering();
    const gone = await heard(master, "machine-gone", MACHINE);
    const ended = await heard(master, "attempts-ended", MACHINE);
    const [result] = ended.kind === "attempts-ended" ? ended.results : [];
    expect(result!.endedAt - result!.startedAt).toBe(2_000_000);
    expect(result!.endedAt).toBeLessThanOrEqual(gone.at);
  });

  test("a spool that cannot be read costs a word of warning and not the machine's end", async () => {
    await bench.orphan("mkdir spool.jsonl");
    const master = bench.recovering();
    await heard(master, "machine-gone", MACHINE);
    expect(bench.world.troubles).toContainEqual(expect.stringContaining("here-1: what it reported last"));
  });
});

describe("a master that is killed while it launches", () => {
  const DOOMED = fileURLToPath(new URL("./doomed-master.ts", import.meta.url));
  const MACHINES = 6;

  test.each([0, 2, 5, 10, 20, 40, 200])(
    "after about %i ms leaves nothing that the next would start twice or lose",
    async (ms) => {
      const { world } = bench;
      const source = ["--conditions=@stint/source", "--import", "tsx", DOOMED];
      const doomed = spawn(process.execPath, [...source, world.agents, String(MACHINES)], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      await once(doomed.stdout, "data");
      doomed.stdin.write("go\n");
      await pause(ms);
      doomed.kill("SIGKILL");
      await once(doomed, "exit");
      const orders = Array.from({ length: MACHINES }, (_, index) => world.order(index + 1));
      const next = bench.open();
      next.provisioner.recover(orders);
      for (const { machine } of orders) {
        await heard(next, "machine-launched", machine);
        await expect.poll(() => world.living(machine), WAIT).toBe(world.processes);
      }
      expect(next.events.map(({ kind }) => kind)).toEqual(orders.map(() => "machine-launched"));
    },
  );
});

describe("all that a run left behind", () => {
  test("is found and ended without a master", async () => {
    const master = await bench.started();
    await master.close();
    expect(leftBehind(bench.world.agents)).toMatchObject([{ machine: "here-1" }]);
    expect(await endAll(bench.world.agents, () => undefined)).toEqual(["here-1"]);
    expect(leftBehind(bench.world.agents)).toEqual([]);
    expect(await endAll(bench.world.agents, () => undefined)).toEqual([]);
  });

  test("is nothing where no run was", () => {
    expect(leftBehind("/no/such/folder")).toEqual([]);
  });
});
