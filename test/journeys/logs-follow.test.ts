/** `stint logs -f`: what a task prints while it prints it, to the end of its attempt; who follows changes nothing. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BIN, newPlace, until, type Called, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const hears = (call: Called): (() => string) => {
  let heard = "";
  call.child.stdout?.on("data", (text: string) => (heard += text));
  return () => heard;
};
/** Nothing before the run's folder is there. */
const look = (at: () => boolean): boolean => {
  try {
    return at();
  } catch {
    return false;
  }
};
const outputs = (): readonly string[] => place.run().outputs();
/** Goes on when the test says so. */
const waitFor = (name: string): string => `while [ ! -e ${name} ]; do sleep 0.05; done`;
const allow = (name: string): void => writeFileSync(join(place.path, name), "");

test("shows each stream as it grows, harmless, until the attempt has ended, and says how it ended", async () => {
  place.write(
    "bag.txt",
    `echo one; ${waitFor("go-on")}; printf '\\033]0;owned\\007'; printf 'warned\\033[2J' >&2; ${waitFor("end")}; exit 3\n`,
  );
  const run = place.call("run", "bag.txt");
  await until(() => look(() => outputs().includes("1.1.stdout")), "the task");
  const follow = place.call("logs", "--follow", "1");
  const heard = hears(follow);
  await until(() => heard() === "one\n", "its first line");
  allow("go-on");
  await until(() => heard() === "one\n\\x1b]0;owned\\x07" && follow.said() === "warned\\x1b[2J", "the rest");
  allow("end");
  expect(await follow.ended).toMatchObject({
    code: 0,
    stderr: "warned\\x1b[2J\nattempt 1 of task 1 has ended (exit code 3)\n",
  });
  expect((await run.ended).code).toBe(1);
  const errors = await place.stint("logs", "-f", "1", "--stderr", "--raw");
  expect(errors).toMatchObject({ code: 0, stdout: "warned\u001b[2J" });
});

test("waits for a task that has not been started, and says so", async () => {
  place.write("stint.yaml", "clusters:\n  here: { provider: local, max: 1, slots: 1 }\n");
  place.write("bag.txt", `${waitFor("go-on")}; echo $STINT_TASK_INDEX\n`.repeat(2));
  const run = place.call("run", "bag.txt");
  await until(() => look(() => outputs().some((name) => name.endsWith(".stdout"))), "the first task");
  const waits = outputs().includes("1.1.stdout") ? "2" : "1";
  const follow = place.call("logs", "-f", waits);
  await until(
    () => follow.said().includes(`task ${waits} has not been started yet; waiting for it\n`),
    "words",
  );
  allow("go-on");
  expect(await follow.ended).toMatchObject({ code: 0, stdout: `${waits}\n` });
  await run.ended;
});

test("Ctrl-C leaves the following without a word, and the run goes on", async () => {
  place.write("bag.txt", `echo one; ${waitFor("end")}\n`);
  const run = place.call("run", "bag.txt");
  await until(() => look(() => outputs().includes("1.1.stdout")), "the task");
  const follow = place.call("logs", "-f", "1");
  const heard = hears(follow);
  await until(() => heard() === "one\n", "its first line");
  follow.child.kill("SIGINT");
  expect(await follow.ended).toEqual({ code: 130, signal: null, stdout: "one\n", stderr: "" });
  allow("end");
  expect((await run.ended).code).toBe(0);
});

test("ends where nobody is at work on the run, with what has been printed", async () => {
  place.write("bag.txt", `echo one; ${waitFor("end")}\n`);
  const run = place.call("run", "bag.txt");
  await until(() => look(() => outputs().includes("1.1.stdout")), "the task");
  const follow = place.call("logs", "-f", "1");
  const heard = hears(follow);
  await until(() => heard() === "one\n", "its first line");
  run.child.kill("SIGKILL");
  const { code, stderr } = await follow.ended;
  expect([code, stderr]).toEqual([
    0,
    "attempt 1 of task 1 had not ended when nobody was at work on the run any more: stint resume\n",
  ]);
  allow("end");
  expect((await place.stint("resume")).code).toBe(0);
});

test("finds what was packed before it looked", async () => {
  place.write("bag.txt", `echo one; echo more >&2\n${waitFor("end")}\n`);
  const run = place.call("run", "bag.txt");
  await until(() => look(() => place.run().joblog().length > 0), "the first task");
  const out = join(place.run().path, "out");
  for (const stream of ["stdout", "stderr"]) rmSync(join(out, `1.1.${stream}`));
  writeFileSync(join(out, "here-1.pack"), "one\nmore\n");
  writeFileSync(join(out, "here-1.packed"), "\n1.1 0 4 5\n");
  expect(await place.stint("logs", "-f", "1")).toMatchObject({
    stdout: "one\n",
    stderr: "more\nattempt 1 of task 1 has ended (exit code 0)\n",
  });
  allow("end");
  await run.ended;
});

test("ends when its reader goes away, at the next word of the task", async () => {
  place.write("bag.txt", `echo one; ${waitFor("go-on")}; echo two; ${waitFor("end")}\n`);
  const run = place.call("run", "bag.txt");
  await until(() => look(() => outputs().includes("1.1.stdout")), "the task");
  const shell = spawn("sh", ["-c", `"$0" "$1" logs -f 1 | head -n 1`, process.execPath, BIN], {
    cwd: place.path,
  });
  const closed = new Promise((resolve) => shell.on("close", resolve));
  await new Promise((resolve) => shell.stdout.once("data", resolve));
  allow("go-on");
  await closed;
  allow("end");
  expect((await run.ended).code).toBe(0);
});
