/** Who may open a websocket, and how much is one told? */
import { expect, onTestFinished, test } from "vitest";
import { UPDATES_A_SECOND_MOST, type Message, type Wish } from "@stint/shared/api/messages.js";
import { message } from "@stint/shared/api/messages.js";
import { WebSocket, type ClientOptions } from "ws";
import { SOCKETS_MOST, WISHES_A_SECOND_MOST } from "./live-sockets.js";
import { NO_LOG } from "./log.js";
import { sharedUpdates, type Looker } from "./shared-updates.js";
import { bearer, RUN, served, TOKENS, WRITES, type Served } from "../../../../../test/console/served.js";

interface Opened {
  readonly socket: WebSocket;
  want(wish: unknown): void;
  /** The first message from here on that is as it should be; earlier ones are forgotten. */
  told(fits: (message: Message) => boolean): Promise<Message>;
  readonly closed: Promise<number>;
}

function open(console: Served, options: ClientOptions = {}, path = "/api/v1/live"): Promise<Opened> {
  const address = `ws://127.0.0.1:${String(console.port)}${path}`;
  const socket = new WebSocket(address, { headers: bearer(TOKENS.viewer), ...options });
  onTestFinished(() => socket.terminate());
  const waiting = new Set<(message: Message) => void>();
  socket.on("message", (bytes: Buffer) => {
    const read = message.parse(JSON.parse(bytes.toString("utf8")));
    for (const hear of [...waiting]) hear(read);
  });
  const closed = new Promise<number>((over) => socket.on("close", (code) => over(code)));
  return new Promise((opened, failed) => {
    socket.on("unexpected-response", (_, { statusCode }) => failed(new Error(String(statusCode))));
    socket.on("error", failed);
    socket.on("open", () =>
      opened({
        socket,
        closed,
        want: (wish) => socket.send(typeof wish === "string" ? wish : JSON.stringify(wish)),
        told: (fits) =>
          new Promise((told) => {
            const hear = (read: Message): void => {
              if (!fits(read)) return;
              waiting.delete(hear);
              told(read);
            };
            waiting.add(hear);
          }),
      }),
    );
  });
}

const THE_RUN: Wish = { want: "run", run: RUN };
const doneIs = (done: number) => (told: Message) => told.kind === "view" && told.view.tasks.done === done;
const tasks = { total: 1000, done: 0, failed: 0, quarantined: 0, running: 0, waiting: 0, left: 0 };

test.each<[string, string, ClientOptions, string?]>([
  ["without a token", "401", { headers: {} }],
  ["with a wrong token", "401", { headers: bearer("c3".repeat(32)) }],
  ["for another host", "403", { headers: { ...bearer(TOKENS.viewer), host: "evil.example" } }],
  ["from a page of another site", "403", { origin: "http://evil.example" }],
  ["from a page that hides its site", "403", { origin: "null" }],
  ["at another address", "404", {}, "/api/v1/runs"],
])("a websocket %s is refused with %s", async (_, status, options, path) => {
  const console = await served();
  await expect(open(console, options, path)).rejects.toThrow(status);
});

test("a websocket with a session's cookie says from which page it comes", async () => {
  const console = await served();
  const body = { token: TOKENS.viewer };
  const login = await console.ask({ method: "POST", path: "/api/v1/session", body, headers: WRITES });
  const headers = { cookie: login.headers["set-cookie"]![0]!.split(";")[0]! };
  await expect(open(console, { headers })).rejects.toThrow("403");
  await expect(open(console, { headers, origin: "http://evil.example" })).rejects.toThrow("403");
  const { socket } = await open(console, { headers, origin: console.origin });
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test("whoever wants a run is told how it looks at once, and then what changed", async () => {
  const console = await served();
  const one = await open(console);
  const first = one.told(doneIs(400));
  one.want(THE_RUN);
  await first;
  const next = one.told(doneIs(401));
  console.runs.of(RUN).show({ tasks: { ...tasks, done: 401 } });
  await next;
});

test("the last wish counts, and a run that nobody looks at is not watched", async () => {
  const console = await served();
  const one = await open(console);
  const view = one.told(({ kind }) => kind === "view");
  one.want(THE_RUN);
  await view;
  expect(console.runs.of(RUN).watchers()).toBe(1);
  const list = one.told(({ kind }) => kind === "runs");
  one.want({ want: "runs" });
  await list;
  expect(console.runs.of(RUN).watchers()).toBe(0);
});

test("a run that is not there is gone, and so is one whose master goes", async () => {
  const console = await served();
  const one = await open(console);
  const none = one.told(({ kind }) => kind === "gone");
  one.want({ want: "run", run: "none" });
  expect(await none).toEqual({ kind: "gone", run: "none" });
  const view = one.told(({ kind }) => kind === "view");
  one.want(THE_RUN);
  await view;
  const gone = one.told(({ kind }) => kind === "gone");
  console.runs.of(RUN).end();
  expect(await gone).toEqual({ kind: "gone", run: RUN });
});

test("a run that has ended is shown as it was left, and watched anew when it is told to go on", async () => {
  const console = await served();
  const run = console.runs.of(RUN);
  const one = await open(console);
  const messages: Message[] = [];
  one.socket.on("message", (bytes: Buffer) => messages.push(JSON.parse(bytes.toString()) as Message));
  const first = one.told(doneIs(400));
  one.want(THE_RUN);
  await first;
  const ended = one.told((told) => told.kind === "view" && told.view.ended_at !== null);
  run.show({ phase: "ended", ended_at: "2026-01-02T04:00:00.000Z" });
  run.end();
  await ended;
  expect(run.watchers()).toBe(0);
  const goesOn = one.told(doneIs(500));
  const headers = { ...WRITES, ...bearer(TOKENS.operator) };
  await console.ask({ method: "POST", path: `/api/v1/runs/${RUN}/resume`, body: {}, headers });
  run.show({ ended_at: null, tasks: { ...tasks, done: 500 } });
  await goesOn;
  expect(messages.filter(({ kind }) => kind === "gone")).toEqual([]);
});

test.each([
  "",
  "{",
  "null",
  '{"want":"all"}',
  '{"want":"run","run":".."}',
  '{"want":"run","run":"a/b"}',
  '{"want":"runs","more":1}',
])("whoever says %j is hung up on", async (words) => {
  const one = await open(await served());
  one.want(words);
  expect(await one.closed).toBe(1007);
});

test("long words are not read to their end, and too many wishes are not fulfilled", async () => {
  const console = await served();
  const one = await open(console);
  one.want("x".repeat(5000));
  expect(await one.closed).toBe(1009);
  const other = await open(console);
  for (let at = 0; at <= WISHES_A_SECOND_MOST; at += 1) other.want({ want: "runs" });
  expect(await other.closed).toBe(1008);
});

test("there are only so many websockets at a time", async () => {
  const console = await served();
  for (let at = 0; at < SOCKETS_MOST; at += 1) await open(console);
  await expect(open(console)).rejects.toThrow("503");
});

/** Lookers that are no sockets, so that it can be seen what each is sent and when. */
function lookers(
  count: number,
  unsent = 0,
): (Looker & { readonly got: Buffer[]; readonly gaps: number[] })[] {
  return Array.from({ length: count }, () => {
    const got: Buffer[] = [];
    const gaps: number[] = [];
    const looker = {
      ...{ got, gaps, sentAt: -Infinity },
      unsent: () => unsent,
      send: (text: Buffer) => {
        got.push(text);
        gaps.push(performance.now());
      },
    };
    return looker;
  });
}

test("what many look at is made once for all, and no more often than is told", async () => {
  let [composed, changes] = [0, 0];
  let changed = (): void => undefined;
  const updates = sharedUpdates(
    {
      watch: (tell) => {
        changed = tell;
        return () => undefined;
      },
      compose: () => Promise.resolve({ changes, composed: (composed += 1) }),
    },
    NO_LOG,
  );
  onTestFinished(() => updates.close());
  const all = lookers(5);
  const [slow] = lookers(1, 1);
  for (const looker of [...all, slow!]) updates.join(looker);
  while (all[0]!.got.length < 5) {
    for (let at = 0; at < 100; at += 1) changed();
    changes += 100;
    await new Promise((soon) => setImmediate(soon));
  }
  expect(composed).toBeLessThanOrEqual(6);
  for (const { got, gaps } of all) {
    expect(got.at(-1)).toBe(all[0]!.got.at(-1));
    for (const [at, when] of gaps.slice(1).entries())
      expect(when - gaps[at]!).toBeGreaterThanOrEqual(1000 / UPDATES_A_SECOND_MOST - 1);
  }
  expect(slow!.got).toEqual([]);
});

test("whoever goes to and fro is told no more often than who stays", async () => {
  const looked = { watch: () => () => undefined, compose: () => Promise.resolve({ always: "the same" }) };
  const updates = sharedUpdates(looked, NO_LOG);
  onTestFinished(() => updates.close());
  const [one] = lookers(1);
  while (one!.got.length < 3) {
    updates.join(one!);
    await new Promise((soon) => setImmediate(soon));
    updates.leave(one!);
  }
  for (const [at, when] of one!.gaps.slice(1).entries())
    expect(when - one!.gaps[at]!).toBeGreaterThanOrEqual(1000 / UPDATES_A_SECOND_MOST - 1);
});
