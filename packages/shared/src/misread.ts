/** Text or a value that is not what it should be: what was found and expected, before anyone says where. */
import { TroubleError, type TroubleKind } from "./failures.js";
import { failed, type Result } from "./result.js";

export interface Misread {
  /** A stable word for machines, as `bare-number`. */
  readonly code: string;
  readonly found: string;
  readonly expected: string;
  readonly hint: string;
}

/** Where something was read: a flag (`usage`), or a file and line (`bad-input`). */
export interface Place {
  readonly kind: TroubleKind;
  readonly where: string;
}

export const troubleAt = (place: Place, { code, found, expected, hint }: Misread): TroubleError =>
  new TroubleError({ kind: place.kind, code, where: place.where, found, expected, hint });

export const misread = (code: string, words: Omit<Misread, "code">): Result<never, Misread> =>
  failed({ code, ...words });

/** The value that the text stands for, or trouble at this place. */
export function readAt<T>(place: Place, parse: (text: string) => Result<T, Misread>, text: string): T {
  const result = parse(text);
  if (!result.ok) throw troubleAt(place, result.failure);
  return result.value;
}

const SHOWN_MOST = 60;
/** What JSON leaves as it is, though it can harm a screen: C1 controls, line ends, and turns of the reading direction. */
const HARMFUL = /[\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Foreign text in quotes, on one line, cut, without anything that moves a cursor. */
export function quoted(text: string, most = SHOWN_MOST): string {
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return JSON.stringify(shown).replace(
    HARMFUL,
    (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** A value of a file as a person would name it: `the number 5`, `"fast"`, `a list`. */
export function named(value: unknown): string {
  if (typeof value === "string") return value === "" ? "an empty text" : quoted(value);
  if (typeof value === "number" || typeof value === "bigint") return `the number ${String(value)}`;
  if (typeof value === "boolean") return String(value);
  if (value === undefined) return "nothing";
  if (value === null) return "nothing (null)";
  return Array.isArray(value) ? "a list" : "an object";
}
