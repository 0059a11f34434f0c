import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText, readBraces, shellText, type Braces, type Inputs } from "./braces.js";
import { product } from "./rows.js";
import { placesInQuotes } from "./shell-quotes.js";
import { shellWord } from "./shell-word.js";

const FRAMES: Inputs = { count: 2, names: ["frame", "lens.x"] };

function read(text: string, inputs = FRAMES): Braces {
  const braces = readBraces(text, inputs);
  if (!braces.ok) throw new Error(JSON.stringify(braces.failure));
  return braces.value;
}

test.each([
  ["{frame} {lens.x}", "'7 a.b' c/d.e"],
  ["{frame.} {lens.x/} {lens.x//} {lens.x/.} {lens.x.}", "'7 a' d.e c d c/d"],
  ["{1} {2/} {-1.} {-2}", "'7 a.b' d.e c/d '7 a.b'"],
  ["{} {.} x{/}y", "'7 a.b' c/d.e '7 a' c/d x'7 a.b' d.ey"],
  ["{#} {%}", "3 ${STINT_SLOT}"],
  [
    "{Frame} {frame } {lens} {a,b} {print $1} {1..3} {{}",
    "{Frame} {frame } {lens} {a,b} {print $1} {1..3} {'7 a.b' c/d.e",
  ],
  ["{{frame}}", "{'7 a.b'}"],
  ["", ""],
])("%j is %j in a shell", (text, expected) => {
  expect(shellText(read(text), ["7 a.b", "c/d.e"], 3)).toBe(expected);
});

test("without a shell values are put in as they are", () => {
  expect(plainText(read("{frame}-{#}/{lens.x}"), ["a b'", ""], 3)).toBe("a b'-3/");
});

test("values are not read again", () => {
  expect(shellText(read("{2} {1}"), ["{2}", "{frame}"], 1)).toBe("'{frame}' '{2}'");
});

test.each([
  ["{3}", "no-such-input"],
  ["{0}", "no-such-input"],
  ["{-3.}", "no-such-input"],
  ["{= s/a/b/ =}", "not-yet"],
  ["{=1 uc =}", "not-yet"],
])("%j is refused as %s", (text, code) => {
  expect(readBraces(text, FRAMES)).toMatchObject({ ok: false, failure: { code } });
});

test("whatever the text, a shell reads the word as just that text", () => {
  const text = fc.string({ unit: "grapheme" }).map((one) => one.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      const line = `printf '%s\\0' ${texts.map(shellWord).join(" ")}`;
      const printed = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" });
      expect(printed.split("\0").slice(0, -1)).toEqual(texts);
    }),
    { numRuns: 30 },
  );
});

test("whatever the text and the names, what is no brace of the template stays as it is", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "{",
      "}",
      "{}",
      "{.}",
      "{1}",
      "{frame}",
      "{a,b}",
      "{=",
      "=}",
      "{#}",
      "{-1//}",
      "{a.}",
      "'",
      "$(",
    ),
  );
  const name = fc.constantFrom("frame", "a", "a.", "$", "^x]", "(", "lens/");
  fc.assert(
    fc.property(
      fc.array(piece).map((all) => all.join("")),
      fc.uniqueArray(name),
      (text, names) => {
        const braces = readBraces(text, { count: names.length, names });
        if (!braces.ok) {
          expect(braces.failure.hint).not.toBe("");
          return;
        }
        const again = braces.value.map((part) => {
          if (part.kind === "text") return part.text;
          return part.kind === "input" ? part.brace : part.kind === "number" ? "{#}" : "{%}";
        });
        expect(again.join("")).toBe(text);
      },
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  ["echo @ '@' \"@\" @", [false, true, true, false]],
  ['echo "$(cat @)" @', [false, false]],
  ['echo "$(cat \'@\' "@")@"', [true, true, true]],
  ['echo "`cat @`@"', [false, true]],
  ["echo it\\'s @ \\\"@", [false, false]],
  ['echo "\\"@" (a; @) ) @', [true, false, false]],
  ["echo '\\' @", [false]],
])("in %j these places lie within quotes: %j", (line, expected) => {
  const places = [...line.matchAll(/@/gu)].map(({ index }) => index);
  const quoted = placesInQuotes(line, places);
  expect(places.map((place) => quoted.has(place))).toEqual(expected);
});

test("rows are every combination, the last list the fastest", async () => {
  const rows: string[] = [];
  for await (const row of product(
    [["1"], ["2"]],
    [
      [
        ["a", "A"],
        ["b", "B"],
      ],
      [["x"], ["y"]],
    ],
  ))
    rows.push(row.join(""));
  expect(rows).toEqual(["1aAx", "1aAy", "1bBx", "1bBy", "2aAx", "2aAy", "2bBx", "2bBy"]);
});

test("a list without a row makes no combination", async () => {
  for await (const row of product([["1"]], [[["a"]], []])) expect(row).toBe("none");
});
