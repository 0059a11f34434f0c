import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TroubleError, type Trouble } from "../failures.js";
import { ARGUMENT_BYTES_MOST } from "./argument.js";
import type { Task } from "./bag.js";
import { parseBag } from "./parse-bag.js";
import { LINE_BYTES_MOST } from "./read-lines.js";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function parsed(name: string, content: string | Uint8Array, size = 65_536): Promise<Task[]> {
  const tasks: Task[] = [];
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  for await (const task of parseBag(name, inPieces(bytes, size))) tasks.push(task);
  return tasks;
}

async function troubleOf(name: string, content: string | Uint8Array): Promise<Trouble> {
  try {
    await parsed(name, content);
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

const commands = (tasks: readonly Task[]): string[] =>
  tasks.map(({ command }) => (command.kind === "shell" ? command.line : command.argv.join("|")));
const digits = (command: string): string => createHash("sha256").update(command).digest("hex").slice(0, 12);

describe("a text bag", () => {
  test.each([
    ["a line is a command", "echo 1\necho 2\n", ["echo 1", "echo 2"]],
    ["the last line may lack its end", "echo 1\necho 2", ["echo 1", "echo 2"]],
    ["blank lines and comments do not count", "\n \t\n# no\n  # no\necho 1 # yes\n", ["echo 1 # yes"]],
    ["the returns of CRLF are taken off", "echo 1\r\n\r\necho 2\r\n", ["echo 1", "echo 2"]],
    ["a byte order mark is taken off", "\ufeffecho 1\n", ["echo 1"]],
    ["a mark further on is kept", "echo \ufeff\n", ["echo \ufeff"]],
    ["spaces are kept as they are", "  echo  'a  b' \n", ["  echo  'a  b' "]],
    ["braces stay as they are", "awk '{print $1}' {a,b}\n", ["awk '{print $1}' {a,b}"]],
    ["what is not ASCII is kept", "echo 'ä 🎲'\n", ["echo 'ä 🎲'"]],
  ])("%s", async (_, content, expected) => {
    expect(commands(await parsed("bag.txt", content))).toEqual(expected);
  });

  test("an id is made of the command and its occurrence, so that other lines change nothing", async () => {
    const ids = (await parsed("bag", "a\nb\na\n a\na\n")).map(({ id }) => id);
    expect(ids).toEqual([digits("a"), digits("b"), `${digits("a")}-2`, digits(" a"), `${digits("a")}-3`]);
  });

  test("however the bytes come in pieces, the tasks are the same", async () => {
    const line = fc.oneof(
      fc.constantFrom("", "#", "\r", "echo", "echo 🎲", "\ufeff"),
      fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\0\n]/gu, "")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const content = `true\n${lines.join("\n")}`;
        expect(await parsed("-", content, size)).toEqual(await parsed("-", content));
        const kept = content.split("\n").filter((text) => !/^\s*(?:#|$)/u.test(text.replace(/\r$/u, "")));
        expect(commands(await parsed("-", content))).toEqual(kept.map((text) => text.replace(/\r$/u, "")));
      }),
    );
  });
});

describe("a JSONL bag", () => {
  test("a line is an object with a command or an argv, and what holds for that task", async () => {
    const full = {
      command: "render 1",
      id: "tile/1",
      cwd: "data",
      env: { SEED: "7" },
      timeout: "1.5min",
      retries: 2,
      replicable: true,
      outputs: ["out/1.png", "log"],
      cpus: 0.5,
      memory: "2GB",
      tags: ["night"],
      features: { pixels: 4096, codec: "av1" },
    };
    expect(
      await parsed(
        "bag.JSONL",
        `${JSON.stringify(full)}\n\n{"argv":["wc","-l","a b"],"cpus":0.5,"memory":"2000MB"}`,
      ),
    ).toEqual([
      { ...full, command: { kind: "shell", line: "render 1" }, timeout: 90_000_000, memory: 2_000_000_000 },
      {
        id: digits('["wc","-l","a b"]'),
        command: { kind: "argv", argv: ["wc", "-l", "a b"] },
        cpus: 0.5,
        memory: 2_000_000_000,
      },
    ]);
  });

  test("a command has the id that it has in a text bag, unless a task before has chosen just that", async () => {
    const content = `{"command":"a"}\n{"command":"b","id":"${digits("c")}"}\n{"command":"c"}\n{"command":"a"}`;
    const ids = (await parsed("bag.jsonl", content)).map(({ id }) => id);
    expect(ids).toEqual([digits("a"), digits("c"), `${digits("c")}-2`, `${digits("a")}-2`]);
  });
});

const bytes = (...parts: (string | number)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));
const command = (more: string): string => `{"command":"true",${more}}`;

describe("a bad bag is refused with the line, what was found, expected, and what to do", () => {
  test.each<[string, string | Uint8Array, string, readonly [where: string, hint: string]]>([
    ["bag.txt", "", "empty-bag", ["bag.txt", "do not count"]],
    ["bag.txt", "# nothing\n\n", "empty-bag", ["bag.txt", "do not count"]],
    ["bag.jsonl", "\n\n", "empty-bag", ["bag.jsonl", "do not count"]],
    ["bag.json", "[]", "unknown-format", ["bag.json", "jq"]],
    ["bag.txt", bytes("true\necho ", 0xff, "\n"), "bad-bytes", ["bag.txt, line 2", "iconv"]],
    ["bag.txt", bytes("true\necho ", 0, "\ntrue"), "bad-bytes", ["bag.txt, line 2", "right file"]],
    ["bag.txt", bytes(0xff, 0xfe, "e", 0, "c", 0, "h", 0), "bad-bytes", ["bag.txt, line 1", "UTF-16"]],
    ["bag.txt", bytes(0x1f, 0x8b, 8, 0), "bad-bytes", ["bag.txt, line 1", "right file"]],
    ["bag.txt", `true\n${"x".repeat(ARGUMENT_BYTES_MOST + 1)}`, "command-too-long", ["line 2", "script"]],
    ["bag.txt", `true\n${"x".repeat(2 * LINE_BYTES_MOST)}`, "line-too-long", ["line 2", "into a file"]],
    ["bag.jsonl", "{}", "missing-key", ["bag.jsonl, line 1", '"argv"']],
    ["bag.jsonl", '\n{"id":"a"}', "missing-key", ["bag.jsonl, line 2", '"argv"']],
    ["bag.jsonl", command('"argv":["a"]'), "two-commands", ["line 1", '"argv"']],
    ["bag.jsonl", '{"command":"  "}', "bad-value", ["line 1", "say what to run"]],
    ["bag.jsonl", '{"command":"a","command":"b"}', "repeated-key", ["line 1", "meant"]],
    ["bag.jsonl", command('"env":{"A":"1","A":"2"}'), "repeated-key", ["line 1", "meant"]],
    ["bag.jsonl", '{"command":7}', "bad-value", ["line 1", '"command"']],
    ["bag.jsonl", '{"command":["a"]}', "bad-value", ["line 1", '"command"']],
    ["bag.jsonl", '{"command":null}', "bad-value", ["line 1", '"command"']],
    ["bag.jsonl", '{"command":"a\\u0000b"}', "bad-bytes", ["line 1", "take it out"]],
    ["bag.jsonl", '{"command":"a\\ud800"}', "bad-bytes", ["line 1", "character"]],
    ["bag.jsonl", '{"argv":"a"}', "bad-value", ["line 1", '"argv"']],
    ["bag.jsonl", '{"argv":[]}', "bad-value", ["line 1", '"argv"']],
    ["bag.jsonl", '{"argv":[""]}', "bad-value", ["line 1", '"argv"']],
    ["bag.jsonl", '{"argv":["a",5]}', "bad-value", ["line 1", "quotes"]],
    ["bag.jsonl", '{"cmd":"a"}', "unknown-key", ["line 1", '"command"']],
    ["bag.jsonl", command('"timout":"9s"'), "unknown-key", ["line 1", '"timeout"']],
    ["bag.jsonl", command('"__proto__":{}'), "unknown-key", ["line 1", "known"]],
    ["bag.jsonl", command('"timeout":9'), "bad-value", ["line 1", "90s"]],
    ["bag.jsonl", command('"timeout":"9"'), "bare-number", ["line 1", "9s"]],
    ["bag.jsonl", command('"timeout":"0s"'), "not-positive", ["line 1", "units"]],
    ["bag.jsonl", command('"retries":"2"'), "bad-value", ["line 1", '"retries": 2']],
    ["bag.jsonl", command('"retries":-1'), "bad-value", ["line 1", "one attempt"]],
    ["bag.jsonl", command('"retries":1.5'), "bad-value", ["line 1", '"retries": 2']],
    ["bag.jsonl", command('"retries":1e9'), "bad-value", ["line 1", '"retries": 2']],
    ["bag.jsonl", command('"replicable":"yes"'), "bad-value", ["line 1", "true"]],
    ["bag.jsonl", command('"id":7'), "bad-value", ["line 1", '"7"']],
    ["bag.jsonl", command('"id":""'), "bad-id", ["line 1", "leave the id out"]],
    ["bag.jsonl", command('"id":"a\\nb"'), "bad-id", ["line 1", "leave the id out"]],
    ["bag.jsonl", command(`"id":"${"x".repeat(600)}"`), "bad-id", ["line 1", "leave the id out"]],
    [
      "bag.jsonl",
      `${command('"id":"a"')}\n\n${command('"id":"a"')}`,
      "duplicate-id",
      ["line 3", "change one"],
    ],
    ["bag.jsonl", command('"cwd":""'), "bad-value", ["line 1", "submitted"]],
    ["bag.jsonl", command('"cwd":7'), "bad-value", ["line 1", '"cwd"']],
    ["bag.jsonl", command('"env":["A=1"]'), "bad-value", ["line 1", '"env"']],
    ["bag.jsonl", command('"env":{"A":1}'), "bad-value", ["line 1", "quotes"]],
    ["bag.jsonl", command('"env":{"":"1"}'), "bad-name", ["line 1", '"env"']],
    ["bag.jsonl", command('"env":{"A=B":"1"}'), "bad-name", ["line 1", '"env"']],
    ["bag.jsonl", command('"env":{"STINT_SLOT":"1"}'), "reserved-name", ["line 1", "MY_SLOT"]],
    [
      "bag.jsonl",
      command(`"env":{"A":"${"x".repeat(ARGUMENT_BYTES_MOST)}"}`),
      "command-too-long",
      ["line 1", "script"],
    ],
    ["bag.jsonl", command('"features":7'), "bad-value", ["line 1", '"features"']],
    ["bag.jsonl", command('"features":{"a":[]}'), "bad-value", ["line 1", '"features"']],
    ["bag.jsonl", command('"features":{"a":1e999}'), "bad-value", ["line 1", '"features"']],
    ["bag.jsonl", command('"inputs":[]'), "not-yet", ["line 1", "files"]],
    ["bag.jsonl", command('"after":"a"'), "not-yet", ["line 1", "one bag after the other"]],
    ["bag.jsonl", "echo 1", "not-an-object", ["line 1", "*.txt"]],
    ["bag.jsonl", "# hi", "not-an-object", ["line 1", "comments"]],
    ["bag.jsonl", "{\n}", "not-an-object", ["line 1", "one line"]],
    ["bag.jsonl", '{"command":"a",}', "not-an-object", ["line 1", "for example"]],
    ["bag.jsonl", '[{"command":"a"}]', "not-an-object", ["line 1", "jq"]],
    ["bag.jsonl", '"a"', "not-an-object", ["line 1", "for example"]],
    ["bag.jsonl", "null", "not-an-object", ["line 1", "for example"]],
  ])("%s: %s", async (name, content, code, [where, hint]) => {
    const trouble = await troubleOf(name, content);
    expect(trouble).toMatchObject({ kind: "bad-input", code });
    expect(trouble.where).toContain(where);
    expect(trouble.hint).toContain(hint);
    expect(trouble.found).not.toBe("");
    expect(trouble.expected).not.toBe("");
  });

  test("of two tasks with one id both lines are named", async () => {
    const trouble = await troubleOf("bag.jsonl", `${command('"id":"a"')}\n\n${command('"id":"a"')}`);
    expect(trouble.where).toContain("line 3");
    expect(trouble.found).toContain("line 1");
  });
});

const nearTask = fc
  .dictionary(
    fc.constantFrom(
      "command",
      "argv",
      "id",
      "cwd",
      "env",
      "timeout",
      "retries",
      "features",
      "inputs",
      "outputs",
      "cpus",
      "memory",
      "tags",
      "x",
      "__proto__",
    ),
    fc.oneof(fc.jsonValue(), fc.constantFrom("10s", "true", ["a"], { A: "1" })),
    { noNullPrototype: true },
  )
  .map((value) => JSON.stringify(value));

test("whatever the bytes, a bag is read or refused with trouble that can be shown", async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw)),
    fc
      .array(fc.oneof(nearTask, fc.json(), fc.string({ unit: "binary" })))
      .map((lines) => Buffer.from(lines.join("\n"))),
  );
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom("bag", "bag.jsonl"), fc.nat(20), async (raw, name, size) => {
      try {
        const tasks = await parsed(name, raw, size + 1);
        expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
      } catch (cause) {
        expect(cause).toBeInstanceOf(TroubleError);
        expect((cause as TroubleError).message.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 1_000 },
  );
});
