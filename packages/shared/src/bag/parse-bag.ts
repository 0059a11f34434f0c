/**
 * The tasks of a bag, one after the other as its bytes come: by its name it is text or JSONL. A bad line is trouble
 * that names it; what was handed out before is then worth nothing.
 */
import { troubleAt, type Misread } from "../misread.js";
import type { Task } from "./bag.js";
import { parseJsonlBag } from "./parse-jsonl.js";
import { parseTextBag } from "./parse-text.js";

export const TASKS_MOST = 10_000_000;

type Parser = (name: string, bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<Task>;

/** @param name its path, or what else to call it; the suffix says the format, text where it says none */
export async function* parseBag(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  const parse = parserFor(name);
  const refuse = (words: Misread): Error => troubleAt({ kind: "bad-input", where: name }, words);
  let size = 0;
  for await (const task of parse(name, bytes)) {
    size += 1;
    if (size > TASKS_MOST) throw refuse(TOO_MANY);
    yield task;
  }
  if (size === 0) throw refuse(EMPTY);
}

/** Trouble for a format that is not read. */
export function parserFor(name: string): Parser {
  const suffix = /\.[^./\\]+$/u.exec(name.toLowerCase())?.[0] ?? "";
  const refused = REFUSED[suffix];
  if (refused !== undefined) throw troubleAt({ kind: "bad-input", where: name }, refused);
  return suffix === ".jsonl" ? parseJsonlBag : parseTextBag;
}

const TEMPLATE: Misread = {
  code: "not-yet",
  found: "a YAML bag",
  expected: "a text bag (*.txt), or one JSON object a line (*.jsonl)",
  hint: "not yet: templates with parameters; write the commands out, one a line",
};
const REFUSED: Readonly<Record<string, Misread>> = {
  ".yaml": TEMPLATE,
  ".yml": TEMPLATE,
  ".json": {
    code: "unknown-format",
    found: "a JSON file",
    expected: "a text bag (*.txt), or one JSON object a line (*.jsonl)",
    hint: "for a list of objects: jq -c '.[]' bag.json > bag.jsonl",
  },
};

const TOO_MANY: Misread = {
  code: "bag-too-large",
  found: `more than ${String(TASKS_MOST)} tasks`,
  expected: `at most ${String(TASKS_MOST)}`,
  hint: "let one task do the work of many, or split the bag",
};
const EMPTY: Misread = {
  code: "empty-bag",
  found: "no task",
  expected: "one task a line",
  hint: "blank lines and lines that begin with # do not count",
};
