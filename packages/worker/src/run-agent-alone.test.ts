import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import type { ServerIdentity } from "../../master/src/agents/identity.js";
import { makeCertificates } from "../../master/src/agents/make-certificates.js";
import { agentBench, start, welcomedAgent, type AgentBench } from "../../../test/worker/agent-bench.js";
import { fakeMaster, orderOf, WELCOME, type AgentLink } from "../../../test/worker/fake-master.js";

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

describe("an agent without its master", () => {
  test("goes on, spools, and sends again what was not acknowledged, under the same numbers", async () => {
    const link = await begin();
    start(
      link,
      orderOf(0, "true"),
      orderOf(1, "echo > ready; while [ ! -e gate ]; do sleep 0.01; done"),
      orderOf(2, "exit 2"),
    );
    const first = await link.hears("results");
    await bench.appearance("ready");
    await bench.master.close();
    await link.over;
    writeFileSync(join(bench.home.folder, "gate"), "");
    while (bench.spooled().flatMap(({ reports }) => reports).length < 3) await sleep(5);
    const seqs = bench.spooled().map(({ seq }) => seq);
    bench.master = await fakeMaster(identity, bench.master.port);
    const again = await bench.master.nextAgent();
    expect(again.hello.holding).toEqual([]);
    again.say(WELCOME);
    await again.hears("pull");
    const resent = again.heard.filter((says) => says.kind === "results");
    expect(resent.map(({ seq }) => seq)).toEqual(seqs);
    expect(resent[0]).toEqual(first);
    expect(resent.flatMap(({ results }) => results.map(({ task }) => task))).toEqual([0, 1, 2]);
  });

  test("tells the next one what it still holds, and runs nothing of it twice", async () => {
    const link = await begin();
    const held = orderOf(7, "echo once >> count; while [ ! -e gate ]; do sleep 0.01; done");
    start(link, held);
    await bench.appearance("count");
    link.hangUp();
    const again = await bench.master.nextAgent();
    expect(again.hello.holding).toEqual([{ task: 7, attempt: 1 }]);
    again.say(WELCOME);
    await again.hears("pull");
    start(again, held);
    writeFileSync(join(bench.home.folder, "gate"), "");
    const { results } = await again.hears("results");
    // Not acknowledged yet: an order that crosses its result is not taken for a new one.
    start(again, held, orderOf(8, "true"));
    await again.hears("results", (says) => says.results.some(({ task }) => task === 8));
    expect(results).toHaveLength(1);
    expect(await bench.appearance("count")).toBe("once");
  });

  test("does not send again what a welcome says is written down", async () => {
    const link = await begin();
    start(link, orderOf(0, "true"));
    const { seq } = await link.hears("results");
    link.hangUp();
    const again = await bench.master.nextAgent();
    again.say({ ...WELCOME, ackedSeq: seq });
    await again.hears("pull");
    expect(again.heard.map(({ kind }) => kind)).toEqual(["hello", "pull"]);
  });

  test("finds it again on the port that the file names", async () => {
    const link = await begin();
    await bench.master.close();
    await link.over;
    bench.master = await fakeMaster(identity);
    writeFileSync(join(bench.home.folder, "master.port"), `127.0.0.1:${String(bench.master.port)}\n`);
    expect((await bench.master.nextAgent()).session).toBe(link.session);
  });

  test("does not believe one whose certificate is of another authority", async () => {
    const link = await begin();
    await bench.master.close();
    await link.over;
    const other = await fakeMaster(await makeCertificates(), bench.master.port);
    const heard = await Promise.race([other.nextAgent(), sleep(1_500)]);
    expect(heard).toBeUndefined();
    await other.close();
    bench.master = await fakeMaster(identity, bench.master.port);
    expect((await bench.master.nextAgent()).session).toBe(link.session);
  });
});

describe("the end of what is paid", () => {
  const inUs = (us: number): number => bootClock().nowUs() + us;

  test("ends all tasks a grace before, reported as cancelled", async () => {
    const paidUntilBootUs = inUs(1_500_000);
    const link = await begin({ paidUntilBootUs, graceUs: 1_000_000 });
    start(link, orderOf(1, "sleep 600"), orderOf(2, "sleep 600"));
    const { seq } = await link.hears("results", ({ results }) => results.some(({ task }) => task === 1));
    const reported = link.heard.flatMap((says) => (says.kind === "results" ? says.results : []));
    expect(reported.map(({ task, ending }) => [task, ending.kind])).toEqual([
      [2, "cancelled"],
      [1, "cancelled"],
    ]);
    link.say({ kind: "ack", seq });
    expect(await bench.ended).toBe(0);
    expect(bootClock().nowUs()).toBeLessThan(paidUntilBootUs);
  });

  test("comes without a master too, and what it ended is in the spool", async () => {
    const link = await begin({ paidUntilBootUs: inUs(1_500_000), graceUs: 1_000_000 });
    start(link, orderOf(1, "trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done"));
    const pid = await bench.appearance("pid");
    await bench.master.close();
    expect(await bench.ended).toBe(0);
    expect(existsSync(`/proc/${pid}/cwd`)).toBe(false);
    expect(bench.spooled()).toMatchObject([{ reports: [{ task: 1, ending: { kind: "cancelled" } }] }]);
  });

  test("is put off by a renewal, and by nothing that comes late", async () => {
    const first = inUs(1_500_000);
    const link = await begin({ paidUntilBootUs: first, graceUs: 1_000_000 });
    link.say({ kind: "renew", paidUntilBootUs: first + 60_000_000 });
    link.say({ kind: "renew", paidUntilBootUs: first });
    start(link, orderOf(1, "sleep 1"));
    const { results } = await link.hears("results");
    expect(results[0]?.ending).toEqual({ kind: "exited", code: 0 });
  });
});
