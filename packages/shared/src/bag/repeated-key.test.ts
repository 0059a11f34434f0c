/** A key that stands twice in one object is found, and nothing else is taken for one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { repeatedKey } from "./repeated-key.js";

const found = (line: string): string | undefined => repeatedKey(line, JSON.parse(line));

test.each([
  ['{"a":1,"a":2}', "a"],
  ['{"a":1,"b":{"c":1,"c":"x"}}', "c"],
  ['{"a" : "x", "\\u0061" : "y"}', "a"],
  ['[{"a":[{"q\\"":1,"q\\"":2}]}]', 'q"'],
  ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ['{"a":{"a":1},"b":{"a":1}}', undefined],
  ['{"a":"\\"a\\":1","b":"\\\\"}', undefined],
  ['["a","a"]', undefined],
])("%s", (line, key) => {
  expect(found(line)).toBe(key);
});

test("whatever a value is, as it is written once no key of it is repeated", () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(4), (json, spaces) => {
      const line = JSON.stringify(JSON.parse(json), undefined, spaces);
      expect(found(line)).toBeUndefined();
    }),
  );
});
