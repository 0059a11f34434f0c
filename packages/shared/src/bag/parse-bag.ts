/**
 * The tasks of a bag, one after the other as its bytes come: by its name it is text or JSONL. A bad line is trouble
 * that names it; what was handed out before is then worth nothing.
 */
import { troubleAt, type Misread } from "../misread.js";
import type { Task } from "./bag.js";
import { countTasks, type WhereTasksComeFrom } from "./count-tasks.js";
import { parseJsonlBag } from "./parse-jsonl.js";
import { parseTextBag } from "./parse-text.js";

type Parser = (name: string, bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<Task>;

/** @param name its path, or what else to call it; the suffix says the format, text where it says none */
export async function* parseBag(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  yield* countTasks(name, parserFor(name)(name, bytes), LINES);
}

/** Trouble for a format that is not read. */
export function parserFor(name: string): Parser {
  const suffix = /\.[^./\\]+$/u.exec(name.toLowerCase())?.[0] ?? "";
  const refused = REFUSED[suffix];
  if (refused !== undefined) throw troubleAt({ kind: "bad-input", where: name }, refused);
  return suffix === ".jsonl" ? parseJsonlBag : parseTextBag;
}

const REFUSED: Readonly<Record<string, Misread>> = {
  ".json": {
    code: "unknown-format",
    found: "a JSON file",
    expected: "a text bag (*.txt), or one JSON object a line (*.jsonl)",
    hint: "for a list of objects: jq -c '.[]' bag.json > bag.jsonl",
  },
};

const LINES: WhereTasksComeFrom = {
  expected: "one task a line",
  hint: "blank lines and lines that begin with # do not count",
};
