/** What bash makes of the script: verbs, options and values that the program has, and no others. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { stintProgram } from "../command-line/program.js";
import { bashScript } from "./bash.js";
import { fishScript } from "./fish.js";
import { wordsOf } from "./words-of.js";
import { zshScript } from "./zsh.js";

const words = wordsOf(stintProgram(() => undefined));

/** What bash offers at the last of these words. */
function offered(...typed: string[]): string[] {
  const script = `${bashScript(words)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const told = execFileSync("bash", ["-c", script, "bash", "stint", ...typed], { encoding: "utf8" });
  return told.split("\n").filter((line) => line !== "");
}

test.each<readonly [readonly string[], readonly string[]]>([
  [["bud"], ["budget"]],
  [
    ["budget", ""],
    ["show", "add", "--help"],
  ],
  [["run", "--cho"], ["--choose"]],
  [
    ["run", "--choose", "fas"],
    ["fastest-20", "fastest"],
  ],
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
