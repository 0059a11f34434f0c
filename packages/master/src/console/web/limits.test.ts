/** Is nobody given more of a master's memory than is theirs, whatever is sent? */
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { Readable } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { bodyRoom } from "./body-room.js";
import { BODY_BYTES_MOST } from "./operation.js";
import { readBody } from "./read-call.js";
import { CONNECTIONS_MOST } from "./serve-console.js";
import { bearer, RUN, served, TOKENS, WRITES } from "../../../../../test/console/served.js";

const LOGIN = { method: "POST", path: "/api/v1/session", body: { token: "x".repeat(BODY_BYTES_MOST) } };

function connect(port: number): Socket {
  const socket = createConnection({ host: "127.0.0.1", port });
  socket.on("error", () => undefined);
  onTestFinished(() => void socket.destroy());
  return socket;
}

test("a body that says it is too long is not waited for", async () => {
  const { port } = await served();
  const socket = connect(port);
  socket.write(
    `POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n` +
      "Content-Type: application/json\r\nx-stint: 1\r\nContent-Length: 1000000000\r\n\r\n{",
  );
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 413 /u);
});

test("a body that becomes too long is not read on", async () => {
  const { ask } = await served();
  expect((await ask({ ...LOGIN, headers: WRITES })).status).toBe(413);
  const headers = { ...WRITES, "content-length": undefined, "transfer-encoding": "chunked" };
  expect((await ask({ ...LOGIN, headers })).status).toBe(413);
});

test("all bodies together have so much room and no more, and give it back", async () => {
  const room = bodyRoom(10);
  const operation = { body: { schema: z.looseObject({}), bytesMost: 8 } };
  const send = (...parts: readonly string[]) => {
    const stream = Readable.from(parts.map((part) => Buffer.from(part)));
    return readBody(Object.assign(stream, { headers: {} }), operation, room);
  };
  room.take(5);
  await expect(send('{"a":', "1}")).rejects.toMatchObject({ status: 503, words: { code: "busy" } });
  room.giveBack(5);
  await expect(send("{", '"b":', "12345}")).rejects.toMatchObject({ status: 413 });
  // As often as it is taken.
  for (let at = 0; at < 3; at += 1) expect(await send('{"c":', "3}")).toEqual({ c: 3 });
});

test("there are so many connections at a time and no more", async () => {
  const { port } = await served();
  const open = Array.from({ length: CONNECTIONS_MOST }, () => connect(port));
  await Promise.all(open.map((socket) => once(socket, "connect")));
  const more = connect(port);
  await once(more, "close");
  expect(open.filter(({ closed }) => closed)).toEqual([]);
});

test("an address with a host of its own is one for a proxy, which this is not", async () => {
  const { port } = await served();
  const socket = connect(port);
  const host = `127.0.0.1:${String(port)}`;
  socket.write(`GET http://evil.example/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(first.toString()).toMatch(/^HTTP\/1\.1 400 /u);
});

test("an answer that cannot be sent ends its connection, and nothing else", async () => {
  const { ask, runs } = await served();
  const headers = bearer(TOKENS.viewer);
  const part = { bytes: Buffer.from("x"), size: NaN, open: false };
  runs.of(RUN).run.output = () => Promise.resolve({ ...part, size: "\n" as unknown as number });
  await expect(ask({ path: `/api/v1/runs/${RUN}/tasks/1/output`, headers })).rejects.toThrow("hang up");
  expect((await ask({ path: "/healthz" })).status).toBe(200);
});
