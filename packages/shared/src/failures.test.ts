/** How trouble reads on a screen. */
import { expect, test } from "vitest";
import { troubleText } from "./failures.js";

test("nothing in a name of a file reaches the terminal as a control character", () => {
  const words = { kind: "usage", code: "any", expected: "a bag", hint: "name another" } as const;
  const text = troubleText({ ...words, where: "\u001b[31mred\u0007\u009b", found: "a\tb\rc" });
  expect(text).toBe("\\x1b[31mred\\x07\\x9b: found a\\x09b\\x0dc\n  expected: a bag\n  try: name another");
});
