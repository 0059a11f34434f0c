/**
 * What a person typed as GNU parallel takes it: a command, and behind `:::` its inputs; behind `::::` files with an
 * input a line. Each further one makes every combination; with a `+` it goes along with the one before.
 */
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";

export type InputList =
  | { readonly kind: "words"; readonly values: readonly string[] }
  /** A file with a value a line, or `-` for standard input. */
  | { readonly kind: "lines"; readonly path: string };

/** Lists that go along with each other. */
export type InputGroup = readonly InputList[];

export interface TypedInputs {
  /** Absent where the inputs are the commands. */
  readonly command?: string;
  readonly groups: readonly InputGroup[];
}

const SEPARATORS: readonly string[] = [":::", ":::+", "::::", "::::+"];
export const isSeparator = (word: string): boolean => SEPARATORS.includes(word);

const HERE: Place = { kind: "usage", where: "stint run" };

/** @param words those that are no flags; @param input what `--input` names: the first of the inputs */
export function typedInputs(words: readonly string[], input: string | undefined): TypedInputs {
  const first = words.findIndex(isSeparator);
  const command = first < 0 ? words : words.slice(0, first);
  const groups: InputList[][] = input === undefined ? [] : [[{ kind: "lines", path: input }]];
  for (let at = first; at >= 0 && at < words.length;) {
    const separator = words[at] ?? "";
    const next = words.findIndex((word, index) => index > at && isSeparator(word));
    const values = words.slice(at + 1, next < 0 ? words.length : next);
    addTyped(groups, separator, values);
    at = next;
  }
  refuseTwoReaders(groups);
  return { groups, ...(command.length > 0 && { command: command.join(" ") }) };
}

function addTyped(groups: InputList[][], separator: string, values: readonly string[]): void {
  if (values.length === 0) throw troubleAt(HERE, nothingBehind(separator));
  const lists: InputList[] = separator.startsWith("::::")
    ? values.map((path) => ({ kind: "lines", path }))
    : [{ kind: "words", values }];
  for (const list of lists) {
    const last = groups.at(-1);
    if (!separator.endsWith("+")) groups.push([list]);
    else if (last === undefined) throw troubleAt(HERE, nothingBefore(separator));
    else last.push(list);
  }
}

function refuseTwoReaders(groups: readonly InputGroup[]): void {
  const readers = groups.flat().filter((list) => list.kind === "lines" && list.path === "-");
  if (readers.length > 1) throw troubleAt(HERE, TWO_READERS);
}

const nothingBehind = (separator: string): Misread => ({
  code: "value-missing",
  found: `${separator} with nothing behind it`,
  expected: separator.startsWith("::::") ? "files with an input a line" : "inputs for the command",
  hint: "'gzip -k {}' ::: *.txt",
});

const nothingBefore = (separator: string): Misread => ({
  code: "bad-usage",
  found: `${separator} before any other inputs`,
  expected: `inputs for it to go along with: ::: a b ${separator} c d`,
  hint: `begin with ${quoted(separator.slice(0, -1)).slice(1, -1)}`,
});

const TWO_READERS: Misread = {
  code: "options-conflict",
  found: "standard input a second time",
  expected: "one list of inputs that is read from it",
  hint: "put the other into a file",
};
