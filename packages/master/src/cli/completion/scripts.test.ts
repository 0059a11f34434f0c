/** What bash makes of the script: verbs, options and values that the program has, and no others. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { stintProgram } from "../command-line/program.js";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { wordsOf } from "./words-of.js";
import { zshScript } from "./zsh.js";

const words = wordsOf(stintProgram(() => undefined));

const place = mkdtempSync(join(tmpdir(), "stint-completion-"));
mkdirSync(join(place, "runs", "2026-01-02T03-04-05-bag"), { recursive: true });
symlinkSync("2026-01-02T03-04-05-bag", join(place, "runs", "latest"));
afterAll(() => rmSync(place, { recursive: true }));

/** What bash offers at the last of these words. */
function offered(...typed: string[]): string[] {
  const script = `${bashScript(words)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const told = execFileSync("bash", ["-c", script, "bash", "stint", ...typed], {
    encoding: "utf8",
    cwd: place,
  });
  return told.split("\n").filter((line) => line !== "");
}

test.each<readonly [readonly string[], readonly string[]]>([
  [["bud"], ["budget"]],
  [
    ["budget", ""],
    ["show", "add"],
  ],
  [["budget", "-"], ["--help"]],
  [["run", ""], []],
  [["run", "--js"], ["--json"]],
  [["resume", "2026-01"], ["2026-01-02T03-04-05-bag"]],
  [
    ["budget", "add", "1usd", ""],
    ["2026-01-02T03-04-05-bag", "latest"],
  ],
  [["logs", "1", "--run", "la"], ["latest"]],
  [["schema", "su"], ["summary"]],
  [["run", "--cho"], ["--choose"]],
  [
    ["run", "--choose", "fas"],
    ["fastest-20", "fastest"],
  ],
  [
    ["run", "--choose", "=", "ch"],
    ["cheapest", "cheapest+20"],
  ],
  [
    ["run", "--choose", "="],
    ["cheapest", "cheapest+20", "fastest-20", "fastest"],
  ],
  [["run", "--choose=fastest-"], ["--choose=fastest-20"]],
  [["completion", "f"], ["fish"]],
  [["run", "--clusters", ""], []],
  [["explain", "mach"], ["machine"]],
])("after %j bash offers %j", (typed, expected) => {
  expect(offered(...typed)).toEqual(expected);
});

test("every verb and every option stands in each script", () => {
  const all = words.flatMap(({ verbs, options }) => [...verbs, ...options.map(({ word }) => word.slice(2))]);
  for (const script of [bashScript(words), zshScript(words), fishScript(words)])
    expect(all.filter((word) => !script.includes(word))).toEqual([]);
});
