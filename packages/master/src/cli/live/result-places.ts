/**
 * Where are results put besides the run's folder? Refused, before anything is rented, are places that have no name, that
 * cannot be written, and where something else would be lost or is written too.
 */
import { existsSync, opendirSync, statSync, type BigIntStats } from "node:fs";
import { join, resolve } from "node:path";
import { named, troubleAt, type Misread } from "@stint/shared/misread.js";
import { holdsOtherFiles } from "../../store/result-folders.js";
import { refuseInput, refuseRunFolder, refuseTwice } from "../input/keep-inputs.js";
import { refuseUnwritable } from "../input/writable-place.js";
import type { ResultPlaces } from "./task-results.js";

export interface ResultFlags {
  readonly results?: string | undefined;
  readonly resultsJsonl?: string | undefined;
  readonly runs: string;
  readonly json?: true | undefined;
}

const FOLDER = "--results";
const LINES = "--results-jsonl";

/** @param read what may be a file that the run reads, as far as it is known before the bag is read */
export function resultPlaces(
  { results, resultsJsonl, runs, json }: ResultFlags,
  read: readonly (string | undefined)[],
): ResultPlaces {
  if (results === "") throw refused(FOLDER, noName("a folder"));
  if (resultsJsonl === "") throw refused(LINES, noName("a file"));
  if (resultsJsonl === "-") throw refused(LINES, NO_DASH);
  refuseTwoDocuments(resultsJsonl, json === true);
  const places = {
    ...(results !== undefined && { folder: resolve(results) }),
    ...(resultsJsonl !== undefined && { lines: resolve(resultsJsonl) }),
  };
  refuseLosses(places, read);
  if (results !== undefined) {
    refuseRunFolder({ option: FOLDER, path: results }, runs);
    refuseUnwritable({ option: FOLDER, path: results }, "a folder");
    refuseForeign(results);
  }
  if (resultsJsonl !== undefined) {
    refuseRunFolder({ option: LINES, path: resultsJsonl }, runs);
    refuseUnwritable({ option: LINES, path: resultsJsonl }, "a file");
  }
  return places;
}

/** Files that the run reads, or the one place named twice: what stands there would be replaced. */
export function refuseLosses({ folder, lines }: ResultPlaces, read: readonly (string | undefined)[]): void {
  if (lines !== undefined) refuseInput({ option: LINES, path: lines }, read);
  if (lines !== undefined && folder !== undefined)
    refuseTwice({ option: LINES, path: lines }, { option: FOLDER, path: folder });
}

/** @param lines the file of the results, also of a run that is taken up again */
export function refuseTwoDocuments(lines: string | undefined, json: boolean): void {
  if (lines !== undefined && json && isStandardOutput(lines)) throw refused(LINES, twoDocuments(lines));
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

/** So many folders are looked into: where the first are stint's, all are. */
const LOOKED_AT_MOST = 1_000;

/** The folder of a task is written over, which is right only where an earlier run has made it. */
function refuseForeign(results: string): void {
  if (!existsSync(results)) return;
  const folder = opendirSync(results);
  try {
    let looked = 0;
    for (
      let entry = folder.readSync();
      entry !== null && looked < LOOKED_AT_MOST;
      entry = folder.readSync()
    ) {
      if (!/^[1-9]\d*$/u.test(entry.name)) continue;
      looked += 1;
      const place = join(results, entry.name);
      if (holdsOtherFiles(place))
        throw refused(FOLDER, {
          code: "would-be-lost",
          found: `${named(place)}, with files that are not stint's`,
          expected: `a folder for the results of task ${entry.name}, which would replace them`,
          hint: "name a folder that is not there yet: --results results",
        });
    }
  } finally {
    folder.closeSync();
  }
}

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
