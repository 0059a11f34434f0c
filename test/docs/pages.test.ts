/** Are the pages true to the tree? Their links lead somewhere, and ARCHITECTURE.md names the rooms that are there. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n");

test("every link of a page leads to a file that is there", () => {
  const broken = FILES.filter((file) => file.endsWith(".md") && existsSync(join(ROOT, file))).flatMap(
    (page) =>
      [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\((?!https?:)([^)#\s]+)/gu)]
        .map(([, target = ""]) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test("ARCHITECTURE.md names every folder of the sources, and none that is not there", () => {
  const page = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
  const folders = new Set(
    FILES.filter((file) => /^(?:packages\/[^/]+\/src|test)\/.*\.ts$/u.test(file)).map(dirname),
  );
  const rooms = [...folders].filter((folder) => !/\/(?:src|gen\/.*|local)$|^test$/u.test(folder));
  const steps = new Set(FILES.flatMap((file) => dirname(file).split("/")));
  const named = [...page.matchAll(/(?<=^|[\s`(/])([a-z][a-z-]*)\/(?=[\s`)]|$)/gmu)].map(
    ([, name = ""]) => name,
  );
  expect(rooms.filter((room) => !new RegExp(`\\b${lastOf(room)}\\b`, "u").test(page))).toEqual([]);
  expect(named.filter((name) => !steps.has(name) && !MADE.includes(name))).toEqual([]);
});

/** Folders of a run. */
const MADE = ["submitted", "out", "agents", "runs"];
const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
