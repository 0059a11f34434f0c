import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { parseJsonlBag } from "./parse-jsonl.js";
import { isDeeperThan } from "./nesting.js";

const nested = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

test.each([
  [0, "1", false],
  [0, "[]", true],
  [3, nested(3), false],
  [3, nested(4), true],
  [3, '{"a":{"b":[{}]}}', true],
])("is deeper than %i levels: %s", (levels, text, deeper) => {
  expect(isDeeperThan(JSON.parse(text), levels)).toBe(deeper);
});

test("a line nested deeper than any stack is refused in one clear sentence", async () => {
  const line = `{"command":"true","features":${nested(100_000)}}`;
  const reading = parseJsonlBag("bag.jsonl", Readable.from([Buffer.from(line)])).next();
  await expect(reading).rejects.toMatchObject({
    trouble: { found: expect.stringContaining("100 deep") as string },
  });
});
