import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectTcp, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MachineId } from "@stint/shared/ids.js";
import { seconds } from "@stint/shared/units.js";
import type { Hello, Welcome } from "@stint/shared/wire/messages.js";
import type { AgentStreamOptions } from "@stint/shared/wire/open-agent-stream.js";
import { serverIdentity, type ServerIdentity } from "../../packages/master/src/agents/identity.js";
import {
  connect,
  hello,
  join,
  ofBoot,
  ref,
  report,
  start,
  startWorld,
  type FakeAgent,
  type World,
} from "./agent-world.js";

const SMALL = "small-1" as MachineId;
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

async function comeBack(
  session: string,
  more: Partial<Hello> = {},
  options: Partial<AgentStreamOptions> = {},
): Promise<{ agent: FakeAgent; welcome: Welcome }> {
  const agent = connect(world, { ...options, session });
  await agent.say(hello(SMALL, more));
  return { agent, welcome: await agent.heard.next("welcome") };
}

/** A joined agent that was told of tasks 0 to 3. */
async function withTasks(): Promise<FakeAgent> {
  const agent = await join(world, SMALL);
  await agent.say({ kind: "pull", credit: 8 });
  await world.events.next("tasks-wanted");
  world.server.start(SMALL, [start(0), start(1), start(2), start(3)]);
  await agent.heard.next("start");
  return agent;
}

describe("an agent that comes back", () => {
  test("is known by its secret alone and is not announced again", async () => {
    const first = await join(world, SMALL);
    first.stream.drop();
    world.server.renew(SMALL, ofBoot(5_000_000));
    const { welcome } = await comeBack(first.session);
    expect(welcome).toEqual({
      kind: "welcome",
      heartbeatMs: 10_000,
      ackedSeq: 0,
      paidUntilBootUs: 5_000_000,
    });
    expect(world.events.ofKind("machine-ready")).toHaveLength(1);
  });

  test("gets again what never reached it, once it has told everything it knows, and nothing else", async () => {
    const first = await withTasks();
    first.stream.drop();
    world.server.start(SMALL, [start(4)]);
    world.server.cancel(SMALL, [ref(1), ref(3)]);
    // 0 was over and its result lost, 1 and 2 run, 3 was lost on its way there, and 4 was never sent.
    const { agent } = await comeBack(first.session, { holding: [ref(1), ref(2)] });
    await agent.say({ kind: "results", seq: 1, results: [report(0)] });
    await agent.heard.next("ack");
    await agent.say({ kind: "pull", credit: 8 });
    expect(await agent.heard.next("cancel")).toEqual({ kind: "cancel", attempts: [ref(1)] });
    const { tasks } = await agent.heard.next("start");
    expect(tasks.map(({ task }) => task)).toEqual([3, 4]);
    expect(await agent.heard.next("cancel")).toEqual({ kind: "cancel", attempts: [ref(3)] });
  });

  test("is not given more credit than it wants by having come back", async () => {
    const first = await withTasks();
    first.stream.drop();
    const { agent } = await comeBack(first.session, { holding: [ref(0), ref(1), ref(2), ref(3)] });
    await agent.say({ kind: "pull", credit: 8 });
    await agent.say({ kind: "pull", credit: 9 });
    expect((await world.events.next("tasks-wanted")).credit).toBe(1);
  });

  test("learns from the welcome what was written down while it was away", async () => {
    const first = await withTasks();
    world.settles = false;
    await first.say({ kind: "results", seq: 1, results: [report(0)] });
    const ended = await world.events.next("attempts-ended");
    first.stream.drop();
    await first.over;
    world.server.settled(ended);
    const { agent, welcome } = await comeBack(first.session);
    expect(welcome.ackedSeq).toBe(1);
    await agent.say({ kind: "results", seq: 1, results: [report(0)] });
    expect((await agent.heard.next("ack")).seq).toBe(1);
    expect(world.events.ofKind("attempts-ended")).toHaveLength(1);
  });

  test("replaces the connection it had", async () => {
    const first = await join(world, SMALL);
    const { agent } = await comeBack(first.session);
    expect(await first.over).toEqual({ kind: "closed" });
    world.server.renew(SMALL, ofBoot(7));
    expect((await agent.heard.next("renew")).paidUntilBootUs).toBe(7);
    expect(world.server.isConnected(SMALL)).toBe(true);
  });
});

describe("under a master that took the run up again", () => {
  test("an agent goes on where it was", async () => {
    const before = await withTasks();
    await before.say({ kind: "results", seq: 1, results: [report(0)] });
    await before.heard.next("ack");
    await world.server.close();
    expect((await before.over).kind).not.toBe("foreign");

    world = await startWorld(identity);
    const hash = createHash("sha256").update(Buffer.from(before.session, "hex")).digest("hex");
    world.server.restore(new Map([[SMALL, hash]]));
    world.server.start(SMALL, [start(1), start(2), start(3)]);
    // 1 is over, 2 runs, 3 was lost on its way.
    const { agent, welcome } = await comeBack(before.session, { holding: [ref(2)] });
    expect(welcome.ackedSeq).toBe(0);
    await agent.say({ kind: "results", seq: 2, results: [report(1)] });
    await agent.say({ kind: "pull", credit: 8 });
    const { tasks } = await agent.heard.next("start");
    expect(tasks.map(({ task }) => task)).toEqual([3]);
    expect(world.events.all.map(({ kind }) => kind)).toEqual([
      "machine-back",
      "attempts-ended",
      "tasks-wanted",
    ]);
    const freed = world.events.ofKind("attempts-ended")[0]!.credit;
    const wanted = world.events.ofKind("tasks-wanted")[0]!.credit;
    expect(freed + wanted).toBe(8 - 2);
  });

  test("orders that are carried out again reach no agent that has them", async () => {
    const before = await withTasks();
    await world.server.close();
    world = await startWorld(identity);
    const hash = createHash("sha256").update(Buffer.from(before.session, "hex")).digest("hex");
    world.server.restore(new Map([[SMALL, hash]]));
    const { agent } = await comeBack(before.session, { holding: [ref(0), ref(1)] });
    await agent.say({ kind: "pull", credit: 4 });
    await world.events.next("tasks-wanted");
    world.server.start(SMALL, [start(0), start(1), start(9)]);
    const { tasks } = await agent.heard.next("start");
    expect(tasks.map(({ task }) => task)).toEqual([9]);
  });
});

describe("silence", () => {
  const QUICK = { heartbeat: seconds(0.05), silentAfter: seconds(0.4) };

  test("is noticed on a connection that is open and carries nothing, and ends with the next word", async () => {
    await world.server.close();
    world = await startWorld(identity, { silence: QUICK });
    const wire = await cuttableWire(world.server.port);
    const agent = connect(world, { master: wire.address, join: world.server.tokenFor(SMALL) });
    await agent.say(hello(SMALL));
    expect((await agent.heard.next("welcome")).heartbeatMs).toBe(50);
    wire.hold();
    await agent.say({ kind: "heartbeat", nowBootUs: 1 });
    const { since, at } = await world.events.next("machine-silent");
    expect(at - since).toBeGreaterThan(QUICK.silentAfter);
    expect(world.server.isConnected(SMALL)).toBe(true);
    wire.release();
    await world.events.next("machine-back");
    expect(world.events.ofKind("machine-silent")).toHaveLength(1);
    wire.close();
  });

  test("ends with a new connection where the old one hangs, and what was said into it is said again", async () => {
    await world.server.close();
    world = await startWorld(identity, { silence: QUICK });
    const wire = await cuttableWire(world.server.port);
    const agent = connect(world, { master: wire.address, join: world.server.tokenFor(SMALL) });
    await agent.say(hello(SMALL));
    await agent.heard.next("welcome");
    await agent.say({ kind: "pull", credit: 1 });
    await world.events.next("tasks-wanted");
    wire.hold();
    world.server.start(SMALL, [start(0)]);
    await world.events.next("machine-silent");
    const back = await comeBack(agent.session, {}, { master: wire.address });
    await world.events.next("machine-back");
    await back.agent.say({ kind: "pull", credit: 1 });
    expect((await back.agent.heard.next("start")).tasks.map(({ task }) => task)).toEqual([0]);
    wire.close();
  });

  test("of a machine that never said hello is not noticed here", async () => {
    await world.server.close();
    world = await startWorld(identity, { silence: QUICK });
    world.server.tokenFor("small-2" as MachineId);
    await join(world, SMALL);
    expect((await world.events.next("machine-silent")).machine).toBe(SMALL);
    expect(world.events.ofKind("machine-silent")).toHaveLength(1);
  });
});

/** A network between agent and master that can stop carrying without a word. */
async function cuttableWire(port: number): Promise<{
  readonly address: string;
  hold(): void;
  release(): void;
  close(): void;
}> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectTcp(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hold: () => sockets.forEach((socket) => socket.pause()),
    release: () => sockets.forEach((socket) => socket.resume()),
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
