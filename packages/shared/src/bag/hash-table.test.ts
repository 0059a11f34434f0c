import fc from "fast-check";
import { expect, test } from "vitest";
import { hashKey, HashTable, type HashKey } from "./hash-table.js";

test("holds what a map holds, also where many keys want one place", () => {
  // Few first words, so that places are taken and the table grows around them.
  const key: fc.Arbitrary<HashKey> = fc.record({
    first: fc.constantFrom(0, 1, 1023, 1024, 0xffff_ffff),
    second: fc.nat(3),
    third: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 0xffff_ffff }))), (entries) => {
      const table = new HashTable();
      const map = new Map<string, number>();
      for (const [at, value] of entries) {
        const text = JSON.stringify([at.first, at.second, at.third]);
        expect(table.get(at)).toBe(map.get(text) ?? 0);
        table.set(at, value);
        map.set(text, value);
      }
      for (const [at] of entries) {
        expect(table.get(at)).toBe(map.get(JSON.stringify([at.first, at.second, at.third])));
      }
    }),
  );
});

test("keeps every one of many ids when it grows", () => {
  const table = new HashTable();
  for (let number = 1; number <= 20_000; number += 1) table.set(hashKey(String(number)), number);
  for (let number = 1; number <= 20_000; number += 1) expect(table.get(hashKey(String(number)))).toBe(number);
  expect(table.get(hashKey("0"))).toBe(0);
});
