/**
 * Is each import rule able to say no? A small house is built in a temporary folder, one fault is planted for
 * each rule, and the rules are asked once about all of it.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const RULES = join(ROOT, ".dependency-cruiser.cjs");
const CRUISER = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const MASTER = "packages/master/src";
const PLANNER = `${MASTER}/planner`;
const WIRE = `@stint/shared/wire/frames.js`;

/** Modules of the small house that break no rule: path and what it imports. */
const SOUND: readonly (readonly [path: string, ...imports: string[]])[] = [
  ["packages/shared/src/units.ts"],
  ["packages/shared/src/wire/frames.ts", "../units.js"],
  ["packages/worker/src/run-agent.ts", "@stint/shared/units.js", WIRE, "node:fs"],
  [`${PLANNER}/vocabulary/word.ts`, "@stint/shared/units.js"],
  [`${PLANNER}/stats/draw.ts`, "../vocabulary/word.js", "pure-rand"],
  [`${PLANNER}/machines/records.ts`, "../vocabulary/word.js"],
  [`${PLANNER}/tail/copies.ts`, "../machines/records.js", "../stats/draw.js"],
  [`${PLANNER}/report/summary.ts`, "../tail/copies.js"],
  [`${PLANNER}/view.ts`, "./report/summary.js"],
  [`${PLANNER}/check-run.ts`, "./check/laws.js"],
  [`${PLANNER}/check/laws.ts`, "../machines/records.js"],
  [`${MASTER}/drive/ports.ts`, "../planner/view.js"],
  [`${MASTER}/drive/loop.ts`, "./ports.js"],
  [`${MASTER}/simulate/world.ts`, "../drive/loop.js", "../planner/view.js"],
  [`${MASTER}/agents/serve.ts`, "../drive/ports.js", "../planner/machines/records.js", WIRE],
  [`${MASTER}/store/journal.ts`, "../drive/ports.js", "node:fs"],
  [`${MASTER}/console/screen.ts`, "../planner/view.js"],
  ["packages/console/src/page.tsx", "./words.js", "@stint/shared/units.js"],
  ["packages/console/src/words.ts"],
  [`${MASTER}/cli/run.ts`, "../simulate/world.js", "../store/journal.js", "../drive/loop.js"],
  [`${MASTER}/cli/loop.test.ts`, "../drive/loop.js", "@stint/worker/run-agent.js"],
];

/** One planted fault a rule: what is broken, by which file, with which import. */
const FAULTS: readonly (readonly [rule: string, path: string, imported: string])[] = [
  ["no-circle-of-files", `${MASTER}/drive/one.ts`, "./other.js"],
  ["no-circle-of-folders", `packages/shared/src/east/one.ts`, "../west/one.js"],
  ["no-circle-of-folders", `packages/shared/src/west/other.ts`, "../east/other.js"],
  ["no-unresolvable", `${MASTER}/cli/lost.ts`, "./nowhere.js"],
  ["no-undeclared-package", `${MASTER}/cli/undeclared.ts`, "left-out"],
  ["shared-knows-nobody", "packages/shared/src/curious.ts", "@stint/worker/run-agent.js"],
  ["wire-stays-at-the-door", `${MASTER}/store/wired.ts`, WIRE],
  ["worker-knows-no-master", "packages/worker/src/curious.ts", "@stint/master/drive/ports.js"],
  ["master-knows-no-worker", `${MASTER}/cli/curious.ts`, "@stint/worker/run-agent.js"],
  ["page-knows-documents-alone", "packages/console/src/curious.tsx", "@stint/worker/run-agent.js"],
  ["nobody-imports-the-page", `${MASTER}/store/paged.ts`, "@stint/console/words.js"],
  ["cli-imports-the-worker-lazily", `${MASTER}/cli/worker.ts`, "@stint/worker/run-agent.js"],
  ["planner-imports-only-itself", `${PLANNER}/outward.ts`, "../drive/ports.js"],
  ["planner-touches-no-machine", `${PLANNER}/clocked.ts`, "node:perf_hooks"],
  ["planner-uses-arithmetic-only", `${PLANNER}/styled.ts`, "picocolors"],
  ["planner-vocabulary-looks-back", `${PLANNER}/vocabulary/ahead.ts`, "../stats/draw.js"],
  ["planner-stats-looks-back", `${PLANNER}/stats/ahead.ts`, "../money/ahead.js"],
  ["planner-money-looks-back", `${PLANNER}/money/ahead.ts`, "../machines/records.js"],
  ["planner-machines-looks-back", `${PLANNER}/machines/ahead.ts`, "../attempts/ahead.js"],
  ["planner-attempts-looks-back", `${PLANNER}/attempts/ahead.ts`, "../sample/ahead.js"],
  ["planner-sample-looks-back", `${PLANNER}/sample/ahead.ts`, "../estimate/ahead.js"],
  ["planner-estimate-looks-back", `${PLANNER}/estimate/ahead.ts`, "../offer/ahead.js"],
  ["planner-offer-looks-back", `${PLANNER}/offer/ahead.ts`, "../run/ahead.js"],
  ["planner-run-looks-back", `${PLANNER}/run/ahead.ts`, "../reevaluate/ahead.js"],
  ["planner-reevaluate-looks-back", `${PLANNER}/reevaluate/ahead.ts`, "../tail/copies.js"],
  ["planner-tail-looks-back", `${PLANNER}/tail/ahead.ts`, "../report/summary.js"],
  ["planner-report-looks-back", `${PLANNER}/report/ahead.ts`, "../view.js"],
  ["planner-check-shares-no-code", `${PLANNER}/check/lazy.ts`, "../tail/copies.js"],
  ["planner-is-not-built-on-its-check", `${PLANNER}/leaning.ts`, "./check-run.js"],
  ["drive-knows-the-planner-alone", `${MASTER}/drive/curious.ts`, "../store/journal.js"],
  ["simulate-knows-drive-and-planner", `${MASTER}/simulate/real.ts`, "../agents/serve.js"],
  ["provision-stands-behind-the-ports", `${MASTER}/provision/curious.ts`, "../drive/loop.js"],
  ["agents-stands-behind-the-ports", `${MASTER}/agents/curious.ts`, "../planner/tail/copies.js"],
  ["store-stands-behind-the-ports", `${MASTER}/store/curious.ts`, "../agents/serve.js"],
  ["console-stands-behind-the-ports", `${MASTER}/console/curious.ts`, "../planner/stats/draw.js"],
  ["nobody-imports-the-cli", `${MASTER}/agents/backwards.ts`, "../cli/run.js"],
  ["source-imports-no-test", `${MASTER}/cli/tested.ts`, "./loop.test.js"],
];

interface Violation {
  readonly type: string;
  readonly from: string;
  readonly rule: { readonly name: string };
}

let house = "";
let violations: readonly Violation[] = [];

const write = (path: string, imports: readonly string[]): void => {
  const file = join(house, path);
  mkdirSync(dirname(file), { recursive: true });
  // Type imports, where the compiler would leave nothing behind: they count like all others.
  const lines = imports.map((name, place) => `import type * as seen${place} from "${name}";`);
  writeFileSync(file, [...lines, "export const here = 1;", ""].join("\n"));
};

const writePackage = (folder: string, name: string, dependencies: Record<string, string>): void => {
  const exports = { "./*.js": { "@stint/source": "./src/*.ts", default: "./dist/*.js" } };
  const manifest = { name, version: "1.0.0", type: "module", exports, main: "index.js", dependencies };
  mkdirSync(join(house, folder), { recursive: true });
  writeFileSync(join(house, folder, "package.json"), JSON.stringify(manifest));
};

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), "stint-import-rules-"));
  const shared = { "@stint/shared": "1", "@stint/worker": "1", "@stint/master": "1", "@stint/console": "1" };
  writePackage(".", "house", {});
  for (const name of ["shared", "worker", "master", "console"]) {
    writePackage(`packages/${name}`, `@stint/${name}`, { ...shared, "pure-rand": "1", picocolors: "1" });
    mkdirSync(join(house, "node_modules/@stint"), { recursive: true });
    symlinkSync(join(house, "packages", name), join(house, "node_modules/@stint", name));
  }
  for (const name of ["pure-rand", "picocolors", "left-out"]) {
    mkdirSync(join(house, "node_modules", name), { recursive: true });
    writeFileSync(
      join(house, "node_modules", name, "package.json"),
      JSON.stringify({ name, main: "index.js" }),
    );
    writeFileSync(join(house, "node_modules", name, "index.js"), "");
  }
  for (const [path, ...imports] of SOUND) write(path, imports);
  for (const [, path, imported] of FAULTS) write(path, [imported]);
  write(`${MASTER}/drive/other.ts`, ["./one.js"]);
  write("packages/shared/src/west/one.ts", []);
  write("packages/shared/src/east/other.ts", []);
  const told = execFileSync(
    process.execPath,
    [CRUISER, "--config", RULES, "--output-type", "json", "--no-cache", "packages"],
    { cwd: house, maxBuffer: 64 * 1024 * 1024, encoding: "utf8" },
  );
  violations = (JSON.parse(told) as { summary: { violations: Violation[] } }).summary.violations;
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe("each import rule says no to the fault planted for it", () => {
  test.each(FAULTS)("%s is broken by %s", (rule, path) => {
    const from = rule === "no-circle-of-folders" ? dirname(path) : path;
    expect(violations.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule);
  });
});

test("a sound module breaks no rule", () => {
  const sound = new Set(SOUND.map(([path]) => path));
  expect(violations.filter((one) => sound.has(one.from))).toEqual([]);
});

test("no rule is without a planted fault", () => {
  const { forbidden } = createRequire(import.meta.url)(RULES) as { forbidden: readonly { name: string }[] };
  const planted = new Set(FAULTS.map(([rule]) => rule));
  expect(forbidden.map((rule) => rule.name).filter((name) => !planted.has(name))).toEqual([]);
});
