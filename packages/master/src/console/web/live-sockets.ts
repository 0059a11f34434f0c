/**
 * The websockets: each says what it wants to see, the last wish counts, and is told by what all who look at the same
 * share. A browser sends an upgrade to any server without asking, so who it is and which page it shows are judged first.
 */
import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { wish, type Wish } from "@stint/shared/api/messages.js";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { checkHost, checkOrigin, type Door } from "./door.js";
import type { Guest } from "./doorkeeper.js";
import { keepAlive } from "./keep-alive.js";
import { isRunName } from "./known-run.js";
import type { Log } from "./log.js";
import { lookedList, lookedRun } from "./looked-at.js";
import { notFound, Refused, refusalOf } from "./refused.js";
import type { ServedRuns } from "./runs-port.js";
import type { SessionParts } from "./session.js";
import { sharedUpdates, type Looker, type SharedUpdates } from "./shared-updates.js";
import { checkRole, whoAsks } from "./who-asks.js";

export const SOCKETS_MOST = 100;
const WISH_BYTES_MOST = 1024;
/** Somebody who goes from page to page does not come near it. */
export const WISHES_A_SECOND_MOST = 10;
/** As the protocol has them. */
const CLOSED = { goingAway: 1001, notUnderstood: 1007, refused: 1008 } as const;

export interface LiveParts extends SessionParts {
  readonly door: Door;
  readonly runs: ServedRuns;
  readonly log: Log;
}

export interface LiveSockets {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** A run was changed: one that was over may go on. */
  reopen(run: string): void;
  close(): void;
}

/** What is shared by all sockets; by name of a run, and the empty name for the list of all. */
interface Shared extends LiveParts {
  readonly updates: Map<string, SharedUpdates>;
}

export function liveSockets(parts: LiveParts): LiveSockets {
  const server = new WebSocketServer({
    ...{ noServer: true, maxPayload: WISH_BYTES_MOST, perMessageDeflate: false, clientTracking: true },
  });
  const shared: Shared = { ...parts, updates: new Map() };
  return {
    upgrade(request, socket, head) {
      socket.on("error", () => socket.destroy());
      try {
        const guest = guestOf(request, parts);
        if (server.clients.size >= SOCKETS_MOST) throw tooMany();
        server.handleUpgrade(request, socket, head, (open) => attend(open, guest, shared));
      } catch (cause) {
        const { status, words } = refusalOf(cause);
        parts.log.info({ status, code: words.code }, "refused a websocket");
        const line = `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}`;
        // Who keeps a refused connection open holds one of the few there are.
        socket.end(`${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
      }
    },
    reopen: (run) => shared.updates.get(run)?.reopen(),
    close() {
      for (const open of server.clients) {
        open.close(CLOSED.goingAway);
        open.terminate();
      }
      for (const updates of shared.updates.values()) updates.close();
      server.close();
    },
  };
}

function guestOf(request: IncomingMessage, parts: LiveParts): Guest | undefined {
  checkHost(request, parts.door);
  if (request.url !== "/api/v1/live") throw notFound("the address", "/api/v1/live");
  const { guest, byCookie } = whoAsks(request, parts);
  checkRole(guest, "viewer");
  checkOrigin(request, parts.door, byCookie);
  return guest;
}

function attend(open: WebSocket, guest: Guest | undefined, shared: Shared): void {
  const looker: Looker = {
    unsent: () => open.bufferedAmount,
    send: (text) => open.send(text, { binary: false }),
    sentAt: -Infinity,
  };
  let looksAt: string | undefined;
  const count = wishCounter();
  open.on("message", (words) => {
    const wanted = readWish(words);
    if (wanted === undefined) return open.close(CLOSED.notUnderstood, "not a wish of this interface");
    if (!count()) return open.close(CLOSED.refused, "too many wishes");
    if (looksAt !== undefined) leave(looksAt, looker, shared);
    looksAt = wanted.want === "run" ? wanted.run : "";
    look(looksAt, looker, shared);
  });
  keepAlive(open, guest);
  open.on("error", () => open.terminate());
  open.on("close", () => {
    if (looksAt !== undefined) leave(looksAt, looker, shared);
  });
}

function look(name: string, looker: Looker, { updates, runs, log }: Shared): void {
  let updating = updates.get(name);
  if (updating === undefined) {
    updating = sharedUpdates(name === "" ? lookedList(runs) : lookedRun(runs, name), log);
    updates.set(name, updating);
  }
  updating.join(looker);
}

function leave(name: string, looker: Looker, { updates }: Shared): void {
  const left = updates.get(name);
  left?.leave(looker);
  if (left?.size() === 0) updates.delete(name);
}

function readWish(words: RawData): Wish | undefined {
  try {
    const read = wish.safeParse(JSON.parse((words as Buffer).toString("utf8")));
    if (!read.success || (read.data.want === "run" && !isRunName(read.data.run))) return undefined;
    return read.data;
  } catch {
    return undefined;
  }
}

/** Whether one more is not too many. */
function wishCounter(): () => boolean {
  let [since, count] = [-Infinity, 0];
  return () => {
    const now = performance.now();
    if (now - since >= 1000) [since, count] = [now, 0];
    count += 1;
    return count <= WISHES_A_SECOND_MOST;
  };
}

const tooMany = (): Refused =>
  new Refused(503, {
    code: "too-many-websockets",
    where: "this server",
    found: `${String(SOCKETS_MOST)} that are open`,
    expected: "fewer",
    hint: "close a page",
  });
