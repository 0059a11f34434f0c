/** Folders in folders, and where none can be made. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeFolders } from "./make-folders.js";

const folder = mkdtempSync(join(tmpdir(), "stint-folders-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a folder is made with those above it, for its owner alone where that is asked, and once", () => {
  const path = join(folder, "a", "b", "c");
  expect([makeFolders(path, 0o700), makeFolders(path, 0o700)]).toEqual([true, false]);
  expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o700);
});

test("a file in the way is told", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => makeFolders(join(folder, "file"))).toThrow("EEXIST");
  expect(() => makeFolders(join(folder, "file", "below"))).toThrow(/EEXIST|ENOTDIR/u);
});

test("where the system makes no folders that is told, and not tried for ever", () => {
  expect(() => makeFolders("/proc/stint/runs")).toThrow(/ENOENT|EACCES|EPERM/u);
});
