/** The texts of a template with their braces read: what it runs, and what stands around each task. */
import { TAGS_MOST, OUTPUTS_MOST } from "@stint/shared/bag/task-needs.js";
import { readBraces, type Braces, type Inputs } from "@stint/shared/bag/template/braces.js";
import { bracesInQuotes, placesInQuotes } from "@stint/shared/bag/template/shell-quotes.js";
import type { CommandTemplate, TaskTemplate } from "@stint/shared/bag/template/template-tasks.js";
import { troubleAt, type Misread } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";
import type { Note } from "./command-bag.js";
import type { InputName } from "./template-inputs.js";
import { entriesOf, textAt, textsAt, type Entry } from "./template-nodes.js";
import type { YamlSource } from "./yaml-source.js";

type Texts = Omit<TaskTemplate, "same">;
type Keys = ReadonlyMap<string, Entry>;

/** @param note told once of braces that look like names and are none */
export function readTemplateTexts(
  source: YamlSource,
  keys: Keys,
  names: readonly InputName[],
  note: Note,
): Texts {
  const reading = new Reading(source, { count: names.length, names: names.map(({ name }) => name) });
  const command = commandOf(reading, keys);
  const [id, cwd, env, outputs, tags] = ["id", "cwd", "env", "outputs", "tags"].map((key) => keys.get(key));
  const texts: Texts = {
    command,
    ...(id && { id: reading.text("id", id, 'id: "frame-{frame}"') }),
    ...(cwd && { cwd: reading.text("cwd", cwd, 'cwd: "run-{frame}"') }),
    ...(env && { env: reading.named("env", env, 'env: { SEED: "{seed}" }') }),
    ...(outputs && { outputs: reading.list("outputs", outputs, ['outputs: ["{frame}.png"]', OUTPUTS_MOST]) }),
    ...(tags && { tags: reading.list("tags", tags, ["tags: [night]", TAGS_MOST]) }),
  };
  refuseUnused(names, reading);
  if (reading.kept.size > 0) note(keptNote([...reading.kept]));
  return texts;
}

/** Reads texts, and remembers which inputs they use. */
class Reading {
  readonly used = new Set<number>();
  /** In braces, and no name that is declared. */
  readonly strangers = new Set<string>();
  /** Those of them that nothing else explains, as the shell's `${HOME}` or an `awk '{print}'`. */
  readonly kept = new Set<string>();
  readonly #source: YamlSource;
  readonly #inputs: Inputs;

  constructor(source: YamlSource, inputs: Inputs) {
    this.#source = source;
    this.#inputs = inputs;
  }

  text(key: string, { node, place }: Entry, example: string): Braces {
    return this.#plain(key, textAt(this.#source, node, { key, place, expected: "a text", example }), place);
  }

  list(key: string, { node, place }: Entry, [example, most]: readonly [string, number]): Braces[] {
    const texts = textsAt(this.#source, node, { key, place, expected: "a list of texts", example });
    if (texts.length > most) throw troubleAt(place, tooLong(key, most));
    return texts.map((text) => this.#plain(key, text, place));
  }

  named(key: string, { node, place }: Entry, example: string): Record<string, Braces> {
    const entries = entriesOf(this.#source, node, {
      key,
      place,
      expected: "names and their values",
      example,
    });
    return Object.fromEntries(
      [...entries].map(([name, entry]) => [name, this.text(`${key}.${name}`, entry, example)]),
    );
  }

  line(key: string, { node, place }: Entry, example: string): CommandTemplate {
    const text = textAt(this.#source, node, { key, place, expected: "a command as text", example });
    const line = this.#read(text, place);
    const places = [...text.matchAll(NAMED)].map(({ index }) => index);
    const inQuotes = placesInQuotes(text, places);
    this.#keep(text, (at) => !inQuotes.has(at));
    return { kind: "shell", line, inQuotes: bracesInQuotes(text, line) };
  }

  #plain(key: string, text: string, place: Entry["place"]): Braces {
    const braces = this.#read(text, place);
    if (braces.some(({ kind }) => kind === "slot")) throw troubleAt(place, noSlot(key));
    this.#keep(text, () => true);
    return braces;
  }

  #read(text: string, place: Entry["place"]): Braces {
    const braces = readBraces(text, this.#inputs);
    if (!braces.ok) throw troubleAt(place, braces.failure);
    for (const part of braces.value)
      if (part.kind === "input") part.inputs.forEach((input) => this.used.add(input));
    for (const [, word = ""] of text.matchAll(/\{(\w{2,64})\}/gu)) this.strangers.add(word);
    return braces.value;
  }

  #keep(text: string, counts: (at: number) => boolean): void {
    for (const { 0: brace, index } of text.matchAll(NAMED))
      if (counts(index) && !this.#inputs.names.includes(brace.slice(1, -1))) this.kept.add(brace);
  }
}

/** Neither a variable of a shell nor git's `@{upstream}`. */
const NAMED = /(?<![$@\\])\{[A-Za-z_]\w{0,63}\}/gu;
const KEPT_SHOWN_MOST = 3;

function keptNote(braces: readonly string[]): string {
  const shown = braces.slice(0, KEPT_SHOWN_MOST).join(", ") + (braces.length > KEPT_SHOWN_MOST ? ", …" : "");
  return braces.length === 1
    ? `note: ${shown} is no name of this template; it stays as it is written.`
    : `note: ${shown} are no names of this template; they stay as they are written.`;
}

function commandOf(reading: Reading, keys: Keys): CommandTemplate {
  const [command, argv] = [keys.get("command"), keys.get("argv")];
  if (command !== undefined && argv !== undefined) throw troubleAt(argv.place, TWO_COMMANDS);
  if (command !== undefined) return reading.line("command", command, 'command: "render {frame}"');
  if (argv === undefined) {
    const [first] = keys.values();
    throw troubleAt(first?.place ?? { kind: "bad-input", where: "the template" }, NO_COMMAND);
  }
  const words = reading.list("argv", argv, ['argv: [render, "{frame}"]', WORDS_MOST]);
  return { kind: "argv", words };
}

const WORDS_MOST = 10_000;

/** Values that nothing uses would make equal tasks: a slip of the keyboard, most often. */
function refuseUnused(names: readonly InputName[], { used, strangers }: Reading): void {
  const unused = names.findIndex(({ column }, index) => !column && !used.has(index));
  const columns = names.flatMap(({ column }, index) => (column ? [index] : []));
  const noColumn = columns.length > 0 && !columns.some((index) => used.has(index));
  const first = noColumn ? names[columns[0] ?? 0] : names[unused];
  if (first === undefined) return;
  const declared = new Set(names.map(({ name }) => name));
  const near = nearestWord(
    first.name,
    [...strangers].filter((word) => !declared.has(word)),
  );
  throw troubleAt(first.place, unusedName(first.name, noColumn, near));
}

const unusedName = (name: string, column: boolean, near: string | undefined): Misread => ({
  code: "unused-parameter",
  found: column
    ? "columns of which the template uses none"
    : `values of ${name}, which the template does not use`,
  expected: `{${name}} in command, argv, id, cwd, env, outputs or tags`,
  hint:
    near === undefined ? `write {${name}} where the value belongs` : `write {${name}} instead of {${near}}`,
});

const TWO_COMMANDS: Misread = {
  code: "two-commands",
  found: "both command and argv",
  expected: "what to run: a command for /bin/sh, or an argv without a shell",
  hint: "take one of the two away",
};

const NO_COMMAND: Misread = {
  code: "missing-key",
  found: "neither command nor argv",
  expected: "what to run: a command for /bin/sh, or an argv without a shell",
  hint: 'command: "render {frame}", or argv: [render, "{frame}"]',
};

const tooLong = (key: string, most: number): Misread => ({
  code: "out-of-range",
  found: `more than ${String(most)} texts of ${key}`,
  expected: `at most ${String(most)}`,
  hint: "name a folder, or put them into a file",
});

const noSlot = (key: string): Misread => ({
  code: "no-such-input",
  found: `{%} in ${key}`,
  expected: "{%} in a command alone: which slot a task gets is known when it starts",
  hint: "a task finds it in STINT_SLOT",
});
