/** Who may call the HTTP interface, and from where? Each defence alone: the calls differ from a good one in one thing. */
import { expect, test } from "vitest";
import { FAILED_LOGINS_A_MINUTE_MOST } from "./failed-logins.js";
import { SESSION_SECONDS, doorkeeper } from "./doorkeeper.js";
import { serveConsole } from "./serve-console.js";
import { cookieName } from "./session.js";
import { bearer, RUN, served, TOKENS, WRITES, type Served } from "../../../../../test/console/served.js";
import { fakeRuns } from "../../../../../test/console/fake-runs.js";

const PAUSE = `/api/v1/runs/${RUN}/pause`;
const code = (replied: { json(): unknown }): string =>
  (replied.json() as { error: { code: string } }).error.code;

/** The cookie as a browser would send it back. */
async function signIn(served: Served, token: string): Promise<string> {
  const replied = await served.ask({
    ...{ method: "POST", path: "/api/v1/session", body: { token } },
    headers: { ...WRITES, origin: served.origin },
  });
  expect(replied.status).toBe(200);
  const cookie = replied.headers["set-cookie"]?.[0] ?? "";
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/u);
  return cookie.split(";")[0]!;
}

const pause = (served: Served, headers: Readonly<Record<string, string | undefined>>, method = "POST") =>
  served.ask({
    method,
    path: PAUSE,
    body: {},
    headers: { ...WRITES, ...bearer(TOKENS.operator), ...headers },
  });

test("a good write is carried out, so that what follows differs from it in one thing", async () => {
  const console = await served();
  expect((await pause(console, {})).status).toBe(200);
  expect((await pause(console, { origin: console.origin })).status).toBe(200);
  expect(console.runs.asked).toEqual([`${RUN}: pause`, `${RUN}: pause`]);
});

test("without a token nothing of a run is told", async () => {
  const console = await served();
  for (const path of ["/api/v1/runs", `/api/v1/runs/${RUN}`, "/api/v1/session", `/api/v1/runs/${RUN}/report`])
    expect((await console.ask({ path })).status, path).toBe(401);
  expect((await pause(console, { authorization: undefined })).status).toBe(401);
});

test.each(["x", "A1".repeat(32), "c3".repeat(32), "a1".repeat(31), ""])("%j is no token", async (token) => {
  const console = await served();
  expect((await console.ask({ path: "/api/v1/runs", headers: bearer(token) })).status).toBe(401);
  const body = { token };
  const asked = { method: "POST", path: "/api/v1/session", body, headers: WRITES };
  expect((await console.ask(asked)).status).toBe(401);
});

test("a viewer may look and may not act, with the token as with a session", async () => {
  const console = await served();
  const cookie = await signIn(console, TOKENS.viewer);
  for (const known of [bearer(TOKENS.viewer), { cookie }]) {
    const session = await console.ask({ path: "/api/v1/session", headers: known });
    expect(session.json()).toEqual({ schema: 1, role: "viewer" });
    const { origin } = console;
    const refused = await pause(console, { authorization: undefined, origin, ...known });
    expect([refused.status, code(refused)]).toEqual([403, "viewer-may-not"]);
  }
  expect(console.runs.asked).toEqual([]);
});

test("an operator's session acts, from this server's page alone", async () => {
  const console = await served();
  const cookie = await signIn(console, TOKENS.operator);
  const write = (origin: string | undefined) => pause(console, { authorization: undefined, cookie, origin });
  expect((await write(console.origin)).status).toBe(200);
  // Browsers say where a page came from, with every write.
  expect((await write(undefined)).status).toBe(403);
});

test.each([
  "evil.example",
  "evil.example:{port}",
  "127.0.0.1",
  "127.0.0.1:1",
  "127.0.0.1.evil.example:{port}",
  "localhost:{port}.evil.example",
  "[::1]",
])("a request for the host %s is not for this server", async (host) => {
  const console = await served();
  for (const path of ["/", "/healthz", "/api/v1/runs", "/api/v1/openapi.json"]) {
    const headers = { ...bearer(TOKENS.viewer), host: host.replace("{port}", String(console.port)) };
    const refused = await console.ask({ path, headers });
    expect([refused.status, code(refused)], path).toEqual([403, "wrong-host"]);
  }
});

test.each([
  "https://evil.example",
  "null",
  "http://127.0.0.1",
  "http://127.0.0.1:1",
  "https://127.0.0.1:{port}",
  "http://127.0.0.1:{port}.evil.example",
  "http://evil.example?http://127.0.0.1:{port}",
])("a write from a page of %s is refused, whoever is signed in", async (template) => {
  const console = await served();
  const origin = template.replace("{port}", String(console.port));
  const cookie = await signIn(console, TOKENS.operator);
  for (const known of [{ cookie, authorization: undefined }, {}]) {
    const refused = await pause(console, { ...known, origin });
    expect([refused.status, code(refused)]).toEqual([403, "wrong-origin"]);
  }
  const body = { token: TOKENS.operator };
  const login = { method: "POST", path: "/api/v1/session", body, headers: { ...WRITES, origin } };
  expect((await console.ask(login)).status).toBe(403);
  expect(console.runs.asked).toEqual([]);
});

test.each([
  "application/x-www-form-urlencoded",
  "text/plain",
  "multipart/form-data; boundary=x",
  "application/json-x",
  undefined,
])("what a form of another site can send is not taken: %s", async (type) => {
  const console = await served();
  expect((await pause(console, { "content-type": type })).status).toBe(415);
});

test("a write without the header that only a script of ours sends is refused", async () => {
  const console = await served();
  const refused = await pause(console, { "x-stint": undefined });
  expect([refused.status, code(refused)]).toEqual([403, "header-missing"]);
});

test("no other method than POST changes anything", async () => {
  const console = await served();
  for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]) {
    const refused = await pause(console, {}, method);
    expect([refused.status, refused.headers.allow], method).toEqual([405, "POST"]);
  }
  expect(console.runs.asked).toEqual([]);
});

test("no answer lets a page of another site read it, or run what it did not send", async () => {
  const console = await served();
  for (const path of ["/", "/api/v1/runs", "/healthz", "/nowhere"]) {
    const origin = "https://evil.example";
    const { headers } = await console.ask({ path, headers: { ...bearer(TOKENS.viewer), origin } });
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["content-security-policy"]).toMatch(/^default-src 'self';.*frame-ancestors 'none'$/u);
    expect(headers["content-security-policy"]).not.toContain("unsafe");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" });
    expect(headers).toMatchObject({
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
  }
});

test("what a task printed is a file in a sandbox, whatever it holds", async () => {
  const console = await served();
  const path = `/api/v1/runs/${RUN}/tasks/405/output?stream=stderr&from=3`;
  const { headers, text } = await console.ask({ path, headers: bearer(TOKENS.viewer) });
  expect(text).toMatch(/^<script>/u);
  expect(headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": 'attachment; filename="task-405-stderr.txt"',
    "x-content-type-options": "nosniff",
    ...{ "x-stint-size": "34", "x-stint-open": "true" },
  });
  expect(headers["content-security-policy"]).toMatch(/^sandbox;/u);
});

test("a session ends by itself, with its token, and is not another master's", () => {
  const now = Date.now();
  const ours = doorkeeper(TOKENS);
  const session = ours.openSession("viewer", now);
  expect(ours.ofSession(session, now + (SESSION_SECONDS - 2) * 1000)?.role).toBe("viewer");
  expect(ours.ofSession(session, now + SESSION_SECONDS * 1000)).toBeUndefined();
  expect(doorkeeper({ ...TOKENS, viewer: "d4".repeat(32) }).ofSession(session, now)).toBeUndefined();
  // A viewer cannot make an operator's of it, nor a longer one.
  expect(ours.ofSession(session.replace("viewer", "operator"), now)).toBeUndefined();
  expect(ours.ofSession(session.replace(/\.\d+\./u, ".99999999999."), now)).toBeUndefined();
});

test("the cookies of two masters on one computer do not replace each other", async () => {
  const [one, other] = [await served(), await served()];
  expect(cookieName(one.port)).not.toBe(cookieName(other.port));
  const cookie = await signIn(one, TOKENS.viewer);
  expect((await other.ask({ path: "/api/v1/runs", headers: { cookie } })).status).toBe(401);
});

test("a session outlives a restart of its master", async () => {
  const before = await served();
  const cookie = (await signIn(before, TOKENS.viewer)).split("=")[1]!;
  const after = await served();
  const headers = { cookie: `theme=dark; ${cookieName(after.port)}=${cookie}` };
  expect((await after.ask({ path: "/api/v1/runs", headers })).status).toBe(200);
});

test("too many wrong tokens are answered shortly, and the right one is taken all the same", async () => {
  const console = await served();
  const look = (token: string) => console.ask({ path: "/api/v1/runs", headers: bearer(token) });
  for (let at = 0; at < FAILED_LOGINS_A_MINUTE_MOST; at += 1)
    expect((await look("c3".repeat(32))).status).toBe(401);
  const refused = await look("c3".repeat(32));
  expect(refused.status).toBe(429);
  expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
  expect((await look(TOKENS.viewer)).status).toBe(200);
});

test.each(["0.0.0.0", "::", "192.168.0.2", "example.com", "127.0.0.1.evil.example"])(
  "the address %s is not bound, as there is no TLS",
  async (host) => {
    const options = { runs: fakeRuns(), tokens: TOKENS, host };
    await expect(serveConsole(options)).rejects.toMatchObject({ trouble: { code: "host-not-loopback" } });
  },
);

test.each(["..", ".", "%2e%2e", "a%2Fb", "%00", "%ff", "a b", "x".repeat(201)])(
  "%j names no run",
  async (name) => {
    const console = await served();
    let looked = 0;
    console.runs.find = () => Promise.resolve(void (looked += 1));
    const refused = await console.ask({
      path: `/api/v1/runs/${encodeURI(name).replace(/%25/gu, "%")}`,
      headers: bearer(TOKENS.viewer),
    });
    expect([refused.status, looked]).toEqual([404, 0]);
  },
);
