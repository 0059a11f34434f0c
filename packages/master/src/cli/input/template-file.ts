/** The tasks of a YAML template: one for each combination of its values. What is wrong is said with file and line. */
import { isUtf8 } from "node:buffer";
import type { Task } from "@stint/shared/bag/bag.js";
import { JSONL_TASK, NOT_YET } from "@stint/shared/bag/jsonl-task.js";
import { templateTasks } from "@stint/shared/bag/template/template-tasks.js";
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { firstComplaint, unknownKey } from "@stint/shared/schema-trouble.js";
import type { Note } from "./command-bag.js";
import { smallFile } from "./open-file.js";
import { templateInputs } from "./template-inputs.js";
import { entriesOf, type Entry } from "./template-nodes.js";
import { readTemplateTexts } from "./template-texts.js";
import { openYaml, type YamlSource } from "./yaml-source.js";

/** What is longer stands better in a CSV file. */
export const TEMPLATE_BYTES_MOST = 1024 * 1024;

const EXAMPLE = 'command: "render --frame {frame}" and params: { frame: [1, 2, 3] }';
const YAML_WORDS = { what: "a template of tasks", example: EXAMPLE, uniqueKeys: false };

/** Keys whose values no brace changes; they mean what they mean in a JSONL bag. */
const SAME = JSONL_TASK.pick({ timeout: true, retries: true, replicable: true, cpus: true, memory: true });
const SAME_KEYS = Object.keys(SAME.shape);
const KEYS = ["command", "argv", "params", "zip", "csv", "id", "cwd", "env", "outputs", "tags", ...SAME_KEYS];

export async function* readTemplate(path: string, note: Note): AsyncGenerator<Task> {
  const bytes = smallFile(path, "a template of tasks", TEMPLATE_BYTES_MOST);
  if (!isUtf8(bytes)) throw troubleAt({ kind: "bad-input", where: path }, NOT_UTF8);
  yield* tasksOfTemplate(bytes.toString("utf8"), path, note);
}

/** @param path names the file in trouble, and says from where a CSV file is looked for */
export async function* tasksOfTemplate(
  text: string,
  path: string,
  note: Note = () => undefined,
): AsyncGenerator<Task> {
  const source = openYaml(text, path, YAML_WORDS);
  const keys = keysOf(source);
  const same = sameOf(source, keys);
  const inputs = await templateInputs(source, keys, path);
  try {
    if (inputs.names.length === 0) throw troubleAt(source.placeAt(source.document.contents), NO_INPUTS);
    const texts = readTemplateTexts(source, keys, inputs.names, note);
    const placeOf = (key: string, number: number): Place => {
      const { kind, where } = keys.get(key)?.place ?? source.placeAt(source.document.contents);
      return { kind, where: `${where}, task ${String(number)}` };
    };
    yield* templateTasks({ ...texts, same }, inputs.rows(), (key, number, words) =>
      troubleAt(placeOf(key, number), words),
    );
  } finally {
    await inputs.close();
  }
}

function keysOf(source: YamlSource): ReadonlyMap<string, Entry> {
  const place = source.placeAt(source.document.contents);
  const words = { key: "", place, expected: "the keys of a template", example: EXAMPLE };
  const keys = entriesOf(source, source.document.contents, words);
  for (const [key, entry] of keys) {
    const hint = NOT_YET[key];
    if (hint !== undefined) throw troubleAt(entry.place, notYet(key, hint));
    if (!KEYS.includes(key)) throw troubleAt(entry.place, unknownKey(key, KEYS));
  }
  return keys;
}

type Same = Pick<Task, "timeout" | "retries" | "replicable" | "cpus" | "memory">;

function sameOf(source: YamlSource, keys: ReadonlyMap<string, Entry>): Same {
  const value: Record<string, unknown> = {};
  for (const key of SAME_KEYS) {
    const entry = keys.get(key);
    if (entry !== undefined) value[key] = source.plain(entry.node);
  }
  const read = SAME.safeParse(value);
  if (read.success) return read.data;
  const { path, misread } = firstComplaint(read.error, value, KEYS);
  throw troubleAt(keys.get(String(path[0]))?.place ?? source.placeAt(source.document.contents), misread);
}

const NO_INPUTS: Misread = {
  code: "missing-key",
  found: "neither params, zip nor csv",
  expected: "the values that the template goes through",
  hint: "params: { frame: [1, 2, 3] }; for single commands, write them one a line into a text bag (*.txt)",
};

const NOT_UTF8: Misread = {
  code: "bad-bytes",
  found: "bytes that are no UTF-8",
  expected: "a template of tasks as text in UTF-8",
  hint: "is it the right file?",
};

const notYet = (key: string, hint: string): Misread => ({
  code: "not-yet",
  found: `the key ${quoted(key)}`,
  expected: `one of: ${KEYS.join(", ")}`,
  hint: `not yet: ${hint}`,
});
