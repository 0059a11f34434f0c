import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { TroubleError } from "@stint/shared/failures.js";
import { afterAll, expect, test } from "vitest";
import { readBag } from "./read-bag.js";

const folder = mkdtempSync(join(tmpdir(), "stint-read-bag-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commandsOf = async (path: string, input?: AsyncIterable<Uint8Array>): Promise<unknown[]> => {
  const commands: unknown[] = [];
  for await (const { command } of readBag(path, undefined, input))
    commands.push(command.kind === "shell" ? command.line : command.argv);
  return commands;
};

test("a bag is a file whose name says its format", async () => {
  writeFileSync(join(folder, "bag"), "echo 1\n");
  writeFileSync(join(folder, "bag.jsonl"), '{"argv":["a"]}\n');
  expect(await commandsOf(join(folder, "bag"))).toEqual(["echo 1"]);
  expect(await commandsOf(join(folder, "bag.jsonl"))).toEqual([["a"]]);
});

test("a dash is standard input, as text", async () => {
  expect(await commandsOf("-", Readable.from([Buffer.from("echo 1\n")]))).toEqual(["echo 1"]);
});

test("standard input that is a folder is bad input", async () => {
  const input = createReadStream(folder);
  await expect(commandsOf("-", input)).rejects.toMatchObject({
    trouble: { kind: "bad-input", where: "standard input", found: "a folder" },
  });
});

test.each([
  ["none.txt", "file-unusable", "no such file"],
  [".", "file-unusable", "a folder"],
  ["none.yaml", "file-unusable", "no such file"],
  ["none\0.txt", "file-unusable", "file"],
])("%j is no bag", async (name, code, found) => {
  const act = async (): Promise<unknown> => commandsOf(join(folder, name));
  const cause = await act().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(cause instanceof TroubleError)) throw new Error("there was no trouble", { cause });
  expect(cause.trouble).toMatchObject({ kind: "bad-input", code });
  expect(cause.trouble.found).toContain(found);
});
