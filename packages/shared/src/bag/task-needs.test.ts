import { expect, test } from "vitest";
import { TroubleError } from "../failures.js";
import { parseBag } from "./parse-bag.js";

const command = (more: string): string => `{"command":"true",${more}}`;

async function* bytesOf(content: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(content);
}

async function troubleOf(content: string): Promise<unknown> {
  try {
    for await (const task of parseBag("bag.jsonl", bytesOf(content))) expect(task.id).not.toBe("");
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

test.each<[string, string, readonly [where: string, hint: string]]>([
  [command('"outputs":"a"'), "bad-value", ["line 1", '"outputs"']],
  [command('"outputs":[7]'), "bad-value", ["line 1", '"outputs"']],
  [command('"outputs":[""]'), "bad-path", ["line 1", "results/7.csv"]],
  [command('"outputs":["."]'), "bad-path", ["line 1", "results/7.csv"]],
  [command('"outputs":["/tmp/a"]'), "bad-path", ["line 1", "cwd"]],
  [command('"outputs":["a/../../b"]'), "bad-path", ["line 1", "cwd"]],
  [command('"outputs":["a\\u0000"]'), "bad-bytes", ["line 1", "take it out"]],
  [command(`"outputs":["${"x".repeat(5000)}"]`), "bad-value", ["line 1", "shorter"]],
  [command(`"outputs":${JSON.stringify(Array(101).fill("a"))}`), "bad-value", ["line 1", "ex"]],
  [command('"cpus":0'), "bad-value", ["line 1", "one slot"]],
  [command('"cpus":"2"'), "bad-value", ["line 1", '"cpus": 2']],
  [command('"cpus":9999'), "bad-value", ["line 1", '"cpus": 2']],
  [command('"memory":2000'), "bad-value", ["line 1", "2GB"]],
  [command('"memory":"2"'), "bare-number", ["line 1", "2MB"]],
  [command('"memory":"0GB"'), "not-positive", ["line 1", "enough"]],
  [`${command('"cpus":2')}\n${command('"cpus":1')}`, "mixed-needs", ["line 2", "two bags"]],
  [`${command('"memory":"1GB"')}\n{"argv":["a"]}`, "mixed-needs", ["line 2", "--memory"]],
  [command('"tags":"a"'), "bad-value", ["line 1", '"tags"']],
  [command('"tags":["a\\n"]'), "bad-tag", ["line 1", '"tags"']],
])("%s is refused", async (content, code, [where, hint]) => {
  expect(await troubleOf(content)).toMatchObject({
    kind: "bad-input",
    code,
    where: `bag.jsonl, ${where}`,
    hint: expect.stringContaining(hint) as string,
  });
});

test("an output's path is kept without steps that say nothing", async () => {
  const outputs: unknown[] = [];
  for await (const task of parseBag("bag.jsonl", bytesOf(command('"outputs":["./a//b/","..c/d"]'))))
    outputs.push(task.outputs);
  expect(outputs).toEqual([["a/b", "..c/d"]]);
});
