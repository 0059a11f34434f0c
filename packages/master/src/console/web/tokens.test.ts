/** Are a master's tokens its user's alone? */
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isToken, keepTokens, tokenFile } from "./tokens.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "stint-tokens-"))));
afterEach(() => rmSync(folder, { recursive: true }));

test("tokens are made once, differ, and are readable to their owner alone", () => {
  const tokens = keepTokens(folder);
  expect(isToken(tokens.viewer) && isToken(tokens.operator)).toBe(true);
  expect(tokens.viewer).not.toBe(tokens.operator);
  expect(keepTokens(folder)).toEqual(tokens);
  for (const role of ["viewer", "operator"] as const) {
    expect(statSync(tokenFile(folder, role)).mode & 0o777).toBe(0o600);
    expect(readFileSync(tokenFile(folder, role), "utf8")).toBe(`${tokens[role]}\n`);
  }
});

test("a token that others could have read or written is refused", () => {
  keepTokens(folder);
  const file = tokenFile(folder, "operator");
  chmodSync(file, 0o640);
  expect(() => keepTokens(folder)).toThrow("others can read");
  chmodSync(file, 0o600);
  renameSync(file, join(folder, "elsewhere"));
  symlinkSync(join(folder, "elsewhere"), file);
  expect(() => keepTokens(folder)).toThrow("cannot be opened");
});

test("a file that holds no token is refused, and not taken for one", () => {
  keepTokens(folder);
  writeFileSync(tokenFile(folder, "viewer"), "\n");
  expect(() => keepTokens(folder)).toThrow("without a token");
});
