/**
 * A master that carries nothing out: the page's files and its HTTP interface, with documents that the schemas accept.
 * It takes the page's own strictness seriously, as the header that a real one sends.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { history, machines } from "@stint/shared/api/history.js";
import { liveView, offers } from "@stint/shared/api/live-view.js";
import { message, wish, type Wish } from "@stint/shared/api/messages.js";
import { runs, session, submission } from "@stint/shared/api/runs.js";
import { summary } from "@stint/shared/api/summary.js";
import { task, tasksPage, tasksQuery } from "@stint/shared/api/tasks.js";
import type { OfferWord } from "@stint/shared/api/words.js";
import { WebSocketServer, type WebSocket } from "ws";
import { fakeOffers } from "./fake-offers.js";
import { fakeHistory, fakeMachines, fakeSummary } from "./fake-past.js";
import { fakeState, fakeView, type FakeState } from "./fake-run.js";
import { fakeRuns } from "./fake-runs.js";
import { fakeOutput, fakeTask, fakeTasks } from "./fake-tasks.js";

const DIST = join(import.meta.dirname, "../../packages/console/dist");
export const OPERATOR = "o".repeat(43);
export const VIEWER = "v".repeat(43);
const CSP =
  "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; connect-src 'self'";

export interface FakeMaster {
  readonly address: string;
  state: FakeState;
  /** What was asked for by POST, in order. */
  readonly asked: { readonly path: string; readonly body: unknown }[];
  /** Tells every page how it looks now. */
  tell(): void;
  /** Cuts every websocket, as a network does. */
  cut(): void;
  close(): Promise<void>;
}

export async function fakeMaster(over: Partial<FakeState> = {}, port = 0): Promise<FakeMaster> {
  const pages = new Map<WebSocket, Wish>();
  const server = createServer((request, response) => {
    answer(master, request, response).catch((reason: unknown) => {
      response.writeHead(500).end(String(reason));
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (roleOf(request) === undefined) socket.end("HTTP/1.1 401 Unauthorized\r\n\r\n");
    else
      sockets.handleUpgrade(request, socket, head, (page) => {
        pages.set(page, { want: "runs" });
        page.on("close", () => pages.delete(page));
        page.on("message", (data: Buffer) => {
          const wanted = wish.parse(JSON.parse(data.toString()));
          pages.set(page, wanted);
          tellOne(master.state, page, wanted);
        });
      });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const master: FakeMaster = {
    address: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    state: fakeState(over),
    asked: [],
    tell: () => pages.forEach((wanted, page) => tellOne(master.state, page, wanted)),
    cut: () => pages.forEach((_, page) => page.terminate()),
    close: async () => {
      master.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return master;
}

function tellOne(state: FakeState, page: WebSocket, wanted: Wish): void {
  const told =
    wanted.want === "runs"
      ? { kind: "runs", runs: fakeRuns(state) }
      : wanted.run === state.run
        ? { kind: "view", view: fakeView(state) }
        : { kind: "gone", run: wanted.run };
  page.send(JSON.stringify(message.parse(told)));
}

const cookieName = (request: IncomingMessage): string => `stint_session_${String(request.socket.localPort)}`;

function roleOf(request: IncomingMessage): "viewer" | "operator" | undefined {
  const [, token] = new RegExp(`${cookieName(request)}=(\\w+)`, "u").exec(request.headers.cookie ?? "") ?? [];
  return token === OPERATOR ? "operator" : token === VIEWER ? "viewer" : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};

async function answer(master: FakeMaster, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://here");
  if (url.pathname === "/healthz") return void response.writeHead(200).end("ok");
  if (!url.pathname.startsWith("/api/v1/")) return serveFile(url.pathname, response);
  const path = url.pathname.slice("/api/v1".length);
  const body = request.method === "POST" ? await bodyOf(request) : undefined;
  if (path === "/session" && body !== undefined) {
    const { token } = body as { token: string };
    if (token !== OPERATOR && token !== VIEWER) {
      refuse(response, 401);
      return;
    }
    response.setHeader("set-cookie", `${cookieName(request)}=${token}; HttpOnly; SameSite=Strict; Path=/`);
    say(response, session.parse({ schema: 1, role: token === OPERATOR ? "operator" : "viewer" }));
    return;
  }
  const role = roleOf(request);
  if (role === undefined) {
    refuse(response, 401);
    return;
  }
  if (path === "/session") {
    say(response, session.parse({ schema: 1, role }));
    return;
  }
  if (body !== undefined) {
    if (role === "viewer" || request.headers["x-stint"] !== "1") {
      refuse(response, 403);
      return;
    }
    order(master, path, body, response);
    return;
  }
  read(master.state, url, path, response);
}

function read(state: FakeState, url: URL, path: string, response: ServerResponse): void {
  if (path === "/runs") return say(response, runs.parse(fakeRuns(state)));
  const [, run, rest = ""] = /^\/runs\/([^/]+)(?:\/(.*))?$/u.exec(path) ?? [];
  if (run === undefined || decodeURIComponent(run) !== state.run) return refuse(response, 404);
  const query = Object.fromEntries(url.searchParams);
  const [, number, output] = /^tasks\/(\d+)(\/output)?$/u.exec(rest) ?? [];
  if (output !== undefined) return fakeOutput(query, response);
  if (number !== undefined) return say(response, task.parse(fakeTask(state, Number(number))));
  switch (rest) {
    case "":
      return say(response, liveView.parse(fakeView(state)));
    case "history":
      return say(response, history.parse(fakeHistory(state)));
    case "machines":
      return say(
        response,
        machines.parse({ schema: 1, run: state.run, machines: fakeMachines(state), gone_in_all: 2 }),
      );
    case "tasks":
      return say(response, tasksPage.parse(fakeTasks(state, tasksQuery.parse(query))));
    case "report":
      return say(response, summary.parse(fakeSummary(state)));
    case "what-if":
      return say(response, offers.parse(fakeOffers(Number(query["budget"]?.replace("usd", "")))));
    default:
      return refuse(response, 404);
  }
}

function order(master: FakeMaster, path: string, body: unknown, response: ServerResponse): void {
  master.asked.push({ path, body });
  if (path === "/runs") {
    submission.parse(body);
    return say(response, { schema: 1, run: master.state.run }, 201);
  }
  const verb = path.slice(path.lastIndexOf("/") + 1);
  const { offer, add } = body as { offer?: OfferWord; add?: string };
  if (verb === "choose" && offer !== undefined) master.state = { ...master.state, chosen: offer };
  if (verb === "budget" && add !== undefined)
    master.state = { ...master.state, budget: master.state.budget + Number(add.replace("usd", "")) };
  if (verb === "pause" || verb === "resume") master.state = { ...master.state, paused: verb === "pause" };
  say(response, { schema: 1, done: true });
  master.tell();
}

const say = (response: ServerResponse, document: unknown, status = 200): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(document));

const refuse = (response: ServerResponse, status: number): void =>
  say(
    response,
    {
      schema: 1,
      error: { code: "refused", where: "this call", found: "", expected: "something else", hint: "" },
    },
    status,
  );

async function serveFile(path: string, response: ServerResponse): Promise<void> {
  const name = path === "/" ? "index.html" : path.slice(1);
  if (!/^[\w.-]+$/u.test(name)) return void response.writeHead(404).end();
  try {
    const bytes = await readFile(join(DIST, name));
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    response
      .writeHead(200, {
        "content-type": type,
        "content-security-policy": CSP,
        "x-content-type-options": "nosniff",
      })
      .end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}
