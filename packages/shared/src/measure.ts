/** A number with its unit as text, as `2.27min`: read exactly, as a whole number of the smallest part. */
import { misread, quoted, type Misread } from "./misread.js";
import { nearestWord } from "./nearest-word.js";
import { done, type Result } from "./result.js";

export interface MeasureForm {
  /** With its article: `a duration`. */
  readonly what: string;
  readonly example: string;
  /** What to write after a bare number, with a space where one is usual. */
  readonly hintUnit: string;
  /** How many of the smallest part each unit has. */
  readonly units: Readonly<Record<string, bigint>>;
  readonly most: bigint;
  /** Where a part of the smallest part is refused: how fine it may be. Elsewhere it is rounded. */
  readonly finest?: string;
  /** What to do instead about a unit that is understood and not taken; given in lower case. */
  readonly refusedUnit?: (unit: string, number: string) => string | undefined;
}

const FORM = /^(?<sign>[+-]?)\s*(?<whole>\d{1,18})(?:\.(?<part>\d{1,18}))?\s*(?<unit>[^\d\s.,+-].{0,30})?$/su;

export function parseMeasure(text: string, form: MeasureForm): Result<bigint, Misread> {
  const match = FORM.exec(text.trim().replace(/^(?<sign>[$€£])\s*(?<rest>\d[\d.]*)$/u, "$2$1"));
  if (match?.groups === undefined) return unreadable(text, form);
  const { sign = "", whole = "", part = "", unit = "" } = match.groups;
  const number = part === "" ? whole : `${whole}.${part}`;
  if (unit === "") return bareNumber(number, text, form);
  const scale = unitOf(unit, form);
  if (scale === undefined) return unknownUnit({ unit, number, text }, form);
  if (sign === "-") return outOfRange(text, form, "0 or more");
  // `number` as a fraction: its digits over a power of ten.
  const [digits, over] = [BigInt(whole + part) * scale, 10n ** BigInt(part.length)];
  const value = (digits + over / 2n) / over;
  if (form.finest !== undefined && digits % over !== 0n) return tooFine(text, form, form.finest);
  if (value === 0n && digits > 0n) return outOfRange(text, form, "0, or more than that");
  if (value > form.most) return outOfRange(text, form, `at most ${mostOf(form)}`);
  return done(value);
}

/** `USD` is `usd`, but `Mb` is no `MB`: only a currency's case says nothing. */
const unitOf = (unit: string, { units }: MeasureForm): bigint | undefined => {
  const spaced = unit.replace(/\s*\/\s*/u, "/");
  if (Object.hasOwn(units, spaced)) return units[spaced];
  const lower = spaced.toLowerCase();
  return lower.startsWith("usd") && Object.hasOwn(units, lower) ? units[lower] : undefined;
};

const expectedOf = (form: MeasureForm): string => `${form.what} with its unit, as ${form.example}`;

function unreadable(text: string, form: MeasureForm): Result<never, Misread> {
  const comma = /^\d+,\d+/u.test(text.trim());
  return misread("not-a-quantity", {
    found: text.trim() === "" ? "nothing" : quoted(text),
    expected: expectedOf(form),
    hint: comma ? "write a decimal point and no commas" : `one number and one unit, as ${form.example}`,
  });
}

const bareNumber = (number: string, text: string, form: MeasureForm): Result<never, Misread> =>
  misread("bare-number", {
    found: `${quoted(text)}, a number without a unit`,
    expected: expectedOf(form),
    hint: `${number}${form.hintUnit}, if that is what you mean`,
  });

interface UnknownUnit {
  readonly unit: string;
  readonly number: string;
  readonly text: string;
}

function unknownUnit({ unit, number, text }: UnknownUnit, form: MeasureForm): Result<never, Misread> {
  const refused = form.refusedUnit?.(unit.toLowerCase().replace(/\s*\/\s*/u, "/"), number);
  return misread(refused?.startsWith("not yet") === true ? "not-yet" : "unknown-unit", {
    found: quoted(text),
    expected: expectedOf(form),
    hint: refused ?? unitHint(unit, Object.keys(form.units)),
  });
}

function unitHint(unit: string, units: readonly string[]): string {
  // `sec`, `minutes`, `hours` begin as what they stand for.
  const begins = units
    .filter((one) => unit.toLowerCase().startsWith(one))
    .sort((a, b) => b.length - a.length);
  const near = begins[0] ?? nearestWord(unit, units);
  const known = `the units are ${units.join(", ")}`;
  return near === undefined ? known : `did you mean "${near}"? ${known}`;
}

/** The limit in the largest unit there is. */
function mostOf({ units, most, hintUnit }: MeasureForm): string {
  const [unit, scale] = Object.entries(units).reduce((a, b) => (b[1] > a[1] ? b : a));
  return `${String(most / scale)}${hintUnit.startsWith(" ") ? " " : ""}${unit}`;
}

const outOfRange = (text: string, form: MeasureForm, range: string): Result<never, Misread> =>
  misread("out-of-range", {
    found: quoted(text),
    expected: `${form.what}: ${range}`,
    hint: `for example ${form.example}`,
  });

const tooFine = (text: string, form: MeasureForm, finest: string): Result<never, Misread> =>
  misread("too-fine", {
    found: quoted(text),
    expected: `${form.what} with at most ${finest}`,
    hint: "round it: a millionth of a dollar is the smallest part counted",
  });
