import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeCertificates } from "../../master/src/agents/make-certificates.js";
import {
  agentHome,
  fakeMaster,
  orderOf,
  WELCOME,
  type AgentHome,
  type AgentLink,
  type FakeMaster,
} from "../../../test/worker/fake-master.js";
import { death, isRunning } from "../../../test/worker/task-bench.js";

const DEFECT_ON_SIGUSR2 = "data:text/javascript,process.on('SIGUSR2', () => { throw new Error('a defect') })";

let master: FakeMaster;
let home: AgentHome;
let agent: ChildProcess;
let link: AgentLink;

beforeEach(async () => {
  const identity = await makeCertificates();
  master = await fakeMaster(identity);
  home = agentHome(identity.caPem, master.port);
  const file = join(home.folder, "config.json");
  writeFileSync(file, JSON.stringify(home.config));
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const source = ["--conditions", "@stint/source", "--import", "tsx", "--import", DEFECT_ON_SIGUSR2, main];
  agent = spawn(process.execPath, [...source, file], { stdio: ["ignore", "pipe", "pipe"] });
  link = await master.nextAgent();
  link.say(WELCOME);
  await link.hears("pull");
});

afterEach(async () => {
  if (agent.exitCode === null && agent.signalCode === null) {
    agent.kill("SIGKILL");
    await once(agent, "exit");
  }
  await master.close();
  home.remove();
});

const appearance = async (file: string): Promise<string> => {
  const path = join(home.folder, file);
  while (!existsSync(path) || !readFileSync(path, "utf8").endsWith("\n")) await sleep(5);
  return readFileSync(path, "utf8").trim();
};

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s ends all that the agent started, and then the agent",
  async (signal) => {
    const line = "setsid sh -c 'echo $$ > daemon; exec sleep 600' & echo $$ > pid; sleep 600";
    link.say({ kind: "start", tasks: [orderOf(1, line)] });
    const pids = [await appearance("pid"), await appearance("daemon")];
    agent.kill(signal);
    const { seq, results } = await link.hears("results");
    link.say({ kind: "ack", seq });
    expect(results.map(({ ending }) => ending.kind)).toEqual(["cancelled"]);
    expect(await once(agent, "exit")).toEqual([0, null]);
    expect(pids.filter(isRunning)).toEqual([]);
  },
);

test("a lost terminal and closed pipes change nothing", async () => {
  agent.stdout?.destroy();
  agent.stderr?.destroy();
  agent.kill("SIGHUP");
  // Says something on what is closed: it has lost its master.
  link.hangUp();
  const again = await master.nextAgent();
  again.say(WELCOME);
  await again.hears("pull");
  again.say({ kind: "start", tasks: [orderOf(1, "exit 5")] });
  expect((await again.hears("results")).results[0]?.ending).toEqual({ kind: "exited", code: 5 });
});

test("a task sees nothing of the agent's own environment", async () => {
  link.say({ kind: "start", tasks: [orderOf(1, "env | cut -d= -f1 | sort")] });
  await link.hears("results");
  const names = readFileSync(join(home.folder, "out", "2.1.stdout"), "utf8")
    .trim()
    .split("\n");
  expect(names.filter((name) => !name.startsWith("STINT_"))).toEqual(["PATH", "PWD"]);
});

test("a defect takes everything that was started with it", async () => {
  link.say({ kind: "start", tasks: [orderOf(1, "echo $$ > pid; sleep 600")] });
  const pid = await appearance("pid");
  agent.kill("SIGUSR2");
  expect(await once(agent, "exit")).toEqual([70, null]);
  await death(pid);
});
