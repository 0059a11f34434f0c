/**
 * A text with braces, as a template has it: which of them stand for something, and what the text is for one task.
 * Only GNU parallel's own and the names that the template declares do; `{a,b}` and `{print $1}` stay as they are.
 */
import { misread, quoted, type Misread } from "../../misread.js";
import { done, type Result } from "../../result.js";
import { inForm, type PathForm } from "./path-forms.js";
import { shellWord } from "./shell-word.js";

/** A value for each input of a task, in the inputs' order. */
export type Row = readonly string[];

/** What a text may refer to. */
export interface Inputs {
  readonly count: number;
  /** Those that have names, in their order from the first input on. */
  readonly names: readonly string[];
}

export interface InputPart {
  readonly kind: "input";
  /** One, or all of them with spaces between. */
  readonly inputs: readonly number[];
  readonly form: PathForm;
  /** Where in the text it stands. */
  readonly at: number;
  readonly brace: string;
}

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | InputPart
  | { readonly kind: "number" }
  | { readonly kind: "slot" };

/** A text in its parts, in their order. */
export type Braces = readonly Part[];

export function readBraces(text: string, inputs: Inputs): Result<Braces, Misread> {
  const perl = text.indexOf("{=");
  const perlEnd = perl < 0 ? -1 : text.indexOf("=}", perl + 2);
  if (perlEnd >= 0) return noPerl(text.slice(perl, perlEnd + 2));
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(braceOf(inputs.names))) {
    const part = partOf(match, inputs);
    if (!part.ok) return part;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push(part.value);
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return done(parts);
}

/** The longest name first: `{a.b}` is the name `a.b` where there is one, and not a form of `a`. */
function braceOf(names: readonly string[]): RegExp {
  const known = [...names].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(
    `\\{(?:(?<own>[#%])|(?<which>${[...known, String.raw`-?\d{1,9}`].join("|")})?(?<form>/\\.|//|/|\\.)?)\\}`,
    "gu",
  );
}

const escaped = (name: string): string => name.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`);

function partOf(match: RegExpExecArray, { count, names }: Inputs): Result<Part, Misread> {
  const { own, which, form = "" } = match.groups ?? {};
  if (own === "#") return done({ kind: "number" });
  if (own === "%") return done({ kind: "slot" });
  const shape = { kind: "input", form: form as PathForm, at: match.index, brace: match[0] } as const;
  if (which === undefined) return done({ ...shape, inputs: [...Array(count).keys()] });
  const named = names.indexOf(which);
  if (named >= 0) return done({ ...shape, inputs: [named] });
  const position = Number(which);
  const index = position < 0 ? count + position : position - 1;
  if (index >= 0 && index < count && position !== 0) return done({ ...shape, inputs: [index] });
  return misread("no-such-input", {
    found: match[0],
    expected:
      count === 1
        ? "{1}: there is one input"
        : `{1} to {${String(count)}}: there are ${String(count)} inputs`,
    hint:
      names.length > 0
        ? `their names are ${names.map((name) => `{${name}}`).join(", ")}`
        : "inputs are counted from 1, and from the end as {-1}",
  });
}

const noPerl = (brace: string): Result<never, Misread> =>
  misread("not-yet", {
    found: quoted(brace),
    expected: "braces without Perl: {}, {.}, {/}, {//}, {/.}, {#}, {1}, {2.}",
    hint: "not yet: Perl expressions; let the shell do it, as with ${x%.*}",
  });

/** The text as a line for a shell: every value is one word, as parallel quotes it. */
export const shellText = (braces: Braces, row: Row, number: number): string =>
  textOf(braces, { row, number, write: shellWord, slot: "${STINT_SLOT}" });

/** The text as it is, where no shell reads it; which slot a task gets is then not known. */
export const plainText = (braces: Braces, row: Row, number: number): string =>
  textOf(braces, { row, number, write: asItIs, slot: "{%}" });

const asItIs = (value: string): string => value;

interface Filling {
  readonly row: Row;
  /** The task's, from 1. */
  readonly number: number;
  readonly write: (value: string) => string;
  readonly slot: string;
}

function textOf(braces: Braces, { row, number, write, slot }: Filling): string {
  let text = "";
  for (const part of braces) {
    if (part.kind === "text") text += part.text;
    else if (part.kind === "input") text += valuesOf(part, row).map(write).join(" ");
    else text += part.kind === "number" ? String(number) : slot;
  }
  return text;
}

/** What stands for the brace in this row, in its form and not yet quoted. */
export const valuesOf = ({ inputs, form }: InputPart, row: Row): string[] =>
  inputs.map((input) => inForm(row[input] ?? "", form));
