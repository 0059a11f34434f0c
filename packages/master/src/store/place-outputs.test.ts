import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { placeOutputs } from "./place-outputs.js";

let folder = "";
let staging = "";
let base = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-place-"));
  staging = join(folder, "staging");
  base = join(folder, "base");
  mkdirSync(base);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(root: string, path: string, content: string): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}
const read = (path: string): string => readFileSync(join(base, path), "utf8");

describe("outputs", () => {
  test("come into their places, their folders are made, and the attempt's own folder goes", async () => {
    write(staging, "a/b/c.csv", "1");
    const inode = statSync(write(staging, "d", "2")).ino;
    write(staging, "scratch", "not declared");
    expect(await placeOutputs(staging, base, ["a/b/c.csv", "d"])).toBeUndefined();
    expect([read("a/b/c.csv"), read("d")]).toEqual(["1", "2"]);
    // Renamed, not copied: nobody ever sees half of it.
    expect(statSync(join(base, "d")).ino).toBe(inode);
    expect([existsSync(staging), existsSync(join(base, "scratch"))]).toEqual([false, false]);
  });

  test("replace files, and folders gain files and lose none", async () => {
    write(base, "run/old", "old");
    write(base, "run/both", "old");
    write(staging, "run/both", "new");
    write(staging, "run/deep/new", "new");
    expect(await placeOutputs(staging, base, ["run"])).toBeUndefined();
    expect(["run/old", "run/both", "run/deep/new"].map(read)).toEqual(["old", "new", "new"]);
  });

  test("that were moved before a crash are left, and the rest is moved", async () => {
    write(base, "a", "moved before");
    write(staging, "b", "2");
    expect(await placeOutputs(staging, base, ["a", "b"])).toBeUndefined();
    expect([read("a"), read("b")]).toEqual(["moved before", "2"]);
  });

  test("never leave the tree through a link, nor replace a folder by a file", async () => {
    const outside = join(folder, "outside");
    mkdirSync(outside);
    symlinkSync(outside, join(base, "link"));
    write(staging, "link/x", "1");
    expect(await placeOutputs(staging, base, ["link/x"])).toMatch(/would leave .* through the link/u);
    expect(existsSync(join(outside, "x"))).toBe(false);
    mkdirSync(join(base, "data"));
    write(staging, "data", "1");
    expect(await placeOutputs(staging, base, ["data"])).toMatch(/a folder is in its place/u);
    symlinkSync(write(folder, "secret", "s"), join(staging, "stolen"));
    expect(await placeOutputs(staging, base, ["stolen"])).toMatch(/a link is neither/u);
    expect(existsSync(join(base, "stolen"))).toBe(false);
  });

  test("replace a link by a file, and leave what it points to", async () => {
    const outside = write(folder, "outside", "kept");
    symlinkSync(outside, join(base, "x"));
    write(staging, "x", "1");
    expect(await placeOutputs(staging, base, ["x"])).toBeUndefined();
    expect([read("x"), readFileSync(outside, "utf8")]).toEqual(["1", "kept"]);
  });
});

test.runIf(existsSync("/dev/shm"))("outputs come over from another file system whole", async () => {
  const elsewhere = mkdtempSync("/dev/shm/stint-place-");
  try {
    write(elsewhere, "run/a", "1");
    write(elsewhere, "b", "2");
    expect(await placeOutputs(elsewhere, base, ["run", "b"])).toBeUndefined();
    expect([read("run/a"), read("b"), String(existsSync(elsewhere))]).toEqual(["1", "2", "false"]);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});
