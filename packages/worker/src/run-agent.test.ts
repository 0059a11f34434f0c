import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { ServerIdentity } from "../../master/src/agents/identity.js";
import { makeCertificates } from "../../master/src/agents/make-certificates.js";
import { agentBench, start, welcomedAgent, type AgentBench } from "../../../test/worker/agent-bench.js";
import { orderOf, WELCOME, type AgentLink } from "../../../test/worker/fake-master.js";

let identity: ServerIdentity;
let bench: AgentBench;

beforeAll(async () => {
  identity = await makeCertificates();
});

afterEach(() => bench.remove());

const begin = async (wish: Partial<AgentConfig> = {}): Promise<AgentLink> => {
  bench = await agentBench(identity, wish);
  return welcomedAgent(bench);
};

describe("an agent that joins", () => {
  test("shows its token and a secret of its own, and the secret alone once it has been welcomed", async () => {
    bench = await agentBench(identity);
    const first = await bench.master.nextAgent();
    expect(first.join).toBe(`here-1.${"ab".repeat(32)}`);
    expect(first.session).toMatch(/^[0-9a-f]{64}$/u);
    expect(statSync(bench.home.config.sessionFile).mode & 0o777).toBe(0o600);
    expect(first.hello).toMatchObject({
      machine: "here-1",
      slots: 1,
      holding: [],
      bootId: bootClock().bootId,
    });
    // Not welcomed: as far as the agent knows, the token has not served.
    first.hangUp();
    const second = await bench.master.nextAgent();
    expect([second.session, second.join]).toEqual([first.session, first.join]);
    second.say(WELCOME);
    await second.hears("pull");
    expect(existsSync(bench.home.config.tokenFile)).toBe(false);
    second.hangUp();
    const third = await bench.master.nextAgent();
    expect([third.session, third.join]).toEqual([first.session, undefined]);
  });

  test.each([
    ["bad-token", 1],
    ["bad-session", 1],
    ["released", 0],
  ] as const)("and is refused because of %s ends with exit code %i", async (code, exitCode) => {
    bench = await agentBench(identity);
    const link = await bench.master.nextAgent();
    link.say({ kind: "refused", code, text: "no" });
    link.hangUp();
    expect(await bench.ended).toBe(exitCode);
  });

  test("wants as many tasks as it has slots, and beats its heart as often as it is told", async () => {
    bench = await agentBench(identity, { slots: 3 });
    const link = await bench.master.nextAgent();
    link.say({ ...WELCOME, heartbeatMs: 20 });
    expect((await link.hears("pull")).credit).toBe(3);
    const { nowBootUs } = await link.hears("heartbeat");
    await link.hears("heartbeat", (later) => later.nowBootUs > nowBootUs);
  });
});

describe("a connected agent", () => {
  test("runs what it is given, reports it, and keeps it in its spool until that is acknowledged", async () => {
    const link = await begin();
    start(link, orderOf(4, "echo hello; exit 3"));
    const { seq, results } = await link.hears("results");
    expect(results).toMatchObject([
      { task: 4, attempt: 1, ending: { kind: "exited", code: 3 }, stdoutBytes: 6 },
    ]);
    expect(readFileSync(join(bench.home.folder, "out", "5.1.stdout"), "utf8")).toBe("hello\n");
    expect(bench.spooled()).toMatchObject([{ seq, reports: [{ task: 4 }] }]);
    link.say({ kind: "ack", seq });
    while (bench.spooled().length > 0) await sleep(5);
  });

  test("numbers its results upwards by one, and keeps more tasks ready only while they are short", async () => {
    const link = await begin();
    for (let task = 0; task < 40; task += 1)
      start(link, orderOf(task, "", { command: { kind: "argv", argv: ["true"] } }));
    let heard = 0;
    for (let seq = 1; heard < 40; seq += 1) {
      const { results } = await link.hears("results", (says) => says.seq === seq);
      heard += results.length;
      link.say({ kind: "ack", seq });
    }
    expect((await link.hears("pull", ({ credit }) => credit > 1)).credit).toBeLessThanOrEqual(65);
    for (let task = 40; task < 44; task += 1) start(link, orderOf(task, "sleep 0.06"));
    await link.hears("pull", (says) => says.credit === 1 && link.heard.indexOf(says) > 1);
  });

  test("cancels what it is told to cancel", async () => {
    const link = await begin();
    start(link, orderOf(1, "echo > ready; sleep 600"), orderOf(2, "true"));
    await bench.appearance("ready");
    link.say({ kind: "cancel", attempts: [orderOf(1, "")] });
    const cancelled = await link.hears("results", ({ results }) => results.some(({ task }) => task === 1));
    expect(cancelled.results.find(({ task }) => task === 1)?.ending).toEqual({ kind: "cancelled" });
    await link.hears("results", ({ results }) => results.some(({ task }) => task === 2));
  });

  test("that is drained ends what it has, sees it acknowledged, and goes", async () => {
    const link = await begin();
    start(link, orderOf(1, "sleep 0.1"), orderOf(2, "exit 7"));
    link.say({ kind: "drain" });
    const last = await link.hears("results", ({ results }) => results.some(({ task }) => task === 2));
    expect(last.results.at(-1)?.ending).toEqual({ kind: "exited", code: 7 });
    link.say({ kind: "ack", seq: last.seq });
    expect(await bench.ended).toBe(0);
  });
});
