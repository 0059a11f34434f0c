/** Is the end of a run told, when it can be; and is nothing held up or given away when it cannot? */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { NO_LOG } from "./log.js";
import { tellEnded, TRIES_MOST, webhookUrl } from "./webhook.js";
import { someSummary, someView } from "../../../../../test/console/documents.js";

interface Heard {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A listener that answers with these statuses, the last one from then on. */
async function listener(...statuses: readonly number[]) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      heard.push({ headers: request.headers, body });
      const status = statuses[Math.min(heard.length, statuses.length) - 1]!;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  return { heard, url: webhookUrl(`http://127.0.0.1:${String(port)}/hook?key=hidden`, "--webhook") };
}

const summary = someSummary(someView("one"));
const wait = () => Promise.resolve();

test("the end of a run is told once, with its receipt and without what its tasks printed", async () => {
  const { heard, url } = await listener(204);
  expect(await tellEnded(summary, { url, log: NO_LOG, wait })).toBe("told");
  expect(heard).toHaveLength(1);
  const { event, summary: told } = JSON.parse(heard[0]!.body) as { event: string; summary: typeof summary };
  expect([event, told.run, told.spent_usd, told.failures?.[0]?.count]).toEqual(["run-ended", "one", 0.5, 3]);
  expect(heard[0]!.body).not.toContain("hunter2");
  expect(heard[0]!.headers["content-type"]).toBe("application/json");
});

test("a listener in trouble is told again, as the same delivery", async () => {
  const { heard, url } = await listener(503, 429, 200);
  expect(await tellEnded(summary, { url, log: NO_LOG, wait })).toBe("told");
  expect(heard).toHaveLength(3);
  expect(new Set(heard.map(({ headers }) => headers["x-stint-delivery"])).size).toBe(1);
});

test.each([
  [400, 1],
  [404, 1],
  // To where nobody chose nothing is sent.
  [302, 1],
  [500, TRIES_MOST],
])("a listener that answers %d is told %d times, and given up", async (status, times) => {
  const { heard, url } = await listener(status);
  expect(await tellEnded(summary, { url, log: NO_LOG, wait })).toBe("given-up");
  expect(heard).toHaveLength(times);
});

test("where nobody listens it is given up in the end, and the log has no secret of the address", async () => {
  const lines: string[] = [];
  const log = {
    ...NO_LOG,
    warn: (fields: object, words: string) => lines.push(JSON.stringify(fields) + words),
  };
  const url = webhookUrl("http://127.0.0.1:9/path-secret?key=hidden", "--webhook");
  expect(await tellEnded(summary, { url, log, wait })).toBe("given-up");
  expect(lines).toHaveLength(TRIES_MOST);
  expect(lines.join()).not.toMatch(/secret|hidden/u);
});

test.each([
  "http://example.org/",
  "ftp://example.org",
  "https://me:pass@example.org/",
  "example.org",
  "",
  "file:///etc/passwd",
  "http://127.0.0.1.example.org/",
])("%j is no address for it", (text) => {
  expect(() => webhookUrl(text, "--webhook")).toThrow("an address that begins with https://");
});

test.each(["https://example.org/x", "http://localhost:8080/", "http://[::1]:80/x"])("%s is one", (text) => {
  expect(webhookUrl(text, "--webhook").href).toBe(new URL(text).href);
});
