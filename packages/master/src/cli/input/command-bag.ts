/** The tasks of a command that was typed with its inputs: what GNU parallel would run, in its order and its quoting. */
import type { Task } from "@stint/shared/bag/bag.js";
import { countTasks } from "@stint/shared/bag/count-tasks.js";
import { linesOf, readBlocks } from "@stint/shared/bag/read-lines.js";
import { readBraces, type Braces, type InputPart, type Row } from "@stint/shared/bag/template/braces.js";
import { product, sideBySide } from "@stint/shared/bag/template/rows.js";
import { bracesInQuotes } from "@stint/shared/bag/template/shell-quotes.js";
import {
  quotedTwice,
  templateTasks,
  type CommandTemplate,
} from "@stint/shared/bag/template/template-tasks.js";
import { formatCount } from "@stint/shared/format.js";
import { quoted, readAt, troubleAt, type Misread } from "@stint/shared/misread.js";
import { bytesOf, openBytes } from "./open-file.js";
import type { InputGroup, InputList, TypedInputs } from "./typed-inputs.js";

const THE_COMMAND = "the command";
/** Of every list but the first, which is read as it is needed. */
export const INPUTS_HELD_MOST = 1_000_000;

/** Told a line of what is as with GNU parallel, and may not be what was meant. */
export type Note = (line: string) => void;

/** What is wrong with the command is thrown at once; what is wrong with an input, when it is reached. */
export function commandBag(
  { command, groups }: TypedInputs,
  note: Note,
  standardInput: AsyncIterable<Uint8Array> = process.stdin,
): AsyncGenerator<Task> {
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const line = command === undefined ? undefined : lineOf(command, count);
  const template: CommandTemplate =
    line === undefined ? { kind: "lines" } : { kind: "shell", line, inQuotes: [] };
  const rows = rowsOf(groups, { input: standardInput, note });
  const seen = line === undefined ? rows : notingQuotes(rows, bracesInQuotes(command ?? "", line), note);
  const tasks = templateTasks({ command: template, same: {} }, seen, refuse);
  return countTasks(THE_COMMAND, tasks, {
    expected: "one input or more, of each list",
    hint: "look into the file: each of its lines is an input",
  });
}

/** Without a brace the inputs stand at its end. */
function lineOf(command: string, count: number): Braces {
  const read = (text: string): Braces =>
    readAt({ kind: "usage", where: THE_COMMAND }, (line) => readBraces(line, { count, names: [] }), text);
  const braces = read(command);
  return braces.every(({ kind }) => kind === "text") ? read(`${command} {}`) : braces;
}

const refuse = (_: string, number: number, words: Misread): Error =>
  troubleAt({ kind: "bad-input", where: `${THE_COMMAND}, task ${String(number)}` }, words);

/** Once: the first value that quotes of the command would not only enclose but break. */
async function* notingQuotes(
  rows: AsyncIterable<Row>,
  inQuotes: readonly InputPart[],
  note: Note,
): AsyncGenerator<Row> {
  let noted = inQuotes.length === 0;
  for await (const row of rows) {
    const twice = noted ? undefined : quotedTwice(inQuotes, row);
    if (twice !== undefined) {
      noted = true;
      note(
        `note: ${twice.brace} stands within quotes, and its value ${quoted(twice.value)} is given quotes of its own.`,
      );
      note(`  These become part of it, or end yours: take the quotes around ${twice.brace} away.`);
    }
    yield row;
  }
}

interface Reading {
  readonly input: AsyncIterable<Uint8Array>;
  readonly note: Note;
}

async function* rowsOf(groups: readonly InputGroup[], reading: Reading): AsyncGenerator<Row> {
  const [first = [], ...more] = groups;
  const inner: Row[][] = [];
  for (const group of more) inner.push(await held(group, reading));
  const [only] = first;
  const outer =
    first.length === 1 && only !== undefined
      ? single(valuesOf(only, reading.input))
      : await held(first, reading);
  yield* product(outer, inner);
}

async function* single(values: AsyncIterable<string>): AsyncGenerator<Row> {
  for await (const value of values) yield [value];
}

async function held(group: InputGroup, { input, note }: Reading): Promise<Row[]> {
  const columns: string[][] = [];
  for (const list of group) {
    const values: string[] = [];
    for await (const value of valuesOf(list, input)) {
      if (values.length === INPUTS_HELD_MOST)
        throw troubleAt({ kind: "bad-input", where: THE_COMMAND }, TOO_MANY);
      values.push(value);
    }
    columns.push(values);
  }
  const counts = columns.map(({ length }) => length);
  if (new Set(counts).size > 1)
    note(
      `note: inputs that go along with each other are ${counts.map(formatCount).join(" and ")}: those without a partner are left out.`,
    );
  return sideBySide(columns);
}

async function* valuesOf(list: InputList, input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  if (list.kind === "words") {
    yield* list.values;
    return;
  }
  const [name, bytes] =
    list.path === "-"
      ? ["standard input", openBytes(input, "standard input", INPUTS)]
      : [list.path, bytesOf(list.path, INPUTS)];
  for await (const block of readBlocks(name, bytes)) for (const { text } of linesOf(block)) yield text;
}

const INPUTS = "a file with an input a line";

const TOO_MANY: Misread = {
  code: "bag-too-large",
  found: `more than ${String(INPUTS_HELD_MOST)} inputs in a list that is not the first`,
  expected: "the longest list first: it alone is not held",
  hint: "put the longest list first, and name the inputs by number: {2} {1}",
};
