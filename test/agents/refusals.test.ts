import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { MachineId } from "@stint/shared/ids.js";
import { instant, NO_TIME } from "@stint/shared/units.js";
import type { AgentSays, RefusalCode } from "@stint/shared/wire/messages.js";
import type { AgentStreamOptions } from "@stint/shared/wire/open-agent-stream.js";
import { serverIdentity, type ServerIdentity } from "../../packages/master/src/agents/identity.js";
import {
  BOOT,
  connect,
  hello,
  join,
  newSession,
  report,
  startWorld,
  type FakeAgent,
  type World,
} from "./agent-world.js";

const SMALL = "small-1" as MachineId;
const OTHER = "small-2" as MachineId;
const folder = mkdtempSync(joinPath(tmpdir(), "stint-agents-"));
let identity: ServerIdentity;
let world: World;

beforeAll(async () => {
  identity = await serverIdentity(joinPath(folder, "own"));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  world = await startWorld(identity);
});
afterEach(() => world.server.close());

/** Refused, and the connection closed after it. */
async function refusalOf(agent: FakeAgent): Promise<RefusalCode> {
  const { code } = await agent.heard.next("refused");
  expect(await agent.over).toEqual({ kind: "closed" });
  return code;
}

async function knock(machine: MachineId, options: Partial<AgentStreamOptions>): Promise<RefusalCode> {
  const agent = connect(world, options);
  await agent.say(hello(machine));
  return refusalOf(agent);
}

describe("a stranger is refused", () => {
  test("who replays a join token with a secret of his own, and that is reported", async () => {
    const agent = await join(world, SMALL);
    const token = world.server.tokenFor(SMALL);
    expect(await knock(SMALL, { join: token })).toBe("token-used");
    expect(world.troubles).toEqual([expect.stringMatching(/agent of small-1 at 127\.0\.0\.1.*token-used/u)]);
    // Whoever was there first is not disturbed.
    await agent.say({ kind: "pull", credit: 1 });
    expect((await world.events.next("tasks-wanted")).machine).toBe(SMALL);
  });

  test("whose token is another machine's", async () => {
    world.server.tokenFor(SMALL);
    expect(await knock(SMALL, { join: world.server.tokenFor(OTHER) })).toBe("bad-token");
  });

  test("whose token has one wrong digit", async () => {
    const token = world.server.tokenFor(SMALL);
    const wrong = token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
    expect(await knock(SMALL, { join: wrong })).toBe("bad-token");
  });

  test.each(["", "small-1", "small-1.", "small-1.zz", `.${"0".repeat(64)}`])(
    "whose token is %j",
    async (token) => {
      world.server.tokenFor(SMALL);
      expect(await knock(SMALL, { join: token })).toBe("bad-token");
    },
  );

  test("who has no token and a secret that nobody knows", async () => {
    world.server.tokenFor(SMALL);
    expect(await knock(SMALL, {})).toBe("bad-session");
  });

  test("who shows another machine's secret", async () => {
    const agent = await join(world, SMALL);
    world.server.tokenFor(OTHER);
    expect(await knock(OTHER, { session: agent.session })).toBe("bad-session");
  });

  test.each(["", "00", "z".repeat(64), newSession().toUpperCase().replace(/\d/gu, "A")])(
    "whose secret is %j",
    async (session) => {
      expect(await knock(SMALL, { join: world.server.tokenFor(SMALL), session })).toBe("bad-session");
    },
  );

  test("whose machine was never ordered, though the token is right", async () => {
    const elsewhere = await startWorld(identity);
    const token = elsewhere.server.tokenFor(SMALL);
    await elsewhere.server.close();
    expect(await knock(SMALL, { join: token })).toBe("unknown-machine");
  });

  test("whose token was made by another run", async () => {
    const otherRun = await startWorld(identity, { runSecret: Buffer.alloc(32, 8) });
    const token = otherRun.server.tokenFor(SMALL);
    await otherRun.server.close();
    world.server.tokenFor(SMALL);
    expect(await knock(SMALL, { join: token })).toBe("bad-token");
  });
});

test("a machine that joins later than it may is refused", async () => {
  await world.server.close();
  let now = 1;
  world = await startWorld(identity, {
    tokenLife: NO_TIME,
    clock: { now: () => instant(now), ofBoot: instant, bootAt: Number, bootId: BOOT },
  });
  const token = world.server.tokenFor(SMALL);
  now = 2;
  // Asking again does not make it last longer.
  world.server.tokenFor(SMALL);
  expect(await knock(SMALL, { join: token })).toBe("token-expired");
});

describe("a machine that was released", () => {
  test("is told so at once, and whenever it comes back, by token or by secret", async () => {
    const agent = await join(world, SMALL);
    const token = world.server.tokenFor(SMALL);
    world.server.dismiss(SMALL);
    expect(await refusalOf(agent)).toBe("released");
    expect(await knock(SMALL, { session: agent.session })).toBe("released");
    expect(await knock(SMALL, { session: agent.session, join: token })).toBe("released");
    expect(await knock(SMALL, { join: token })).toBe("released");
    expect(world.troubles).toEqual([]);
  });

  test("before it joined cannot join any more", async () => {
    const token = world.server.tokenFor(SMALL);
    world.server.dismiss(SMALL);
    expect(await knock(SMALL, { join: token })).toBe("released");
  });

  test("and one that is gone are the same", async () => {
    const agent = await join(world, SMALL);
    world.server.settled({ kind: "machine-gone", at: instant(1), machine: SMALL, cause: "ended by itself" });
    expect(await refusalOf(agent)).toBe("released");
  });
});

describe("who speaks out of turn is refused", () => {
  const pull: AgentSays = { kind: "pull", credit: 1 };

  test("by asking for tasks before saying hello", async () => {
    const agent = connect(world);
    await agent.say(pull);
    expect(await refusalOf(agent)).toBe("protocol");
  });

  test("by saying hello twice", async () => {
    const agent = await join(world, SMALL);
    await agent.say(hello(SMALL));
    expect(await refusalOf(agent)).toBe("protocol");
  });

  test("by sending results before the welcome", async () => {
    world.settles = false;
    const agent = connect(world, { join: world.server.tokenFor(SMALL) });
    await agent.say(hello(SMALL));
    await agent.say({ kind: "results", seq: 1, results: [report(0)] });
    expect(await refusalOf(agent)).toBe("protocol");
  });

  test("by wanting more than anybody can run", async () => {
    const agent = await join(world, SMALL);
    await agent.say({ kind: "pull", credit: 10_001 });
    expect(await refusalOf(agent)).toBe("protocol");
  });
});

describe("an agent trusts one authority", () => {
  test("and says nothing to a master of another", async () => {
    const other = await serverIdentity(joinPath(folder, "other"));
    const agent = connect(world, { caPem: other.caPem, join: world.server.tokenFor(SMALL) });
    agent.stream.say(hello(SMALL));
    const why = await agent.over;
    expect(why.kind === "lost" && why.text).toMatch(/^UNAVAILABLE/u);
    expect(world.events.all).toEqual([]);
  });

  test("and its master goes on serving those that trust it", async () => {
    const other = await serverIdentity(joinPath(folder, "other"));
    const stranger = connect(world, { caPem: other.caPem });
    stranger.stream.say(hello(SMALL));
    await stranger.over;
    await join(world, OTHER);
  });
});
