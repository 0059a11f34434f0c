/**
 * `/metrics` for Prometheus, on a port of its own: whoever collects figures need not hold a token, and sees names of runs,
 * counts and money, but no command and nothing that was printed.
 */
import { createServer, type IncomingMessage } from "node:http";
import { collectDefaultMetrics, Registry } from "prom-client";
import { checkHost, doorAt, hostInUrl, loopbackOnly, type Door } from "./door.js";
import { methodNotAllowed } from "./find-operation.js";
import { listenAt } from "./listen-at.js";
import { NO_LOG, type Log } from "./log.js";
import { measuringRuns } from "./measure-runs.js";
import { notFound, refusalOf } from "./refused.js";
import { runMetrics } from "./run-metrics.js";
import type { ServedRuns } from "./runs-port.js";
import { send, sentRefusal, type Sent } from "./send.js";
import type { ServedConsole } from "./serve-console.js";

export interface MetricsOptions {
  readonly runs: ServedRuns;
  /** 0, the default: one that is free. */
  readonly port?: number;
  /** Loopback alone; 127.0.0.1 by default. */
  readonly host?: string;
  readonly log?: Log;
}

export async function serveMetrics(options: MetricsOptions): Promise<ServedConsole> {
  const host = loopbackOnly(options.host ?? "127.0.0.1");
  const { log = NO_LOG } = options;
  const figures = figuresText(options.runs, log);
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 });
  server.maxConnections = 16;
  const port = await listenAt(server, options.port ?? 0, host);
  const door = doorAt(port);
  server.on("request", (request, response) => {
    void answer(request, door, figures)
      .catch((cause: unknown) => {
        const refused = refusalOf(cause);
        if (refused.status === 500) log.error({ err: cause }, "metrics could not be told");
        return sentRefusal(refused);
      })
      .then((sent) => send(response, sent));
  });
  return {
    port,
    url: `http://${hostInUrl(host)}:${String(port)}/metrics`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}

async function answer(request: IncomingMessage, door: Door, figures: () => Promise<string>): Promise<Sent> {
  checkHost(request, door);
  if (request.url !== "/metrics") throw notFound("the address", "/metrics");
  if (request.method !== "GET" && request.method !== "HEAD") throw methodNotAllowed(["GET", "HEAD"]);
  const headers = { "content-type": Registry.PROMETHEUS_CONTENT_TYPE };
  return { status: 200, bytes: await figures(), headers };
}

/** One after another, so that no text is made of two looks. */
function figuresText(runs: ServedRuns, log: Log): () => Promise<string> {
  const measure = measuringRuns(runs, log);
  const metrics = runMetrics();
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  let turn: Promise<unknown> = Promise.resolve();
  const make = async (): Promise<string> => {
    const { list, runs: measured } = await measure();
    metrics.fill(list, measured);
    return `${await metrics.registry.metrics()}${await own.metrics()}`;
  };
  return () => {
    const text = turn.then(make);
    turn = text.catch(() => undefined);
    return text;
  };
}
