import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { MachineId, TaskId } from "@stint/shared/ids.js";
import { seconds } from "@stint/shared/units.js";
import { TASKS_A_MESSAGE } from "@stint/shared/wire/messages.js";
import { serverIdentity, type ServerIdentity } from "../../packages/master/src/agents/identity.js";
import {
  connect,
  hello,
  join,
  ofBoot,
  range,
  ref,
  report,
  start,
  startWorld,
  type World,
} from "./agent-world.js";

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

describe("joining", () => {
  test("an agent is welcomed only when it is written down that its machine is ready", async () => {
    world.settles = false;
    const agent = connect(world, { join: world.server.tokenFor(SMALL) });
    await agent.say(hello(SMALL, { slots: 3 }));
    const ready = await world.events.next("machine-ready");
    expect(ready).toMatchObject({
      machine: SMALL,
      slots: 3,
      session: createHash("sha256").update(Buffer.from(agent.session, "hex")).digest("hex"),
    });
    world.settles = true;
    await join(world, OTHER);
    expect(agent.heard.all).toEqual([]);
    world.server.settled(ready);
    expect(await agent.heard.next("welcome")).toEqual({ kind: "welcome", heartbeatMs: 10_000, ackedSeq: 0 });
  });

  test("an agent whose welcome was lost joins again with the same secret, and is announced once", async () => {
    world.settles = false;
    const token = world.server.tokenFor(SMALL);
    const first = connect(world, { join: token });
    await first.say(hello(SMALL));
    const ready = await world.events.next("machine-ready");
    const second = connect(world, { join: token, session: first.session });
    await second.say(hello(SMALL));
    expect(await first.over).toEqual({ kind: "closed" });
    world.server.settled(ready);
    await second.heard.next("welcome");
    expect(world.events.ofKind("machine-ready")).toHaveLength(1);
  });

  test("an agent goes straight to its master, whatever proxy the environment names", async () => {
    vi.stubEnv("grpc_proxy", "http://127.0.0.1:1");
    vi.stubEnv("https_proxy", "http://127.0.0.1:1");
    vi.stubEnv("no_proxy", "");
    await join(world, SMALL);
    vi.unstubAllEnvs();
  });

  test("a machine's token is the same whenever it is asked for", async () => {
    const resumed = await startWorld(identity);
    expect(resumed.server.tokenFor(SMALL)).toBe(world.server.tokenFor(SMALL));
    expect(resumed.server.tokenFor(SMALL)).not.toBe(resumed.server.tokenFor(OTHER));
    await resumed.server.close();
  });
});

describe("credit", () => {
  test("is the whole of what an agent wants, so that saying it again asks for nothing", async () => {
    const agent = await join(world, SMALL);
    for (const credit of [4, 4, 10, 3]) await agent.say({ kind: "pull", credit });
    await agent.say({ kind: "pull", credit: 11 });
    const wanted = [await world.events.next("tasks-wanted"), await world.events.next("tasks-wanted")];
    wanted.push(await world.events.next("tasks-wanted"));
    expect(wanted.map(({ credit }) => credit)).toEqual([4, 6, 1]);
  });

  test("comes back with each result of an attempt that was ordered, and with no other", async () => {
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 4 });
    await world.events.next("tasks-wanted");
    world.server.start(SMALL, [start(0), start(1)]);
    await agent.heard.next("start");
    await agent.say({ kind: "results", seq: 1, results: [report(0), report(77)] });
    const ended = await world.events.next("attempts-ended");
    expect(ended.results.map(({ task }) => task)).toEqual([0, 77]);
    expect(ended.credit).toBe(1);
  });
});

describe("orders", () => {
  test("a start says all that the agent needs to run the task", async () => {
    await world.server.close();
    world = await startWorld(identity, {
      taskOf: () => ({
        id: "tile" as TaskId,
        command: { kind: "argv", argv: ["render", "a b"] },
        cwd: "/srv",
        env: { ZOOM: "3" },
        timeout: seconds(9),
      }),
    });
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 4 });
    await world.events.next("tasks-wanted");
    world.server.start(SMALL, [start(5, { slowdown: 2 }), start(6, { kind: "replica" })]);
    const { tasks } = await agent.heard.next("start");
    expect(tasks[0]).toEqual({
      ...ref(5),
      id: "tile",
      command: { kind: "argv", argv: ["render", "a b"] },
      cwd: "/srv",
      env: { ZOOM: "3" },
      timeout: 9_000_000,
      slowdown: 2,
      replica: 0,
    });
    expect(tasks[1]).toMatchObject({ ...ref(6), replica: 1 });
  });

  test("many starts come in order, in messages that hold no more than they may", async () => {
    await world.server.close();
    const line = "x".repeat(100_000);
    world = await startWorld(identity, {
      taskOf: () => ({ id: "t" as TaskId, command: { kind: "shell", line } }),
    });
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 250 });
    await world.events.next("tasks-wanted");
    world.server.start(
      SMALL,
      range(0, 250).map((task) => start(task)),
    );
    const got: number[] = [];
    while (got.length < 250) {
      const { tasks } = await agent.heard.next("start");
      expect(tasks.length).toBeLessThanOrEqual(TASKS_A_MESSAGE);
      got.push(...tasks.map(({ task }) => task));
    }
    expect(got).toEqual(range(0, 250));
  });

  test("a lease arrives on the agent's own clock, and a cancellation by the attempt's name", async () => {
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 1 });
    await world.events.next("tasks-wanted");
    world.server.start(SMALL, [start(3)]);
    await agent.heard.next("start");
    world.server.renew(SMALL, ofBoot(123_456_789));
    world.server.cancel(SMALL, [ref(3), ref(4)]);
    expect(await agent.heard.next("renew")).toEqual({ kind: "renew", paidUntilBootUs: 123_456_789 });
    expect(await agent.heard.next("cancel")).toEqual({ kind: "cancel", attempts: [ref(3)] });
  });

  test("an attempt that is cancelled before its agent heard of it is started and then cancelled", async () => {
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 1 });
    await world.events.next("tasks-wanted");
    world.server.start(SMALL, [start(3)]);
    world.server.cancel(SMALL, [ref(3)]);
    await agent.heard.next("cancel");
    expect(agent.heard.all.map(({ kind }) => kind)).toEqual(["welcome", "start", "cancel"]);
  });
});

test("two agents with different secrets do not disturb each other", async () => {
  const [one, two] = [await join(world, SMALL), await join(world, OTHER)];
  await one.say({ kind: "pull", credit: 1 });
  await two.say({ kind: "pull", credit: 2 });
  const wanted = [await world.events.next("tasks-wanted"), await world.events.next("tasks-wanted")];
  expect(new Set(wanted.map(({ machine, credit }) => `${machine} ${String(credit)}`))).toEqual(
    new Set([`${SMALL} 1`, `${OTHER} 2`]),
  );
});
