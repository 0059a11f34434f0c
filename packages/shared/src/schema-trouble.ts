/**
 * What is wrong with an object that a person wrote, in words: the first complaint of its schema, as what was found
 * and expected. A schema's own message is what it expects; a hint may follow it, behind {@link TRY}.
 */
import * as z from "zod";
import { present } from "./invariant.js";
import { named, quoted, type Misread } from "./misread.js";
import { wordHint } from "./nearest-word.js";
import { done, failed, type Result } from "./result.js";

const TRY = "\ttry: ";

/** A schema's message: what it expects, and what to do. */
export const expecting = (expected: string, hint: string): string => `${expected}${TRY}${hint}`;

type Context = z.core.$RefinementCtx;

/** Turns a parser of text into the transform of a schema. */
export const transformBy =
  <I, T>(parse: (input: I) => Result<T, Misread>) =>
  (input: I, context: Context): T => {
    const result = parse(input);
    if (result.ok) return result.value;
    complain(context, input, result.failure);
    return z.NEVER;
  };

/** Takes the text as it is, unless something is wrong with it. */
export const unless =
  (unfit: (text: string) => Misread | undefined) =>
  (text: string): Result<string, Misread> => {
    const wrong = unfit(text);
    return wrong === undefined ? done(text) : failed(wrong);
  };

export const complain = (context: Context, input: unknown, words: Misread): void => {
  context.issues.push({ code: "custom", message: words.expected, input, params: { misread: words } });
};

export interface Complaint {
  /** Keys from the outermost on; of an unknown key, with that key. */
  readonly path: readonly PropertyKey[];
  readonly misread: Misread;
}

/** @param value what the schema was given; @param known the keys it knows */
export function firstComplaint(error: z.ZodError, value: unknown, known: readonly string[]): Complaint {
  const issue = present(error.issues[0], "a schema says what it refuses");
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    return { path: [...path, key], misread: unknownKey(key, known) };
  }
  const given: unknown = issue.code === "custom" ? issue.params?.["misread"] : undefined;
  const at = path.reduce<unknown>((inner, key) => memberOf(inner, key), value);
  const told = isMisread(given) ? given : words(at, issue.message);
  const where = pathText(path);
  return { path, misread: where === "" ? told : { ...told, found: `${where}: ${told.found}` } };
}

export const unknownKey = (key: string, known: readonly string[]): Misread => ({
  code: "unknown-key",
  found: `the key ${quoted(key)}`,
  expected: `one of: ${known.join(", ")}`,
  hint: wordHint(key, known),
});

/** `env.SEED`, `argv[1]`. */
const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key, depth) => {
      if (typeof key === "number") return `[${String(key)}]`;
      const text = String(key);
      return `${depth === 0 ? "" : "."}${/^[\w-]+$/u.test(text) ? text : quoted(text)}`;
    })
    .join("");

function words(value: unknown, message: string): Misread {
  const [expected = "", hint = ""] = message.split(TRY, 2);
  return { code: value === undefined ? "missing-key" : "bad-value", found: named(value), expected, hint };
}

const memberOf = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;

const isMisread = (value: unknown): value is Misread =>
  typeof value === "object" && value !== null && "expected" in value;
