import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeAtomically } from "./write-atomically.js";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-write-"));
  path = join(folder, "summary.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a file has the new content and the mode asked for, and nothing lies beside it", () => {
  writeFileSync(path, "old");
  writeAtomically(path, "new", 0o600);
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["summary.json"]);
});

test("a file that cannot be replaced stays, nothing lies beside it, and the trouble names it", () => {
  mkdirSync(join(path, "inside"), { recursive: true });
  expect(() => writeAtomically(path, "new")).toThrow(`${path}: found`);
  expect(readdirSync(folder)).toEqual(["summary.json"]);
});

test("what is no file stays what it is, and is written to; what a link names is replaced, not the link", () => {
  const pipe = join(folder, "pipe");
  spawnSync("mkfifo", [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  writeAtomically(pipe, "new");
  expect(readFileSync(reader, "utf8")).toBe("new");
  closeSync(reader);
  expect(statSync(pipe).isFIFO()).toBe(true);
  const link = join(folder, "link");
  symlinkSync(path, link);
  writeFileSync(path, "old");
  writeAtomically(link, "new");
  expect(readlinkSync(link)).toBe(path);
  expect(readFileSync(path, "utf8")).toBe("new");
});

test("a reader never sees half of a file", async () => {
  const [small, large] = ["1".repeat(10), "2".repeat(300_000)];
  writeAtomically(path, small);
  const reader = new Worker(
    `const { readFileSync } = require("node:fs");
     const { parentPort, workerData } = require("node:worker_threads");
     let ended = false; const seen = new Set(); parentPort.once("message", () => (ended = true));
     const look = () => {
       for (let round = 0; round < 20; round += 1) { const text = readFileSync(workerData, "utf8"); seen.add(text.length + text[0] + text.at(-1)); }
       if (ended) { parentPort.postMessage([...seen]); parentPort.close(); } else setImmediate(look);
     };
     parentPort.postMessage("begun"); look();`,
    { eval: true, workerData: path },
  );
  await once(reader, "message");
  for (let round = 0; round < 30; round += 1) writeAtomically(path, round % 2 === 0 ? large : small);
  const seen = once(reader, "message") as Promise<[string[]]>;
  reader.postMessage("end");
  expect(new Set(["1011", "30000022", ...(await seen)[0]])).toEqual(new Set(["1011", "30000022"]));
});
