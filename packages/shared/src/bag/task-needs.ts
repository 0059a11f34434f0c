/** What a task leaves behind, what it needs of a machine, and what it is found by: the same keys in every form of bag. */
import * as z from "zod";
import { misread, quoted, type Misread } from "../misread.js";
import { parseSize } from "../quantities.js";
import { done, type Result } from "../result.js";
import { expecting, transformBy, unless } from "../schema-trouble.js";
import { unfitTag } from "./unfit-id.js";
import { parseOutput } from "./unfit-path.js";

export const OUTPUTS_MOST = 100;
export const TAGS_MOST = 20;
export const CPUS_MOST = 1_024;

/** A list of texts, each of which is read by itself. */
const texts = (
  words: { readonly what: string; readonly example: string; readonly most: number },
  parse: (text: string) => Result<string, Misread>,
) =>
  z
    .array(
      z.string({ error: expecting(`${words.what} as text`, words.example) }).transform(transformBy(parse)),
      { error: expecting(`a list of ${words.what}`, words.example) },
    )
    .max(words.most, {
      error: expecting(`at most ${String(words.most)} ${words.what}`, `for example ${words.example}`),
    });

export const OUTPUTS = texts(
  { what: "paths", example: '"outputs": ["frames/7.png"]', most: OUTPUTS_MOST },
  parseOutput,
);
export const TAGS = texts({ what: "tags", example: '"tags": ["night"]', most: TAGS_MOST }, unless(unfitTag));

export const CPUS = z
  .number({ error: expecting("a number of cores, without quotes", '"cpus": 2, or 0.5 for half a core') })
  .gt(0, { error: expecting("more than 0 cores", "leave it out where one slot is enough") })
  .max(CPUS_MOST, { error: expecting(`at most ${String(CPUS_MOST)} cores`, '"cpus": 2') });

export const MEMORY = z
  .string({ error: expecting("a size with its unit, as text", '"memory": "2GB"') })
  .transform(transformBy(parseNeededMemory));

/** `2GB`, in bytes; above 0. */
export function parseNeededMemory(text: string): Result<number, Misread> {
  const parsed = parseSize(text);
  if (!parsed.ok || parsed.value > 0) return parsed;
  return misread("not-positive", {
    found: quoted(text),
    expected: "a size above 0, as 2GB",
    hint: "leave it out where any machine has enough",
  });
}

/** `2`, `0.5`: of a flag. */
export function parseNeededCpus(text: string): Result<number, Misread> {
  const cpus = /^\d{1,9}(?:\.\d{1,9})?$/u.test(text.trim()) ? Number(text) : NaN;
  if (cpus > 0 && cpus <= CPUS_MOST) return done(cpus);
  return misread("not-a-count", {
    found: quoted(text),
    expected: `a number of cores above 0, at most ${String(CPUS_MOST)}`,
    hint: "2, or 0.5 for half a core",
  });
}
