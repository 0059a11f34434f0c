import { expect, test } from "vitest";
import { foldWords } from "../../console/terminal/printable.js";
import { fittedText, helpCells } from "./help-width.js";

test("help is as wide as the terminal, 80 columns where none is known, and never wider than can be read", () => {
  expect([helpCells(), helpCells(60), helpCells(300)]).toEqual([79, 59, 99]);
});

test("a line too long goes on below its last column, at a space, with every word whole", () => {
  const page =
    "Usage: x\n  --far <file>  one two three four\n  stint run a/long/path/that/fits/no/line/of/it --yes";
  expect(fittedText(page, 32).split("\n")).toEqual([
    "Usage: x",
    "  --far <file>  one two three",
    "                four",
    "  stint run",
    "  a/long/path/that/fits/no/line/of/it",
    "  --yes",
  ]);
});

test("a word wider than a line is left whole, where words are folded and not cut", () => {
  expect(foldWords("to runs/2026-01-02T03-04-05-bag now", 12)).toEqual([
    "to",
    "runs/2026-01-02T03-04-05-bag",
    "now",
  ]);
});
