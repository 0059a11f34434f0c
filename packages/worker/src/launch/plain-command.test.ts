import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainWords } from "./plain-command.js";

describe("a line that needs no shell", () => {
  test.each([
    ["/bin/true", ["/bin/true"]],
    ["./render --frame 12 a=b", ["./render", "--frame", "12", "a=b"]],
    ["/usr/bin/x   two  blanks", ["/usr/bin/x", "two", "blanks"]],
  ])("%j is its words", (line, words) => expect(plainWords(line)).toEqual(words));

  test.each([
    "true",
    "echo hi",
    "A=/b c",
    "/bin/x > y",
    "/bin/x $Y",
    "/bin/x 'a b'",
    "/bin/x *",
    "/bin/x ~",
    "/bin/x &",
    "/bin/x;y",
    "/bin/x #c",
    "/bin/x {a,b}",
    "/bin/x\ty",
    "/bin/x ",
    " /bin/x",
    "~/x",
    "/bin/x gr\u00fcn",
    "",
  ])("%j is left to the shell", (line) => expect(plainWords(line)).toBeUndefined());

  test("says to its program what it says through a shell", () => {
    const word = fc.string({
      unit: fc.constantFrom(..."aZ9_.,:@%+=/-".split("")),
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const line = ["/usr/bin/printf", "%s.", "-", ...words].join(" ");
        const plain = plainWords(line);
        expect(plain).toBeDefined();
        const [program, ...args] = plain ?? [""];
        expect(execFileSync(program, args)).toEqual(execFileSync("/bin/sh", ["-c", line]));
      }),
      { numRuns: 40 },
    );
  });
});
