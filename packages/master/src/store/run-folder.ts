/**
 * Where does a run keep its files? Makes a folder of its own for each run, names what lies in it, and finds
 * it again from what a person types.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { TroubleError } from "@stint/shared/failures.js";
import type { Instant } from "@stint/shared/units.js";
import { errorCode, unusable, usingFile } from "./file-trouble.js";
import { makeFolders } from "./make-folders.js";
import { besideOf, syncFolder } from "./write-atomically.js";

/** A run's folder and every file that may lie in it; that it is named here does not mean that it is there. */
export interface RunFolder {
  readonly path: string;
  /** The folder's own name, as `2026-01-02T03-04-05-name`. */
  readonly name: string;
  readonly journal: string;
  /** How the run was called: what `resume` keeps. */
  readonly runFile: string;
  /** Private key of the run's own certificates; 0600. */
  readonly runKey: string;
  /** What tasks inherit; 0600. */
  readonly environment: string;
  readonly bag: string;
  readonly joblog: string;
  readonly attempts: string;
  readonly machines: string;
  readonly summary: string;
  /** The receipt as a page. */
  readonly report: string;
  readonly masterPort: string;
  readonly lock: string;
  /** The socket by which a master at work is reached; 0600. */
  readonly control: string;
  /** Where that socket is instead, when this folder's path is too long for one. */
  readonly controlPath: string;
  /** Output of tasks, and what local agents keep: folders. */
  readonly out: string;
  readonly agents: string;
}

export const filesOf = (path: string): RunFolder => ({
  path,
  name: basename(path),
  journal: join(path, "journal"),
  runFile: join(path, "run.json"),
  runKey: join(path, "run.key"),
  environment: join(path, "environment.json"),
  bag: join(path, "bag.jsonl"),
  joblog: join(path, "joblog.tsv"),
  attempts: join(path, "attempts.csv"),
  machines: join(path, "machines.csv"),
  summary: join(path, "summary.json"),
  report: join(path, "report.html"),
  masterPort: join(path, "master.port"),
  lock: join(path, "master.lock"),
  control: join(path, "control.sock"),
  controlPath: join(path, "control.path"),
  out: join(path, "out"),
  agents: join(path, "agents"),
});

export interface NewRun {
  /** The folder of all runs; made when it is missing. */
  readonly runs: string;
  /** What the user calls the run; characters that a folder's name should not have become `-`. */
  readonly name: string;
  readonly at: Instant;
}

/** Runs that may begin in one second under one name. */
const SAME_NAME_MOST = 1_000;
const NAME_LENGTH_MOST = 80;
const OWNER_ONLY = 0o700;
export const LATEST = "latest";

/** Makes a folder that no other run has, only for its owner as it holds secrets, and points `latest` to it. */
export const createRunFolder = (run: NewRun): RunFolder => furnishRunFolder(reserveRunFolder(run));

/** The same, as yet empty: for a run that is begun in it later. */
export function reserveRunFolder(run: NewRun): RunFolder {
  return usingFile(run.runs, "a folder in which runs can be kept", () => {
    makeFolders(run.runs);
    return filesOf(makeOwnFolder(run));
  });
}

/** Makes an empty folder one that a run can begin in. */
export function furnishRunFolder(files: RunFolder): RunFolder {
  const runs = dirname(files.path);
  return usingFile(runs, "a folder in which runs can be kept", () => {
    makeInnerFolders(files);
    syncFolder(files.path);
    pointLatest(runs, files.name);
    syncFolder(runs);
    return files;
  });
}

/** Those in which tasks and agents write; of a run that is taken up again somebody may have removed them. */
export function makeInnerFolders({ out, agents }: RunFolder): void {
  makeFolders(out, OWNER_ONLY);
  makeFolders(agents, OWNER_ONLY);
}

function makeOwnFolder({ runs, name, at }: NewRun): string {
  const stamp = new Date(at / 1000).toISOString().slice(0, 19).replaceAll(":", "-");
  const first = `${stamp}-${folderName(name)}`;
  for (let count = 1; count <= SAME_NAME_MOST; count += 1) {
    const path = join(realpathSync(runs), count === 1 ? first : `${first}-${String(count)}`);
    try {
      mkdirSync(path, { mode: OWNER_ONLY });
      return path;
    } catch (cause) {
      if (errorCode(cause) !== "EEXIST") throw cause;
    }
  }
  throw unusable("too-many-runs", {
    where: runs,
    found: `${String(SAME_NAME_MOST)} runs called ${first}`,
    expected: "a name that is free",
    hint: "give the run another name with --name",
  });
}

const folderName = (name: string): string =>
  name.replace(/[^A-Za-z0-9._-]+/gu, "-").slice(0, NAME_LENGTH_MOST) || "run";

/**
 * A run that is worked on again is the latest. Nothing where its folder stands among no runs, as one that was moved;
 * and nothing is refused where the link cannot be made, as whoever goes on has no need of it.
 */
export function becomeLatest({ path, name }: RunFolder): void {
  const runs = dirname(path);
  const link = join(runs, LATEST);
  try {
    if (!lstatSync(link).isSymbolicLink() || readlinkSync(link) === name) return;
    pointLatest(runs, name);
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause;
  }
}

/** Replaces the link in one step: whoever looks sees the run before or this one. */
function pointLatest(runs: string, name: string): void {
  const beside = besideOf(join(runs, LATEST));
  try {
    symlinkSync(name, beside);
    renameSync(beside, join(runs, LATEST));
  } catch (cause) {
    rmSync(beside, { force: true });
    throw cause;
  }
}

/**
 * The run a person means.
 * @param text a folder, or a name under `runs`; absent: the one last worked on
 */
export function findRun(text: string | undefined, runs = "runs"): RunFolder {
  const places = text === undefined ? [join(runs, LATEST)] : [text, join(runs, text)];
  const found = places.find((place) => existsSync(filesOf(place).journal));
  if (found !== undefined) return withPlainFiles(filesOf(realpathSync(found)));
  const place = places.find((one) => existsSync(one));
  if (text === undefined && place === undefined) throw noneYet(runs);
  throw new TroubleError({
    kind: "usage",
    code: place === undefined ? "no-such-run" : "not-a-run",
    where: place ?? text ?? runs,
    found: place === undefined ? "no run of this name" : "no journal in it",
    expected: "a run's folder, or its name under the folder of runs",
    hint: hintOf(runs),
  });
}

/** Reading a folder says nothing that helps, and reading a pipe waits for somebody who never writes. */
function withPlainFiles(run: RunFolder): RunFolder {
  const { journal, runFile, runKey, environment, bag, lock } = run;
  for (const path of [journal, runFile, runKey, environment, bag, lock, `${lock}.pid`]) {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there === undefined || there.isFile()) continue;
    throw unusable("not-a-file", {
      where: path,
      found: there.isDirectory() ? "a folder" : "a pipe, a socket or a device",
      expected: "a file, as stint has left it",
      hint: "restore it from a copy of the run's folder; a lock may be removed when nobody is at work",
    });
  }
  return run;
}

/** Nobody named a run: it is the latest that is missing. */
const noneYet = (runs: string): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "no-such-run",
    where: runs,
    found: whatIsNotThere(runs),
    expected: "the run that was last worked on in this folder, as no other is named",
    hint: hintOf(runs),
  });

function whatIsNotThere(runs: string): string {
  if (!existsSync(runs)) return `no such folder in ${dirname(resolve(runs))}`;
  return runsIn(runs).length === 0
    ? "no run in it"
    : `no latest run: the link ${join(runs, LATEST)} leads to none`;
}

const HINTED_MOST = 3;

/** The newest first. */
function runsIn(runs: string): string[] {
  const names = existsSync(runs) ? readdirSync(runs).filter((name) => name !== LATEST) : [];
  return names
    .filter((name) => existsSync(filesOf(join(runs, name)).journal))
    .sort()
    .reverse();
}

function hintOf(runs: string): string {
  const known = runsIn(runs);
  if (known.length === 0)
    return "begin one with: stint run BAG; of one that was begun elsewhere name its folder, or its --runs DIR";
  const shown = known.slice(0, HINTED_MOST).join(", ");
  return known.length > HINTED_MOST ? `${shown}, … (newest first)` : shown;
}
