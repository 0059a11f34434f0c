import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { processWith } from "@stint/shared/process-identity.js";
import { seconds } from "@stint/shared/units.js";
import { localBench, MACHINE } from "./local-bench.js";
import { localWorld } from "./local-world.js";
import { heard, provisionerConformance, WAIT } from "./provisioner.js";

const bench = localBench();
const isRunning = (pid: number): boolean => processWith(pid) !== undefined;

provisionerConformance("the local provider", () => Promise.resolve(localWorld()));

describe("the folder of a local agent", () => {
  test("is its owner's alone, and tells the agent its lease in time since boot", async () => {
    await bench.started();
    const { path, config, token, pid, log } = bench.world.folder(MACHINE);
    for (const file of [config, token, pid, log]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    const told = JSON.parse(readFileSync(config, "utf8")) as AgentConfig;
    expect(told).toMatchObject({ machine: "here-1", cluster: "here", slots: 2, graceUs: 2_000_000 });
    expect(told.paidUntilBootUs).toBeLessThan(1e15);
    expect(readFileSync(token, "utf8")).toBe("here-1.secret");
  });

  test("holds neither the token nor scratch when the machine is gone", async () => {
    const master = await bench.started(`mkdir -p scratch/1; echo x > scratch/1/y; exit 0`);
    await heard(master, "machine-gone", MACHINE);
    await master.close();
    const { token, scratch, log } = bench.world.folder(MACHINE);
    expect([token, scratch].filter((one) => existsSync(one))).toEqual([]);
    expect(existsSync(log)).toBe(true);
  });

  test("is all an agent is told: neither its environment nor its command line holds the token", async () => {
    process.env["AWS_SECRET_ACCESS_KEY"] = "hidden";
    await bench.started();
    delete process.env["AWS_SECRET_ACCESS_KEY"];
    const environment = readFileSync(`/proc/${bench.agentPid()}/environ`, "utf8");
    expect(environment).not.toContain("secret");
    expect(environment).not.toContain("hidden");
    expect(environment).toContain(`STINT_BAG_ID=${bench.world.bagId}\0`);
    expect(readFileSync(`/proc/${bench.agentPid()}/cmdline`, "utf8")).not.toContain("secret");
  });
});

describe("a local machine is gone", () => {
  test.each([
    ["by itself when its agent ends well", "exit 0", /^ended by itself$/u],
    [
      "with its exit code and where to read more when its agent fails",
      "exit 3",
      /exit code 3, see .*here-1\/agent\.log$/u,
    ],
    ["with the signal that killed its agent", "kill -9 $$", /^killed by signal 9$/u],
  ])("%s", async (_, script, cause) => {
    const master = await bench.started(script);
    expect(await heard(master, "machine-gone", MACHINE)).toMatchObject({
      cause: expect.stringMatching(cause) as string,
    });
  });

  test("after its agent was killed because it would not end", async () => {
    const script = `trap '' TERM; echo > deaf; while :; do sleep 1; done`;
    const master = await bench.started(script, { endWithin: seconds(0.2) });
    await bench.written("deaf");
    master.provisioner.release(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    expect(bench.world.living(MACHINE)).toBe(0);
  });

  test("after its agent was killed that had been stopped", async () => {
    const master = await bench.started(undefined, { endWithin: seconds(0.2) });
    process.kill(bench.agentPid(), "SIGSTOP");
    master.provisioner.release(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    expect(bench.world.living(MACHINE)).toBe(0);
  });

  test.each([1, 2, 3, 4, 5])("with processes that hop: each starts the next and ends, time %i", async () => {
    const hop = `"$(dirname "$1")/hop"`;
    const master = await bench.started(
      `printf 'setsid sh "$0" &\\n' > ${hop}; for i in 1 2 3 4; do setsid sh ${hop} & done; echo > ready; sleep 1000`,
    );
    await bench.written("ready");
    bench.world.killAgent(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    expect(bench.world.living(MACHINE)).toBe(0);
  });

  test("with a process that dropped its environment but stayed in a session of the machine's", async () => {
    const master = await bench.started(`env -i sleep 1000 & echo $! > bare; sleep 1000 & wait`);
    const bare = Number(await bench.written("bare"));
    expect(isRunning(bare)).toBe(true);
    bench.world.killAgent(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    expect(isRunning(bare)).toBe(false);
  });
});

describe("ending a local machine spares", () => {
  test("the machine of the same name of another run", async () => {
    const master = await bench.started();
    const other = localWorld();
    const theirs = other.openMaster();
    theirs.provisioner.launch(other.order(1));
    await expect.poll(() => other.living(MACHINE), WAIT).toBe(other.processes);
    master.provisioner.release(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    expect(other.living(MACHINE)).toBe(other.processes);
    await theirs.close();
    await other.close();
  });

  test("the shell of a person who tries a task by hand, with the task's own environment", async () => {
    const master = await bench.started();
    const marks = `STINT_BAG_ID=${bench.world.bagId} STINT_MACHINE=here-1`;
    const shell = spawn("/bin/sh", ["-c", `${marks} sleep 1000 & wait; echo on; exec sleep 1000`], {
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    await expect.poll(() => bench.world.living(MACHINE), WAIT).toBe(bench.world.processes + 1);
    master.provisioner.release(MACHINE);
    await heard(master, "machine-gone", MACHINE);
    await once(shell.stdout, "data");
    expect(isRunning(shell.pid!)).toBe(true);
    shell.kill("SIGKILL");
  });
});
