/** Which pieces does output for a terminal become? */
import { expect, test } from "vitest";
import { PIECES_MOST, piecesOf } from "./terminal-text.js";
import { visible } from "./visible.js";

test.each<[words: string, text: string, pieces: readonly (readonly [text: string, style: string])[]]>([
  ["plain text is one piece", "one\ntwo\tthree", [["one\ntwo\tthree", ""]]],
  [
    "a colour is a class until it is taken back",
    "\u001b[31mred\u001b[0m plain",
    [
      ["red", "fg-1"],
      [" plain", ""],
    ],
  ],
  ["bright colours are those from 8 on", "\u001b[95;102mx", [["x", "fg-13 bg-10"]]],
  [
    "weights add up, and leave one by one",
    "\u001b[1m\u001b[4mx\u001b[22my",
    [
      ["x", "bold underline"],
      ["y", "underline"],
    ],
  ],
  [
    "the first sixteen of 256 colours are known",
    "\u001b[38;5;9mx\u001b[38;5;208my",
    [
      ["x", "fg-9"],
      ["y", ""],
    ],
  ],
  ["true colours are left to the text's own", "\u001b[38;2;1;2;3;1mx", [["x", "bold"]]],
  ["hidden text is not hidden", "\u001b[8mx", [["x", ""]]],
  ["a title is left out with its words", "a\u001b]0;pwned\u0007b", [["ab", ""]]],
  ["a link is its text", "\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", [["link", ""]]],
  ["a command that never ends costs its line alone", "a\u001b]52;c;xxx\nb", [["a\nb", ""]]],
  ["what is cut at the end is left out", "a\u001b[3", [["a", ""]]],
  ["a cursor does not move", "a\u001b[2J\u001b[Hb\u001b[?25lc", [["abc", ""]]],
  ["C1 commands are commands", "\u009b31mx\u009d0;t\u009cy", [["xy", "fg-1"]]],
  [
    "what cannot be seen is written out",
    "a\u0000\u0085\u202eb",
    [
      ["a", ""],
      ["\\x00\\x85\\u{202e}", "unseen"],
      ["b", ""],
    ],
  ],
  ["Windows' ends of lines are ends of lines", "a\r\nb", [["a\nb", ""]]],
  [
    "a lone carriage return shows what it wrote over",
    "10 %\r20 %",
    [
      ["10 %", ""],
      ["\\r\n", "unseen"],
      ["20 %", ""],
    ],
  ],
])("%s", (_, text, pieces) => {
  expect(piecesOf(text).map((piece) => [piece.text, piece.style])).toEqual(pieces);
});

test("no output makes more pieces than a page can bear, and none of it is lost", () => {
  const stripes = Array.from({ length: 20_000 }, (_, place) => `\u001b[3${String(place % 8)}mx\u0001`).join(
    "",
  );
  const pieces = piecesOf(stripes);
  expect(pieces.length).toBeLessThanOrEqual(PIECES_MOST + 1);
  expect(
    pieces
      .map(({ text }) => text)
      .join("")
      .replaceAll("\\x01", "").length,
  ).toBe(20_000);
});

test("a line that is shown without colours has nothing unseen in it", () => {
  expect(visible("\u001b[31mred\u001b[0m \u202egnp.exe")).toBe("red \\u{202e}gnp.exe");
});
