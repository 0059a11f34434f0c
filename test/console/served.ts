/** A console that is served from fakes, and what calls it as a page or a program would. */
import { request, type RequestOptions, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";
import { serveConsole, type ConsoleOptions } from "../../packages/master/src/console/web/serve-console.js";
import type { Tokens } from "../../packages/master/src/console/web/tokens.js";
import { fakeRuns, type FakeRuns } from "./fake-runs.js";

export const TOKENS: Tokens = { viewer: "a1".repeat(32), operator: "b2".repeat(32) };
export const RUN = "2026-01-02-bag";

export interface Served {
  readonly port: number;
  readonly origin: string;
  readonly runs: FakeRuns;
  readonly ask: (asked: Asked) => Promise<Replied>;
}

export interface Asked {
  readonly method?: string;
  readonly path: string;
  /** A header that is undefined is not sent. */
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: unknown;
}

export interface Replied {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  readonly json: () => unknown;
}

export async function served(options: Partial<ConsoleOptions> = {}): Promise<Served> {
  const runs = fakeRuns(RUN, "other");
  const console = await serveConsole({ runs, tokens: TOKENS, ...options });
  onTestFinished(() => console.close());
  const { port } = console;
  return { port, origin: `http://127.0.0.1:${String(port)}`, runs, ask: (asked) => ask(port, asked) };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** What a program sends with a write. */
export const WRITES = { "content-type": "application/json", "x-stint": "1" } as const;

export function ask(port: number, { method = "GET", path, headers = {}, body }: Asked): Promise<Replied> {
  const bytes =
    body === undefined ? undefined : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const length = bytes === undefined ? {} : { "content-length": String(bytes.length) };
  const all: OutgoingHttpHeaders = { ...length, host: `127.0.0.1:${String(port)}`, ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((replied, failed) => {
    const options: RequestOptions = { host: "127.0.0.1", port, method, path, headers: sent, agent: false };
    const asking = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const all = Buffer.concat(parts);
        const text = all.toString("utf8");
        const { statusCode = 0 } = response;
        replied({
          status: statusCode,
          headers: response.headers,
          bytes: all,
          text,
          json: () => JSON.parse(text) as unknown,
        });
      });
    });
    asking.on("error", failed);
    asking.end(bytes);
  });
}
