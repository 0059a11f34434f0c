/** Does the reference say what the program says? */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REFERENCE, referenceText } from "./reference.js";

test("docs/reference.md is what the program says of itself; npm run docs:reference writes it anew", () => {
  expect(readFileSync(REFERENCE, "utf8")).toBe(referenceText());
});
