import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MachineId } from "@stint/shared/ids.js";
import { serveAgentStreams } from "@stint/shared/wire/serve-agent-streams.js";
import { serverIdentity, type ServerIdentity } from "../../packages/master/src/agents/identity.js";
import { connect, hello, startWorld, type FakeAgent } from "./agent-world.js";

const folder = mkdtempSync(joinPath(tmpdir(), "stint-streams-"));
let identity: ServerIdentity;

beforeAll(async () => {
  identity = await serverIdentity(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("more streams than there may be are turned away, until others have ended", async () => {
  const streams = await serveAgentStreams({
    host: "127.0.0.1",
    port: 0,
    ...identity,
    streamsMost: 1,
    attend: (stream) => ({
      heard: () => void stream.say({ kind: "drain" }),
      unreadable: () => undefined,
      drained: () => undefined,
      over: () => undefined,
    }),
  });
  const call = (): FakeAgent => connect({ identity, server: { port: streams.port } });
  const says = hello("small-1" as MachineId);
  const first = call();
  await first.say(says);
  await first.heard.next("drain");
  const second = call();
  second.stream.say(says);
  const why = await second.over;
  expect(why.kind === "lost" && why.text).toBe("RESOURCE_EXHAUSTED: there are 1 streams already");
  first.stream.end();
  expect(await first.over).toEqual({ kind: "closed" });
  const third = call();
  await third.say(says);
  await third.heard.next("drain");
  third.stream.drop();
  await streams.close();
});

test("a port that is taken is named in the refusal to listen there", async () => {
  const world = await startWorld(identity);
  const { port } = world.server;
  const second = await startWorld(identity, { port }).catch((cause: unknown) => cause);
  expect(second).toMatchObject({ trouble: { code: "cannot-listen", where: `127.0.0.1:${String(port)}` } });
  await world.server.close();
});
