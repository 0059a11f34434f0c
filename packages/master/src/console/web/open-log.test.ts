/** Is the log a JSON object a line, for its owner alone, and without a token? */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLog } from "./open-log.js";
import { bearer, RUN, served, TOKENS, WRITES } from "../../../../../test/console/served.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "stint-log-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("what is said stands on a line of its own, whatever is in it", () => {
  const file = join(folder, "log");
  const log = openLog({ file });
  log.info({ run: 'a\n{"level":"error","msg":"forged"}' }, "told\nin words");
  log.debug({}, "not at this level");
  log.close();
  const lines = linesOf(file);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: "info", msg: "told\nin words", pid: process.pid });
  expect(lines[0]!["time"]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/u);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("no token gets into the log, whichever way it comes", async () => {
  const file = join(folder, "log");
  const log = openLog({ file, level: "debug" });
  const { ask } = await served({ log });
  const { viewer, operator } = TOKENS;
  await ask({ method: "POST", path: "/api/v1/session", headers: WRITES, body: { token: viewer } });
  await ask({ path: "/api/v1/runs", headers: bearer(operator) });
  await ask({ path: `/api/v1/runs?token=${viewer}`, headers: { cookie: `stint=${operator}` } });
  await ask({ path: `/api/v1/runs/${viewer}`, headers: bearer(operator) });
  await ask({ path: `/api/v1/runs/${RUN}/tasks?search=${operator}`, headers: bearer(viewer) });
  log.info({ token: viewer, headers: { cookie: operator }, deep: { authorization: operator } }, "by mistake");
  log.close();
  const text = readFileSync(file, "utf8");
  expect(linesOf(file).filter(({ msg }) => msg === "answered")).toHaveLength(5);
  expect(text).not.toContain(viewer);
  expect(text).not.toContain(operator);
});
