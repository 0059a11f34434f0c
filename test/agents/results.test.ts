import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MachineId } from "@stint/shared/ids.js";
import { serverIdentity, type ServerIdentity } from "../../packages/master/src/agents/identity.js";
import type { AttemptsEnded } from "../../packages/master/src/planner/attempts/records.js";
import { join, ofBoot, range, report, roundTrip, startWorld, type World } from "./agent-world.js";

const SMALL = "small-1" as MachineId;
const OTHER = "small-2" as MachineId;
const folder = mkdtempSync(joinPath(tmpdir(), "stint-agents-"));
let identity: ServerIdentity;
let world: World;

beforeAll(async () => {
  identity = await serverIdentity(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  world = await startWorld(identity);
});
afterEach(() => world.server.close());

describe("results", () => {
  test("are acknowledged only when they are written down", async () => {
    const agent = await join(world, SMALL);
    world.settles = false;
    await agent.say({ kind: "results", seq: 1, results: [report(0)] });
    const first = await world.events.next("attempts-ended");
    await roundTrip(world, agent, SMALL);
    expect(agent.heard.ofKind("ack")).toEqual([]);
    world.server.settled(first);
    expect(await agent.heard.next("ack")).toEqual({ kind: "ack", seq: 1 });
  });

  test("that are sent again are delivered once and acknowledged again", async () => {
    const agent = await join(world, SMALL);
    const again = { kind: "results", seq: 1, results: [report(0)] } as const;
    await agent.say(again);
    await agent.heard.next("ack");
    await agent.say(again);
    expect(await agent.heard.next("ack")).toEqual({ kind: "ack", seq: 1 });
    await agent.say({ kind: "results", seq: 2, results: [report(1)] });
    expect(await agent.heard.next("ack")).toEqual({ kind: "ack", seq: 2 });
    const tasks = world.events.ofKind("attempts-ended").flatMap(({ results }) => results);
    expect(tasks.map(({ task }) => task)).toEqual([0, 1]);
  });

  test("are told on the run's own time, and never from the future", async () => {
    const agent = await join(world, SMALL);
    const results = [
      report(0, { startedBootUs: 10, endedBootUs: 30, cpuUs: 5, peakMemoryBytes: 6 }),
      report(1, { startedBootUs: 10, endedBootUs: 9_000_000_000_000 }),
    ];
    await agent.say({ kind: "results", seq: 1, results });
    const ended = await world.events.next("attempts-ended");
    expect(ended.results[0]).toMatchObject({
      startedAt: ofBoot(10),
      endedAt: ofBoot(30),
      cpu: 5,
      peakMemoryBytes: 6,
    });
    expect(ended.results[1]?.endedAt).toBeLessThanOrEqual(ended.at);
  });

  test("from another boot are placed by when its agent said what time it is there", async () => {
    const agent = await join(world, SMALL, { bootId: "elsewhere", nowBootUs: 1_000_000 });
    const { at } = await world.events.next("machine-ready");
    const results = [report(0, { startedBootUs: 400_000, endedBootUs: 900_000 })];
    await agent.say({ kind: "results", seq: 1, results });
    const [result] = (await world.events.next("attempts-ended")).results;
    expect(result!.endedAt - result!.startedAt).toBe(500_000);
    // The comparison was made a moment before it was announced.
    expect(at - result!.endedAt).toBeGreaterThanOrEqual(100_000);
  });

  test("of which earlier ones are missing end the connection, and are not acknowledged", async () => {
    const agent = await join(world, SMALL);
    await agent.say({ kind: "results", seq: 1, results: [report(0)] });
    await agent.say({ kind: "results", seq: 3, results: [report(2)] });
    expect((await agent.heard.next("refused")).code).toBe("protocol");
    expect(await agent.over).toEqual({ kind: "closed" });
  });
});

describe("a flood", () => {
  test("waits at its agent: what is not written down is never more than a named number", async () => {
    const agent = await join(world, SMALL);
    const bystander = await join(world, OTHER);
    world.settles = false;
    const messages = 60;
    const flood = (async () => {
      for (const index of range(0, messages)) {
        const results = range(index * 1_000, (index + 1) * 1_000).map((task) => report(task));
        await agent.say({ kind: "results", seq: index + 1, results });
      }
    })();
    const waiting: AttemptsEnded[] = [];
    let delivered = 0;
    let most = 0;
    while (delivered < messages * 1_000) {
      const event = await world.events.next("attempts-ended");
      waiting.push(event);
      delivered += event.results.length;
      most = Math.max(most, sum(waiting));
      if (sum(waiting) <= 10_000 && delivered < messages * 1_000) continue;
      // Full. What could still come has every chance to.
      for (let trips = 0; trips < 50; trips += 1) await roundTrip(world, bystander, OTHER);
      most = Math.max(most, sum(world.events.ofKind("attempts-ended")) - delivered + sum(waiting));
      for (const settled of waiting.splice(0)) world.server.settled(settled);
    }
    await flood;
    for (let seq = 0; seq < messages;) ({ seq } = await agent.heard.next("ack"));
    expect(most).toBeGreaterThan(10_000);
    expect(most).toBeLessThanOrEqual(12_000);
  });
});

const sum = (events: readonly { readonly results: readonly unknown[] }[]): number =>
  events.reduce((total, { results }) => total + results.length, 0);
