/**
 * The HTTP interface of a master, its websocket and its page, for this computer alone. It is given the runs as
 * documents, and knows nothing of where they come from.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { acting } from "./acting.js";
import { answerCall, type CallParts } from "./answer-call.js";
import { bodyRoom } from "./body-room.js";
import { checkHost, doorAt, hostInUrl, loopbackOnly } from "./door.js";
import { doorkeeper } from "./doorkeeper.js";
import { failedLogins } from "./failed-logins.js";
import { methodNotAllowed, operationFinder } from "./find-operation.js";
import { listenAt } from "./listen-at.js";
import { liveSockets, type LiveSockets } from "./live-sockets.js";
import { NO_LOG, type Log } from "./log.js";
import { looking } from "./looking.js";
import { openApiOperation } from "./openapi.js";
import type { Operation } from "./operation.js";
import { notFound, Refused, refusalOf } from "./refused.js";
import type { ServedRuns } from "./runs-port.js";
import { send, sentRefusal, type Sent } from "./send.js";
import { sessionOperations } from "./session.js";
import { staticFiles, type StaticFiles } from "./static-files.js";
import type { Tokens } from "./tokens.js";

export interface ConsoleOptions {
  readonly runs: ServedRuns;
  readonly tokens: Tokens;
  /** 0, the default: one that is free. */
  readonly port?: number;
  /** Loopback alone; 127.0.0.1 by default. */
  readonly host?: string;
  /** Where the page was built; absent: there is no page. */
  readonly pages?: string;
  readonly log?: Log;
}

export interface ServedConsole {
  readonly port: number;
  /** Of the page, without a token. */
  readonly url: string;
  close(): Promise<void>;
}

export const CONNECTIONS_MOST = 256;
const TIMES_MS = { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 5_000 };

export async function serveConsole(options: ConsoleOptions): Promise<ServedConsole> {
  const host = loopbackOnly(options.host ?? "127.0.0.1");
  const { runs, log = NO_LOG } = options;
  const files = staticFiles(options.pages);
  const server = createServer({ ...TIMES_MS, connectionsCheckingInterval: 5_000 });
  server.maxConnections = CONNECTIONS_MOST;
  const port = await listenAt(server, options.port ?? 0, host);
  const session = { doorkeeper: doorkeeper(options.tokens), failedLogins: failedLogins(), port };
  const told: Operation[] = [...sessionOperations(session), ...looking(runs), ...acting(runs)];
  const operations = [...told, openApiOperation(told)];
  const parts: CallParts = {
    ...session,
    ...{ door: doorAt(port), find: operationFinder(operations), room: bodyRoom() },
  };
  const sockets = liveSockets({ ...parts, runs, log });
  server.on("request", (request, response) => void answer(request, response, { parts, files, sockets, log }));
  server.on("upgrade", sockets.upgrade);
  return {
    port,
    url: `http://${hostInUrl(host)}:${String(port)}/`,
    close: async () => {
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

interface Answering {
  readonly parts: CallParts;
  readonly files: StaticFiles;
  readonly sockets: LiveSockets;
  readonly log: Log;
}

async function answer(request: IncomingMessage, response: ServerResponse, all: Answering): Promise<void> {
  const began = performance.now();
  let operation: string | undefined;
  let sent: Sent;
  try {
    ({ sent, operation } = await answerOf(request, all));
  } catch (cause) {
    const refused = refusalOf(cause);
    sent = sentRefusal(refused);
    note(all.log, refused, cause);
  }
  send(response, sent);
  const ms = Math.round((performance.now() - began) * 1000) / 1000;
  all.log.debug({ method: request.method, operation, status: sent.status, ms }, "answered");
}

async function answerOf(
  request: IncomingMessage,
  { parts, files, sockets }: Answering,
): Promise<{ sent: Sent; operation: string }> {
  const address = addressOf(request);
  checkHost(request, parts.door);
  if (address.path.startsWith("/api/")) {
    const { changed, ...answered } = await answerCall(request, address, parts);
    if (changed !== undefined) sockets.reopen(changed);
    return answered;
  }
  if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed(["GET", "HEAD"]);
  if (address.path === "/healthz") return { operation: "health", sent: HEALTHY };
  const sent = files(address.path, {
    "accept-encoding": request.headers["accept-encoding"],
    "if-none-match": request.headers["if-none-match"],
  });
  if (sent === undefined) throw notFound("the address", "a file of the page, or /api/v1/…");
  return { operation: "page", sent };
}

const HEALTHY: Sent = {
  status: 200,
  bytes: "ok\n",
  headers: { "content-type": "text/plain; charset=utf-8" },
};

/** An address with a scheme and a host of its own is one for a proxy. */
function addressOf({ url = "" }: IncomingMessage): { readonly path: string; readonly query: string } {
  const [path = "", query = ""] = url.split("?", 2);
  if (path.startsWith("/")) return { path, query };
  const words = {
    code: "bad-address",
    where: "the address",
    found: "no path",
    expected: "one that begins with /",
  };
  throw new Refused(400, { ...words, hint: "" });
}

function note(log: Log, refused: Refused, cause: unknown): void {
  if (refused.status === 500) log.error({ err: cause }, "a call failed by a mistake of ours");
  else log.info({ status: refused.status, code: refused.words.code }, "refused");
}
