/**
 * A bag as JSON Lines: one object a line, with `command` (for a shell) or `argv` (without one), and what else is to
 * hold for that task. Blank lines are skipped.
 */
import type { z } from "zod";
import type { TaskId } from "../ids.js";
import { named, troubleAt, type Misread } from "../misread.js";
import { firstComplaint } from "../schema-trouble.js";
import type { Task, TaskCommand } from "./bag.js";
import { hashKey, HashTable } from "./hash-table.js";
import { JSONL_KEYS, JSONL_TASK, NOT_YET } from "./jsonl-task.js";
import { TaskNames } from "./name-tasks.js";
import { lineOf, linesOf, readBlocks } from "./read-lines.js";

export async function* parseJsonlBag(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  const ids = new IdsOfBag();
  for await (const block of readBlocks(name, bytes)) {
    for (const { text, number } of linesOf(block)) {
      if (text.trim() === "") continue;
      const refuse = (words: Misread): Error => troubleAt(lineOf(name, number), words);
      const { command, argv, id, ...rest } = readObject(text, refuse);
      const what = commandOf(command, argv, refuse);
      yield { id: ids.idFor({ id, what, number, refuse }), command: what, ...rest };
    }
  }
}

type Refuse = (words: Misread) => Error;
type Fields = z.infer<typeof JSONL_TASK>;

function readObject(text: string, refuse: Refuse): Fields {
  const value = parseJson(text, refuse);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse(notAnObject(named(value), Array.isArray(value) ? LIST_HINT : EXAMPLE_HINT));
  }
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

interface ToName {
  readonly id: string | undefined;
  readonly what: TaskCommand;
  readonly number: number;
  readonly refuse: Refuse;
}

class IdsOfBag {
  /** The line of each id. */
  readonly #lines = new HashTable();
  readonly #names = new TaskNames();

  idFor({ id: given, what, number, refuse }: ToName): TaskId {
    const key = given === undefined ? undefined : hashKey(given);
    if (given === undefined || key === undefined) return this.#madeUp(what, number);
    const before = this.#lines.get(key);
    if (before !== 0) throw refuse(sameId(given, before));
    this.#lines.set(key, number);
    return given as TaskId;
  }

  #madeUp(what: TaskCommand, number: number): TaskId {
    const text = what.kind === "shell" ? what.line : JSON.stringify(what.argv);
    for (;;) {
      const id = this.#names.nameOf(text);
      const key = hashKey(id);
      // A task before may have chosen this very id; then the next occurrence's is free.
      if (this.#lines.get(key) !== 0) continue;
      this.#lines.set(key, number);
      return id;
    }
  }
}

const sameId = (id: string, line: number): Misread => ({
  code: "duplicate-id",
  found: `the id ${named(id)}, which line ${String(line)} has already`,
  expected: "an id of its own for each task",
  hint: "change one of the two, or leave ids out: then they are made from the commands",
});
