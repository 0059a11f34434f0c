/** What is a person told whose run's folder was damaged, or whose computer has no room for what stint has to say? */
import { execFile } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BIN, newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

describe("a run's folder", () => {
  test("whose run.json is damaged is refused by its name, and so is one without a whole secret", async () => {
    place.write("bag.txt", "true\nfalse\n");
    expect((await place.stint("run", "bag.txt")).code).toBe(1);
    const kept = place.read("runs/latest/run.json");
    for (const damaged of ["{", "{}", "[]", "null", kept.replace(/"retries": \d+/u, '"retries": "x"')]) {
      place.write("runs/latest/run.json", damaged);
      const { code, stderr } = await place.stint("status");
      expect([code, stderr], damaged).toEqual([9, expect.stringContaining("run.json: found something else")]);
    }
    place.write("runs/latest/run.json", kept);
    place.write("runs/latest/run.key", "zz");
    const { code, stderr } = await place.stint("retry", "--failed");
    expect([code, stderr]).toEqual([9, expect.stringContaining("run.key: found no secret")]);
  });
});

test("in which something else lies in a file's place is refused by its name, and nobody waits for a pipe", async () => {
  place.write("bag.txt", "false\n");
  expect((await place.stint("run", "bag.txt")).code).toBe(1);
  for (const name of ["journal", "master.lock", "bag.jsonl", "run.json", "environment.json"])
    for (const make of ["mkdir", "mkfifo"]) {
      const path = join(place.run().path, name);
      renameSync(path, `${path}.kept`);
      await promisify(execFile)(make, [path]);
      for (const words of [["status"], ["doctor", "latest"], ["resume"]]) {
        const { code, stderr } = await place.stint(...words);
        expect([code, stderr], `${make} ${name}, ${words.join(" ")}`).toEqual([
          9,
          expect.stringMatching(new RegExp(`${name}: found a (folder|pipe)[^]*expected: a file`, "u")),
        ]);
        expect(stderr).not.toMatch(/^\s+at /mu);
      }
      rmSync(path, { recursive: true });
      renameSync(`${path}.kept`, path);
    }
  rmSync(join(place.run().path, "run.key"));
  const { code, stderr } = await place.stint("retry", "--failed");
  expect([code, stderr]).toEqual([9, expect.stringMatching(/run\.key: found no such file[^]*from a copy/u)]);
});

test("without whole variables for its tasks is not taken up again, and nothing is rented", async () => {
  place.write("bag.txt", "false\n");
  expect((await place.stint("run", "bag.txt")).code).toBe(1);
  const kept = place.read("runs/latest/environment.json");
  for (const damaged of [undefined, "", "null", "[]", '{"PATH":5}', kept.slice(0, -9)]) {
    if (damaged === undefined) rmSync(join(place.path, "runs/latest/environment.json"));
    else place.write("runs/latest/environment.json", damaged);
    const { code, stderr } = await place.stint("retry", "--failed");
    expect([code, stderr], damaged).toEqual([
      9,
      expect.stringMatching(/environment\.json: found .*\n {2}expected: the variables that the run's tasks/u),
    ]);
  }
  expect(place.run().machines()).toHaveLength(1);
  place.write("runs/latest/environment.json", kept);
  expect((await place.stint("retry", "--failed")).code).toBe(1);
});

test("whose output somebody has removed is taken up again, and what is still to be done is done", async () => {
  place.write("bag.txt", "sleep 0.2; echo a\nsleep 0.2; echo b\nexit 3\n");
  await place.stint("run", "bag.txt");
  rmSync(join(place.path, "runs/latest/out"), { recursive: true });
  const { code, stderr } = await place.stint("retry", "--failed");
  expect([code, stderr]).toEqual([1, expect.stringContaining("exit 3")]);
});

test("a kept bag that somebody has edited is refused, and one that stint made longer is not", async () => {
  place.write("bag.txt", "true 1\nfalse\n");
  expect((await place.stint("run", "bag.txt")).code).toBe(1);
  place.write("bag.txt", "true 1\nfalse\ntrue 2\n");
  expect((await place.stint("resume", "--bag", "bag.txt")).code).toBe(1);
  expect((await place.stint("retry", "--failed")).code).toBe(1);
  const kept = place.read("runs/latest/bag.jsonl");
  place.write("runs/latest/bag.jsonl", kept.replace("true 2", "true 3"));
  const { code, stderr } = await place.stint("retry", "--failed");
  expect([code, stderr]).toEqual([
    9,
    expect.stringContaining("bag.jsonl: found other tasks than stint wrote"),
  ]);
});

test("what a killed process had read of its bag is gone with the next run, and what a living one reads is not", async () => {
  place.write("bag.txt", "true\n");
  const living = `.bag-${String(process.pid)}.jsonl.0123456789ab`;
  mkdirSync(join(place.path, "runs"));
  for (const name of [
    "..bag-4194399.jsonl.0123456789ab",
    ".bag-4194399.jsonl",
    `.${living}`,
    ".bag-mine.jsonl",
  ])
    place.write(`runs/${name}`, "");
  expect((await place.stint("run", "bag.txt")).code).toBe(0);
  const left = readdirSync(join(place.path, "runs")).filter((name) => name.startsWith("."));
  expect(left.sort()).toEqual([`.${living}`, ".bag-mine.jsonl"]);
});

/** @param line for a shell, in which `"$@"` is `stint` */
async function inShell(line: string, ...args: string[]): Promise<{ code: number; stderr: string }> {
  const words = ["-c", line, "sh", process.execPath, BIN, ...args];
  try {
    const { stderr } = await promisify(execFile)("/bin/sh", words, { cwd: place.path });
    return { code: 0, stderr };
  } catch (cause) {
    return cause as { code: number; stderr: string };
  }
}

describe("output that cannot be written", () => {
  beforeEach(() => void place.write("bag.txt", "true\n"));

  test("is trouble of its own, in one clear form, though the run went well", async () => {
    const { code, stderr } = await inShell('exec "$@" >/dev/full', "run", "bag.txt", "--json");
    expect(code, stderr).toBe(9);
    expect(stderr).toMatch(/1 of 1 tasks done/u);
    expect(stderr).toMatch(/standard output: found ENOSPC: no space left on device\n {2}expected: /u);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });

  test("on standard error ends no run", async () => {
    const { code } = await inShell('exec "$@" 2>/dev/full', "run", "bag.txt");
    expect(code).toBe(0);
    expect(place.run().summary().tasks.done).toBe(1);
  });
});

test.each([32, 64])("where %i files may be open the limit is named", async (files) => {
  place.write("bag.txt", "true\n");
  const { code, stderr } = await inShell(`ulimit -n ${String(files)}; exec "$@"`, "run", "bag.txt");
  expect(code, stderr).toBe(9);
  expect(stderr).toMatch(
    /^this shell: found too many open files\n {2}expected: .+\n {2}try: ulimit -n 1024/u,
  );
  expect(stderr).not.toMatch(/^\s+at /mu);
  rmSync(join(place.path, "runs"), { recursive: true, force: true });
});

test("in which another run's journal lies is refused by every verb that reads it", async () => {
  place.write("one.txt", "echo a\necho b\n");
  place.write("other.txt", "echo c\necho d\n");
  expect((await place.stint("run", "one.txt", "--name", "one")).code).toBe(0);
  const one = place.run().path;
  expect((await place.stint("run", "other.txt", "--name", "other")).code).toBe(0);
  copyFileSync(join(place.run().path, "journal"), join(one, "journal"));
  for (const words of [
    ["status", one],
    ["report", one],
    ["doctor", one],
    ["resume", one],
    ["logs", "1", "--run", one],
    ["logs", "-f", "1", "--run", one],
    ["budget", "show", one],
  ]) {
    const { code, stderr } = await place.stint(...words);
    expect([code, stderr], words.join(" ")).toEqual([
      9,
      expect.stringMatching(
        /one\/journal: found the journal of another run: \S+-other\.\w+\n {2}expected: /u,
      ),
    ]);
  }
});

test.each(["cut", "overwritten"])(
  "whose journal's end is %s says how much it drops, and keeps its laws",
  async (how) => {
    place.write(
      "stint.yaml",
      "clusters:\n  here: { provider: local, max: 2, slots: 1, price: 0.36 usd/h, atu: 1s }\n",
    );
    place.write("bag.txt", Array.from({ length: 24 }, (_, task) => `echo ${String(task)}`).join("\n"));
    expect((await place.stint("run", "bag.txt", "--budget", "1usd", "--yes")).code).toBe(0);
    const journal = join(place.run().path, "journal");
    const { bytes, cut } = cutEnd(readFileSync(journal));
    writeFileSync(journal, how === "cut" ? bytes.subarray(0, cut) : bytes.fill(0, cut));
    const before = await place.stint("doctor", "latest");
    expect(before.stdout).toMatch(/all sound; behind them [\d,]+ bytes that are no whole frame/u);
    expect(before.stdout).not.toContain("acknowledged");
    const { code, stderr } = await place.stint("resume", "--yes");
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^[\d,]+ bytes at the journal's end are no whole record/mu),
    ]);
    const after = await place.stint("doctor", "latest");
    expect([after.code, after.stdout]).toEqual([0, expect.stringContaining("laws: all")]);
  },
);

/** Where two thirds of a journal end, within a frame. */
function cutEnd(bytes: Buffer): { bytes: Buffer; cut: number } {
  const mark = Buffer.from([0xff, 0x53, 0x4a, 0xff]);
  return { bytes, cut: bytes.indexOf(mark, Math.floor((bytes.length * 2) / 3)) + 20 };
}
