import { expect, test } from "vitest";
import { nearestWord } from "./nearest-word.js";

const KEYS = ["command", "argv", "cwd", "env", "timeout", "retries", "replicable"];

test.each([
  ["comand", "command"],
  ["cmd", "command"],
  ["timeuot", "timeout"],
  ["TIMEOUT", "timeout"],
  ["evn", "env"],
  ["environment", "env"],
])("%s was meant for %s", (slip, meant) => {
  expect(nearestWord(slip, KEYS)).toBe(meant);
});

test.each(["", "x", "workingdirectory"])("%j was meant for none of them", (word) => {
  expect(nearestWord(word, KEYS)).toBeUndefined();
});

test.each([
  ["maximum", ["max", "minimum"], "max"],
  ["parameters", ["command", "params"], "params"],
  ["fast", ["fastest-20", "fastest"], "fastest"],
])("%s is rather a known word in full than another one misspelt", (word, known, meant) => {
  expect(nearestWord(word, known)).toBe(meant);
});

test("what is far too long for a slip is not compared letter by letter", () => {
  expect(nearestWord("q".repeat(10_000_000), KEYS)).toBeUndefined();
});
