/** Where are results put besides the run's folder? Refused are places that have no name, and a file that the run reads. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { named, troubleAt, type Misread } from "@stint/shared/misread.js";
import type { ResultPlaces } from "./task-results.js";

export interface ResultFlags {
  readonly results?: string | undefined;
  readonly resultsJsonl?: string | undefined;
}

/** @param read what may be a file that the run reads: it would be lost, as the file of results begins empty */
export function resultPlaces(
  { results, resultsJsonl }: ResultFlags,
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
  return {
    ...(results !== undefined && { folder: resolve(results) }),
    ...(resultsJsonl !== undefined && { lines: resolve(resultsJsonl) }),
  };
}

function isSame(path: string, other: string): boolean {
  const [one, two] = [path, other].map((each) => statSync(each, { throwIfNoEntry: false, bigint: true }));
  return one !== undefined && one.isFile() && one.ino === two?.ino && one.dev === two.dev;
}

const refused = (where: string, words: Misread): Error => troubleAt({ kind: "usage", where }, words);

const noName = (what: string): Misread => ({
  code: "bad-value",
  found: "an empty text",
  expected: `${what} for the results`,
  hint: "leave it out: outputs are kept in the run's folder",
});
