/**
 * Where are results put besides the run's folder? Refused are places that have no name, a file that the run reads, and
 * one in which something else is written.
 */
import { statSync, type BigIntStats } from "node:fs";
import { resolve } from "node:path";
import { named, troubleAt, type Misread } from "@stint/shared/misread.js";
import type { ResultPlaces } from "./task-results.js";

export interface ResultFlags {
  readonly results?: string | undefined;
  readonly resultsJsonl?: string | undefined;
  readonly json?: true | undefined;
}

/** @param read what may be a file that the run reads: it would be lost, as the file of results begins empty */
export function resultPlaces(
  { results, resultsJsonl, json }: ResultFlags,
  read: readonly (string | undefined)[],
): ResultPlaces {
  if (results === "") throw refused("--results", noName("a folder"));
  if (resultsJsonl === "") throw refused("--results-jsonl", noName("a file"));
  if (resultsJsonl !== undefined && read.some((path) => path !== undefined && isSame(path, resultsJsonl)))
    throw refused("--results-jsonl", {
      code: "would-be-lost",
      found: `${named(resultsJsonl)}, which this run reads`,
      expected: "another file: what stands in it is replaced by the results",
      hint: "--results-jsonl results.jsonl",
    });
  if (resultsJsonl === "-") throw refused("--results-jsonl", NO_DASH);
  refuseTwoDocuments(resultsJsonl, json === true);
  if (results !== undefined && resultsJsonl !== undefined && resolve(results) === resolve(resultsJsonl))
    throw refused("--results-jsonl", ONE_PLACE);
  return {
    ...(results !== undefined && { folder: resolve(results) }),
    ...(resultsJsonl !== undefined && { lines: resolve(resultsJsonl) }),
  };
}

function isSame(path: string, other: string): boolean {
  const [one, two] = [path, other].map(lookAt);
  return one !== undefined && one.isFile() && isOne(one, two);
}

/** @param lines the file of the results, also of a run that is taken up again */
export function refuseTwoDocuments(lines: string | undefined, json: boolean): void {
  if (lines !== undefined && json && isStandardOutput(lines))
    throw refused("--results-jsonl", twoDocuments(lines));
}

/** By its name, or the file, pipe or terminal that it is; `/dev/null` takes two documents as well as one. */
function isStandardOutput(path: string): boolean {
  const [there, output, nowhere] = [path, "/proc/self/fd/1", "/dev/null"].map(lookAt);
  return there !== undefined && isOne(there, output) && !isOne(there, nowhere);
}

const lookAt = (path: string): BigIntStats | undefined =>
  statSync(path, { throwIfNoEntry: false, bigint: true });

const isOne = (one: BigIntStats, two: BigIntStats | undefined): boolean =>
  one.ino === two?.ino && one.dev === two.dev;

const refused = (where: string, words: Misread): Error => troubleAt({ kind: "usage", where }, words);

const noName = (what: string): Misread => ({
  code: "bad-value",
  found: "an empty text",
  expected: `${what} for the results`,
  hint: "leave it out: outputs are kept in the run's folder",
});

const NO_DASH: Misread = {
  code: "bad-value",
  found: "-, which is no name of a file here",
  expected: "a file for the results",
  hint: "--results-jsonl /dev/stdout for standard output; for a file of this name: --results-jsonl ./-",
};

const twoDocuments = (path: string): Misread => ({
  code: "options-conflict",
  found: `${named(path)}, which is standard output, beside --json`,
  expected: "one of the two there: with --json it is exactly one document",
  hint: "--results-jsonl results.jsonl; or leave --json out, the summary is in runs/latest/summary.json",
});

const ONE_PLACE: Misread = {
  code: "options-conflict",
  found: "the folder of --results",
  expected: "a file of its own",
  hint: "--results-jsonl results.jsonl",
};
