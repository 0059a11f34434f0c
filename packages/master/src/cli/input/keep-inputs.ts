/**
 * Would a file that somebody asks for take the place of one that is still wanted? Compared is where both really are, so
 * that another spelling, a link, or a folder that is not there yet makes no difference. Looks only.
 */
import { existsSync, realpathSync, statSync, type BigIntStats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { named, troubleAt } from "@stint/shared/misread.js";
import { filesOf, LATEST } from "../../store/run-folder.js";

/** A file, or a folder of files, that will be written. */
export interface Target {
  /** That names it, as `--attempts`. */
  readonly option: string;
  readonly path: string;
}

/** @param read what may be files that are read: they would be lost */
export function refuseInput({ option, path }: Target, read: readonly (string | undefined)[]): void {
  if (!read.some((one) => one !== undefined && isSameFile(one, path))) return;
  throw troubleAt(
    { kind: "usage", where: option },
    {
      code: "would-be-lost",
      found: `${named(path)}, which this run reads`,
      expected: "another file: what stands in it is replaced",
      hint: `${option} results${/\.\w+$/u.exec(path)?.[0] ?? ""}`,
    },
  );
}

/** Of two files of results one would be lost. */
export function refuseTwice({ option, path }: Target, other: Target): void {
  if (!isSameFile(path, other.path)) return;
  throw troubleAt(
    { kind: "usage", where: option },
    {
      code: "would-be-lost",
      found: `${named(path)}, which ${other.option} names too`,
      expected: "a file for each",
      hint: "give one of them another name",
    },
  );
}

/** @param runs the folder of runs: its `latest` is a run's folder as soon as one has begun */
export function refuseRunFolder({ option, path }: Target, runs: string): void {
  const latest = realPlace(join(runs, LATEST));
  for (let at = realPlace(path), above = dirname(at); ; at = above, above = dirname(at)) {
    if (at === latest || isRunFolder(at))
      throw troubleAt(
        { kind: "usage", where: option },
        {
          code: "would-be-lost",
          found: `${named(path)}, in a run's own folder`,
          expected: "a place outside of it: a run is taken up again from what lies there",
          hint: `${option} ${basename(path)}`,
        },
      );
    if (above === at) return;
  }
}

const isRunFolder = (path: string): boolean => {
  const { journal, runFile } = filesOf(path);
  return existsSync(journal) && existsSync(runFile);
};

/** A device or a pipe may be written to by many. */
function isSameFile(one: string, other: string): boolean {
  const [found, wanted] = [statOf(one), statOf(other)];
  if (wanted === undefined) return realPlace(one) === realPlace(other);
  return wanted.isFile() && found?.ino === wanted.ino && found.dev === wanted.dev;
}

function statOf(path: string): BigIntStats | undefined {
  try {
    return statSync(resolve(path), { throwIfNoEntry: false, bigint: true });
  } catch {
    return undefined;
  }
}

/** Where a path leads, also one of which the last parts are not there yet. */
function realPlace(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const above = dirname(whole);
    return above === whole ? whole : join(realPlace(above), basename(whole));
  }
}
