/**
 * A bag as JSON Lines: one object a line, with `command` (for a shell) or `argv` (without one), and what else is to
 * hold for that task. Blank lines are skipped.
 */
import type * as z from "zod";
import { named, troubleAt, type Misread } from "../misread.js";
import { firstComplaint } from "../schema-trouble.js";
import type { Task, TaskCommand } from "./bag.js";
import { IdsOfBag, type Refuse } from "./ids-of-bag.js";
import { JSONL_KEYS, JSONL_TASK, NOT_YET } from "./jsonl-task.js";
import { OneNeed } from "./one-need.js";
import { isDeeperThan, NESTING_MOST } from "./nesting.js";
import { repeatedKey } from "./repeated-key.js";
import { lineOf, linesOf, readBlocks } from "./read-lines.js";

export async function* parseJsonlBag(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  const ids = new IdsOfBag("line");
  const needs = new OneNeed();
  for await (const block of readBlocks(name, bytes)) {
    for (const { text, number } of linesOf(block)) {
      if (text.trim() === "") continue;
      const refuse = (words: Misread): Error => troubleAt(lineOf(name, number), words);
      const { command, argv, id, ...rest } = readObject(text, refuse);
      const what = commandOf(command, argv, refuse);
      const mixed = needs.unlikeFirst(rest, `line ${String(number)}`);
      if (mixed !== undefined) throw refuse(mixed);
      yield { id: ids.idFor({ id, command: what, number, refuse }), command: what, ...rest };
    }
  }
}

const tooDeep = (): Misread => ({
  code: "too-deep",
  found: `lists and objects nested more than ${String(NESTING_MOST)} deep`,
  expected: "one object with the keys of a task",
  hint: EXAMPLE_HINT,
});

type Fields = z.infer<typeof JSONL_TASK>;

function readObject(text: string, refuse: Refuse): Fields {
  const value = parseJson(text, refuse);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse(notAnObject(named(value), Array.isArray(value) ? LIST_HINT : EXAMPLE_HINT));
  }
  // Each level takes two characters, so that most lines need no look.
  if (text.length > 2 * NESTING_MOST && isDeeperThan(value, NESTING_MOST)) throw refuse(tooDeep());
  const twice = repeatedKey(text, value);
  if (twice !== undefined) throw refuse(keyTwice(twice));
  for (const [key, hint] of Object.entries(NOT_YET)) {
    if (Object.hasOwn(value, key)) throw refuse(notYet(key, hint));
  }
  const read = JSONL_TASK.safeParse(value);
  if (read.success) return read.data;
  throw refuse(firstComplaint(read.error, value, JSONL_KEYS).misread);
}

function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refuse(notAnObject(`no JSON: ${named(text.trim())}`, hintFor(text.trim())));
  }
}

const EXAMPLE_HINT = 'for example {"command": "render --frame 7", "timeout": "90s"}';
const LIST_HINT = "for a list of objects: jq -c '.[]' bag.json > bag.jsonl";

function hintFor(text: string): string {
  if (text.startsWith("#")) return "remove it: only text bags (*.txt) have comments";
  if (text.startsWith("[")) return LIST_HINT;
  if (text === "{" || /^\{[^}]*$/u.test(text))
    return "an object stands on one line: jq -c . bag.json > bag.jsonl";
  return text.startsWith("{") ? EXAMPLE_HINT : "for shell commands, one a line, name the file *.txt";
}

const notAnObject = (found: string, hint: string): Misread => ({
  code: "not-an-object",
  found,
  expected: "one JSON object",
  hint,
});

const keyTwice = (key: string): Misread => ({
  code: "repeated-key",
  found: `the key ${named(key)} twice`,
  expected: "each key once",
  hint: "keep the one that is meant",
});

const notYet = (key: string, hint: string): Misread => ({
  code: "not-yet",
  found: `the key ${named(key)}`,
  expected: `one of: ${JSONL_KEYS.join(", ")}`,
  hint: `not yet: ${hint}`,
});

function commandOf(command: Fields["command"], argv: Fields["argv"], refuse: Refuse): TaskCommand {
  if (command !== undefined && argv === undefined) return { kind: "shell", line: command };
  if (argv !== undefined && command === undefined) return { kind: "argv", argv };
  throw refuse({
    code: command === undefined ? "missing-key" : "two-commands",
    found: command === undefined ? "neither command nor argv" : "both command and argv",
    expected: "what to run: a command for /bin/sh, or an argv without a shell",
    hint: '{"command": "wc -l a.txt"} or {"argv": ["wc", "-l", "a.txt"]}',
  });
}
