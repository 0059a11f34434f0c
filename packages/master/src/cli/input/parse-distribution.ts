/** `normal(15min,2.27min)`, `uniform(1s,9s)`, `40s`: a distribution of times as a person writes it. */
import { misread, quoted, type Misread } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";
import { parseDuration, parsePercentage, parsePositiveDuration } from "@stint/shared/quantities.js";
import { done, type Result } from "@stint/shared/result.js";
import { inSeconds, type Duration } from "@stint/shared/units.js";
import type { Distribution } from "../../simulate/distribution.js";

type Parsed<T> = Result<T, Misread>;

/** A year: what a draw of a Lévy distribution is cut at where nothing else is said. */
export const LEVY_MOST_S = 365 * 86_400;
const CV_MOST = 100;

interface Form {
  /** How it is written, for hints. */
  readonly form: string;
  readonly least: number;
  readonly most: number;
  readonly read: (words: readonly string[]) => Parsed<Distribution>;
}

const FORMS: Readonly<Record<string, Form>> = {
  normal: { form: "normal(15min,2.27min)", least: 2, most: 2, read: readNormal },
  lognormal: { form: "lognormal(10min,0.8)", least: 2, most: 2, read: readLognormal },
  levy: { form: "levy(12min) or levy(12min,45min)", least: 1, most: 2, read: readLevy },
  uniform: { form: "uniform(5min,20min)", least: 2, most: 2, read: readUniform },
};
const ALL_FORMS = Object.values(FORMS)
  .map(({ form }) => form)
  .join(", ");

const CALL = /^(?<name>[\p{L}_]+)\s*\((?<words>.*)\)$/su;

/** Does it look like one, and not like a file? */
export const looksDrawn = (text: string): boolean => CALL.test(text.trim());

export function parseDistribution(text: string): Parsed<Distribution> {
  const match = CALL.exec(text.trim());
  if (match?.groups === undefined) {
    const value = readTime(text);
    return value.ok ? done({ kind: "constant", value: value.value }) : value;
  }
  const { name = "", words = "" } = match.groups;
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
  if (form === undefined) return unknownForm(text, name);
  const parts = words.split(",").map((word) => word.trim());
  if (parts.length < form.least || parts.length > form.most) {
    return misread("bad-value", { found: quoted(text), expected: form.form, hint: `as ${form.form}` });
  }
  return form.read(parts);
}

function unknownForm(text: string, name: string): Parsed<never> {
  const near = nearestWord(name, Object.keys(FORMS));
  return misread("unknown-distribution", {
    found: quoted(text),
    expected: `one of: ${ALL_FORMS}`,
    hint: near === undefined ? "or a file of measured values" : `did you mean "${near}"?`,
  });
}

const inSecondsOf = (parsed: Parsed<Duration>): Parsed<number> =>
  parsed.ok ? done(inSeconds(parsed.value)) : parsed;
const readTime = (text: string): Parsed<number> => inSecondsOf(parseDuration(text));
const readPositive = (text: string): Parsed<number> => inSecondsOf(parsePositiveDuration(text));

function readNormal([first = "", second = ""]: readonly string[]): Parsed<Distribution> {
  const mean = readPositive(first);
  if (!mean.ok) return mean;
  const deviation = readTime(second);
  if (!deviation.ok) return deviation;
  return done({ kind: "normal", mean: mean.value, deviation: deviation.value });
}

function readLognormal([first = "", second = ""]: readonly string[]): Parsed<Distribution> {
  const mean = readPositive(first);
  if (!mean.ok) return mean;
  const cv = readRatio(second);
  return cv.ok ? done({ kind: "lognormal", mean: mean.value, cv: cv.value }) : cv;
}

/** A ratio has no unit, though it may be written as a percentage. */
function readRatio(text: string): Parsed<number> {
  if (text.endsWith("%")) return parsePercentage(text);
  const ratio = /^\d{1,9}(?:\.\d{1,9})?$/u.test(text) ? Number(text) : NaN;
  if (ratio <= CV_MOST) return done(ratio);
  return misread("bad-value", {
    found: text === "" ? "nothing" : quoted(text),
    expected: `a coefficient of variation (deviation / mean) from 0 to ${String(CV_MOST)}`,
    hint: "lognormal(10min,0.8)",
  });
}

function readLevy([first = "", second]: readonly string[]): Parsed<Distribution> {
  const scale = readPositive(first);
  if (!scale.ok) return scale;
  const most = second === undefined ? done(LEVY_MOST_S) : readPositive(second);
  return most.ok ? done({ kind: "levy", scale: scale.value, most: most.value }) : most;
}

function readUniform([first = "", second = ""]: readonly string[]): Parsed<Distribution> {
  const least = readTime(first);
  if (!least.ok) return least;
  const most = readTime(second);
  if (!most.ok || most.value >= least.value) {
    return most.ok ? done({ kind: "uniform", least: least.value, most: most.value }) : most;
  }
  return misread("out-of-range", {
    found: `uniform(${first},${second})`,
    expected: "the lower bound first",
    hint: `uniform(${second},${first})`,
  });
}
