/** Does one run's trouble stay its own, whatever its folder or its process comes to? */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { NO_LOG } from "../../console/web/log.js";
import { homeAt, type Home } from "./home.js";
import { openHub, type Hub } from "./hub.js";

let home: Home;
let hub: Hub | undefined;
beforeEach(() => {
  home = homeAt(mkdtempSync(join(tmpdir(), "stint-hub-")));
  mkdirSync(home.runs);
});
afterEach(() => {
  hub?.close();
  rmSync(home.path, { recursive: true });
});

/** @param script what a run's process does: `$1` is its folder */
const open = (script: string): Hub => {
  const program = { command: "/bin/sh", args: ["-c", script] };
  return (hub = openHub({ home, cwd: home.path, program, log: NO_LOG }));
};
const bag = { file_name: "bag.txt", text: "true\n" };

const TROUBLES = [
  ["a refusal that is half there", 'echo "{" > "$1/submitted/refused.json"; exit 9'],
  ["an order that is half there", 'echo "{" > "$1/submitted/order.json"; exit 9'],
  ["a log that is a folder", 'rm "$1/master.log"; mkdir "$1/master.log"; exit 9'],
  ["a lock that is a folder", 'mkdir "$1/master.lock"; exit 9'],
] as const;

test.each(TROUBLES)("%s ends no master, this one or the next", { timeout: 20_000 }, async (_, script) => {
  const first = open(script);
  const run = await first.submit({ bag, budget: "1usd" });
  const isUnreachable = async (at: Hub): Promise<void> =>
    vi.waitFor(async () => expect((await at.list()).runs[0]?.phase).toBe("unreachable"), 10_000);
  await isUnreachable(first);
  first.close();
  const second = open(script);
  await isUnreachable(second);
  expect((await second.list()).reserved_usd).toBe(1);
  if (script.includes("master.lock")) return;
  await (await second.find(run))?.cancel("now");
  expect(await second.list()).toMatchObject({
    reserved_usd: 0,
    runs: [{ phase: "ended", state: "stopped" }],
  });
});

test("of a run whose folder is gone before it was heard of, the budget stays reserved", async () => {
  const hub = open('rm -r "$1"; exit 9');
  const run = await hub.submit({ bag, budget: "1usd" });
  await vi.waitFor(async () => expect((await hub.list()).runs[0]?.phase).toBe("unreachable"), 10_000);
  const found = await hub.find(run);
  await expect(found?.cancel("now")).rejects.toThrow("what it has spent is not known");
  await expect(found?.resume()).rejects.toThrow("no folder");
  expect((await hub.list()).reserved_usd).toBe(1);
});

test("a file is no folder in which commands run, and nothing of the submission stays", async () => {
  const hub = open("exit 9");
  const cwd = join(home.path, "file");
  writeFileSync(cwd, "");
  await expect(hub.submit({ bag, cwd })).rejects.toMatchObject({ trouble: { code: "no-such-folder" } });
  expect((await hub.list()).runs).toEqual([]);
});
