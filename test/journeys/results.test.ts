/** Results where they were asked for: a folder a task, a line a task, also when the master changes midway. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BIN, newPlace, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const BAG = "echo one; echo warned >&2\nexit 3\nhead -c 100000 /dev/zero | tr '\\0' x\n";
const lines = (): unknown[] =>
  place
    .read("all.jsonl")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

test("--results has a folder a task, --results-jsonl a line a task, its long output told by its place", async () => {
  place.write("bag.txt", BAG);
  const { code } = await place.stint(
    ...[
      "run",
      "bag.txt",
      "--yes",
      "--retries",
      "1",
      "--results",
      "kept/here",
      "--results-jsonl",
      "all.jsonl",
    ],
  );
  expect(code).toBe(1);
  expect(readdirSync(join(place.path, "kept/here")).sort()).toEqual(["1", "2", "3"]);
  const of = (task: number): string[] =>
    ["stdout", "stderr", "seq", "exitval"].map((name) => place.read(`kept/here/${task}/${name}`));
  expect(of(1)).toEqual(["one\n", "warned\n", "1\n", "0\n"]);
  expect(of(2)).toEqual(["", "", "2\n", "3\n"]);
  expect(of(3)).toEqual(["x".repeat(100_000), "", "3\n", "0\n"]);
  expect(lines().length).toBe(3);
  expect(lines()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ number: 1, outcome: "done", stdout: "one\n", stderr: "warned\n" }),
      expect.objectContaining({ number: 2, attempt: 2, outcome: "failed", exit_code: 3, stdout: "" }),
      expect.objectContaining({
        number: 3,
        stdout: null,
        stdout_at: expect.objectContaining({ from: 0, bytes: 100_000 }) as unknown,
      }),
    ]),
  );
});

test("standard output holds the lines of the results or the one document, never both", async () => {
  place.write("bag.txt", "echo one\n");
  const both = await place.stint("run", "bag.txt", "--results-jsonl", "/dev/stdout", "--json");
  expect(both.code).toBe(2);
  expect(JSON.parse(both.stdout)).toMatchObject({ error: { code: "options-conflict" } });
  expect(existsSync(join(place.path, "runs"))).toBe(false);
  // Into a pipe of a shell, as those of a child of Node.js are sockets, which nobody can open by a name.
  const script = `"$0" "$1" run bag.txt --results-jsonl /dev/stdout | cat`;
  const shell = spawnSync("/bin/sh", ["-c", script, process.execPath, BIN], { cwd: place.path });
  expect(JSON.parse(shell.stdout.toString())).toMatchObject({ number: 1, stdout: "one\n" });
  const again = await place.stint("resume", "--json");
  expect([again.code, JSON.parse(again.stdout)]).toEqual([
    2,
    { schema: 1, error: expect.objectContaining({ code: "options-conflict" }) as unknown },
  ]);
});

test("results that a killed master has not written are written by resume, without being asked again", async () => {
  place.write("bag.txt", "echo one\nuntil test -e go; do sleep 0.05; done; echo two\n");
  const asked = ["--results", "kept", "--results-jsonl", "all.jsonl"];
  const called = place.call("run", "bag.txt", "--yes", ...asked);
  await until(() => existsSync(join(place.path, "kept/1/attempt")), "the first result is there");
  called.child.kill("SIGKILL");
  await called.ended;
  rmSync(join(place.path, "kept/1"), { recursive: true });
  writeFileSync(join(place.path, "go"), "");
  expect((await place.stint("resume")).code).toBe(0);
  expect(["1", "2"].map((task) => place.read(`kept/${task}/stdout`))).toEqual(["one\n", "two\n"]);
  expect(lines()).toMatchObject([{ number: 1 }, { number: 2 }]);
});

test("a bag that fits nowhere is refused with the numbers, and nothing is left behind", async () => {
  place.write("bag.jsonl", '{"command":"true","cpus":4,"memory":"3GB"}\n');
  place.write("stint.yaml", "clusters:\n  a: { provider: local, cpus: 2, memory: 8GB }\n");
  const { code, stderr } = await place.stint("run", "bag.jsonl", "--yes");
  expect(code).toBe(3);
  expect(stderr).toContain("tasks that need 4 cores and 3 GB each, where a has 2 cores and 8 GB");
  expect(existsSync(join(place.path, "runs"))).toBe(false);
});

test("needs decide how many tasks run at once", async () => {
  place.write("bag.txt", "ls\n".repeat(6));
  place.write(
    "stint.yaml",
    "clusters:\n  a: { provider: local, cpus: 8, memory: 8GB }\n  b: { provider: local, cpus: 1 }\n",
  );
  const { code, stderr } = await place.stint("run", "bag.txt", "--yes", "--cpus", "2", "--memory", "3GB");
  expect([code, stderr]).toEqual([0, expect.stringContaining("b has 1 core and")]);
  const { slots } = JSON.parse(place.read("runs/latest/agents/a-1/config.json")) as { slots: number };
  expect(slots).toBe(2);
});
