/** The tasks that a template makes of its inputs, one for each row of values, in their order. */
import type { Misread } from "../../misread.js";
import type { Result } from "../../result.js";
import { unfitArgument } from "../argument.js";
import type { Task, TaskCommand } from "../bag.js";
import { IdsOfBag } from "../ids-of-bag.js";
import { unfitId, unfitTag } from "../unfit-id.js";
import { parseOutput, unfitDirectory } from "../unfit-path.js";
import { unfitVariable } from "../unfit-variable.js";
import { plainText, shellText, valuesOf, type Braces, type InputPart, type Row } from "./braces.js";
import { shellWord } from "./shell-word.js";

export type CommandTemplate =
  | {
      readonly kind: "shell";
      readonly line: Braces;
      /** Those within quotes of the line, where only values are taken that need none of their own. */
      readonly inQuotes: readonly InputPart[];
    }
  /** The values are whole lines for the shell. */
  | { readonly kind: "lines" }
  | { readonly kind: "argv"; readonly words: readonly Braces[] };

export interface TaskTemplate {
  readonly command: CommandTemplate;
  readonly id?: Braces;
  readonly cwd?: Braces;
  readonly env?: Readonly<Record<string, Braces>>;
  readonly outputs?: readonly Braces[];
  readonly tags?: readonly Braces[];
  /** What no value changes. */
  readonly same: Pick<Task, "timeout" | "retries" | "replicable" | "cpus" | "memory">;
}

/** Trouble with what a key became for a task. */
export type RefuseTask = (key: string, number: number, words: Misread) => Error;

export async function* templateTasks(
  template: TaskTemplate,
  rows: AsyncIterable<Row>,
  refuse: RefuseTask,
): AsyncGenerator<Task> {
  const ids = new IdsOfBag("task");
  let number = 0;
  for await (const row of rows) {
    number += 1;
    const filling: Filling = { row, number, refuse: (key, words) => refuse(key, number, words) };
    const command = commandOf(template.command, filling);
    yield {
      id: ids.idFor({
        id: template.id && fitText("id", template.id, filling, unfitId),
        command,
        number,
        refuse: (words) => filling.refuse("id", words),
      }),
      command,
      ...aroundIt(template, filling),
      ...template.same,
    };
  }
}

interface Filling {
  readonly row: Row;
  readonly number: number;
  readonly refuse: (key: string, words: Misread) => Error;
}

function commandOf(template: CommandTemplate, filling: Filling): TaskCommand {
  const { row, number, refuse } = filling;
  if (template.kind === "argv") return argvOf(template.words, filling);
  const line = template.kind === "lines" ? row.join(" ") : shellText(template.line, row, number);
  const unfit =
    (template.kind === "shell" ? unfitInQuotes(template.inQuotes, row) : undefined) ??
    (line.trim() === "" ? BLANK : unfitArgument(line, "a command"));
  if (unfit !== undefined) throw refuse("command", unfit);
  return { kind: "shell", line };
}

const BLANK: Misread = {
  code: "bad-value",
  found: "an empty command",
  expected: "a command that is not blank",
  hint: "leave such a value out, or say what to run",
};

function unfitInQuotes(braces: readonly InputPart[], row: Row): Misread | undefined {
  const unsafe = quotedTwice(braces, row);
  return (
    unsafe && {
      code: "brace-in-quotes",
      found: `${unsafe.brace} within quotes, and a value for it that is quoted itself: ${shellWord(unsafe.value).slice(0, 60)}`,
      expected: "braces outside quotes: values are quoted as they are put in",
      hint: `take the quotes around ${unsafe.brace} away; for a program in a program, say argv instead of command`,
    }
  );
}

/** The first of the braces, all of them within quotes, whose value in this row gets quotes of its own besides. */
export function quotedTwice(
  braces: readonly InputPart[],
  row: Row,
): { readonly brace: string; readonly value: string } | undefined {
  for (const part of braces) {
    const value = valuesOf(part, row).find((one) => shellWord(one) !== one);
    if (value !== undefined) return { brace: part.brace, value };
  }
  return undefined;
}

function argvOf(words: readonly Braces[], { row, number, refuse }: Filling): TaskCommand {
  const [program = "", ...more] = words.map((word) => plainText(word, row, number));
  const unfit = [program, ...more].reduce<Misread | undefined>(
    (found, word) => found ?? unfitArgument(word, "an argument"),
    program === "" ? NO_PROGRAM : undefined,
  );
  if (unfit !== undefined) throw refuse("argv", unfit);
  return { kind: "argv", argv: [program, ...more] };
}

const NO_PROGRAM: Misread = {
  code: "bad-value",
  found: "an argv without a program: its first word is empty",
  expected: "a program and its arguments",
  hint: "argv: [wc, -l, a.txt]",
};

type Around = Pick<Task, "cwd" | "env" | "outputs" | "tags">;

function aroundIt(template: TaskTemplate, filling: Filling): Around {
  const { cwd, env, outputs, tags } = template;
  return {
    ...(cwd !== undefined && { cwd: fitText("cwd", cwd, filling, unfitDirectory) }),
    ...(env !== undefined && { env: environmentOf(env, filling) }),
    ...(outputs !== undefined && { outputs: outputs.map((path) => outputOf(path, filling)) }),
    ...(tags !== undefined && { tags: tags.map((tag) => fitText("tags", tag, filling, unfitTag)) }),
  };
}

function environmentOf(env: Readonly<Record<string, Braces>>, filling: Filling): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [
      name,
      fitText("env", value, filling, (text) => unfitVariable(name, text)),
    ]),
  );
}

function outputOf(path: Braces, { row, number, refuse }: Filling): string {
  const parsed: Result<string, Misread> = parseOutput(plainText(path, row, number));
  if (!parsed.ok) throw refuse("outputs", parsed.failure);
  return parsed.value;
}

function fitText(
  key: string,
  text: Braces,
  { row, number, refuse }: Filling,
  unfit: (text: string) => Misread | undefined,
): string {
  const filled = plainText(text, row, number);
  const wrong = unfit(filled);
  if (wrong !== undefined) throw refuse(key, wrong);
  return filled;
}
