/**
 * What a run's folder keeps beside the journal, so that another master can go on: how the run was called, what
 * its tasks inherit, the secret that join tokens are derived from, and which boot the timeline is tied to.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { microseconds, type Duration } from "@stint/shared/units.js";
import type { ClockAnchor } from "../../drive/live-clock.js";
import { unusable, usingFile } from "../../store/file-trouble.js";
import type { RunFolder } from "../../store/run-folder.js";
import { isBagSeal, type BagSeal } from "../../store/seal-bag.js";
import { writeAtomically } from "../../store/write-atomically.js";
import type { BagWideWords, TaskEnvironment } from "./requests.js";
import type { ResultPlaces } from "./task-results.js";

/** run.json, in the units of its names. */
interface RunFile {
  readonly schema: 1;
  readonly bag: string;
  /** Names this bag of tasks among all others that run on this computer. */
  readonly bag_id: string;
  /** Of the kept bag; absent in the files of older versions. */
  readonly bag_seal?: BagSeal;
  /** Of a longer one that is about to take its place. */
  readonly bag_seal_next?: BagSeal;
  readonly cwd: string;
  readonly retries: number;
  readonly replicable: boolean;
  readonly timeout_us: number | null;
  /** Named with `--env`: their values are asked for again at a resume. */
  readonly env_names: readonly string[];
  readonly anchor: ClockAnchor;
  /** Where results are put besides; absent in the files of older versions. */
  readonly results?: ResultPlaces;
}

export interface Kept {
  readonly bag: string;
  readonly bagId: string;
  /** That of the kept bag, and that of a longer one which is about to take its place. */
  readonly bagSeals: readonly BagSeal[];
  readonly cwd: string;
  readonly wide: BagWideWords;
  readonly envNames: readonly string[];
  readonly anchor: ClockAnchor;
  readonly results: ResultPlaces;
}

const OWNER_ONLY = 0o600;
const SECRET_BYTES = 32;

export function keepRun(folder: RunFolder, kept: Kept): void {
  const [seal, next] = kept.bagSeals;
  const file: RunFile = {
    schema: 1,
    bag: kept.bag,
    bag_id: kept.bagId,
    ...(seal !== undefined && { bag_seal: seal }),
    ...(next !== undefined && { bag_seal_next: next }),
    cwd: kept.cwd,
    retries: kept.wide.retries,
    replicable: kept.wide.replicable,
    timeout_us: kept.wide.timeout ?? null,
    env_names: kept.envNames,
    anchor: kept.anchor,
    results: kept.results,
  };
  writeAtomically(folder.runFile, `${JSON.stringify(file, undefined, 2)}\n`, OWNER_ONLY);
}

export function keptRun(folder: RunFolder): Kept {
  return usingFile(folder.runFile, "what the run was called with", () => {
    const file = readRunFile(folder.runFile);
    const timeout: Duration | undefined =
      file.timeout_us === null ? undefined : microseconds(file.timeout_us);
    return {
      bag: file.bag,
      bagId: file.bag_id,
      bagSeals: [file.bag_seal, file.bag_seal_next].filter((seal) => seal !== undefined),
      cwd: file.cwd,
      wide: {
        retries: file.retries,
        replicable: file.replicable,
        ...(timeout !== undefined && { timeout }),
      },
      envNames: file.env_names,
      anchor: file.anchor,
      results: file.results ?? {},
    };
  });
}

/** Written in one step by us, so that anything else in it is damage, or the work of an editor. */
function readRunFile(path: string): RunFile {
  const file = parsed(textOf(path, "what the run was called with"));
  if (isRunFile(file)) return file;
  throw damaged(path, "what the run was called with");
}

const damaged = (path: string, expected: string): Error =>
  unusable("file-damaged", {
    where: path,
    found: "something else than was written",
    expected,
    hint: RESTORE,
  });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRunFile(file: unknown): file is RunFile {
  if (typeof file !== "object" || file === null) return false;
  const { bag, bag_id, bag_seal, bag_seal_next, cwd, retries, replicable, timeout_us, env_names, anchor } =
    file as Partial<Record<keyof RunFile, unknown>>;
  return (
    [bag_seal, bag_seal_next].every((seal) => seal === undefined || isBagSeal(seal)) &&
    [bag, bag_id, cwd].every((text) => typeof text === "string") &&
    Number.isSafeInteger(retries) &&
    typeof replicable === "boolean" &&
    (timeout_us === null || Number.isSafeInteger(timeout_us)) &&
    Array.isArray(env_names) &&
    typeof anchor === "object" &&
    anchor !== null &&
    "at_us" in anchor &&
    Number.isSafeInteger(anchor.at_us)
  );
}

/** A name no other bag on this computer has: processes of the run are known by it. */
export const newBagId = (folder: RunFolder): string => `${folder.name}.${randomBytes(4).toString("hex")}`;

export function keepEnvironment(folder: RunFolder, environment: TaskEnvironment): void {
  writeAtomically(folder.environment, JSON.stringify(environment.stored), OWNER_ONLY);
}

/** Agents read it, and what they cannot start with is found out only when machines are paid for. */
export function refuseBadEnvironment({ environment: path }: RunFolder): void {
  const found = parsed(textOf(path, INHERITED));
  const isWhole =
    typeof found === "object" &&
    found !== null &&
    !Array.isArray(found) &&
    Object.values(found).every((value) => typeof value === "string");
  if (!isWhole) throw damaged(path, INHERITED);
}

/** Where it is missing the folder is a run's all the same, and only a copy helps. */
function textOf(path: string, expected: string): string {
  return usingFile(path, expected, () => {
    if (existsSync(path)) return readFileSync(path, "utf8");
    throw unusable("file-missing", { where: path, found: "no such file", expected, hint: RESTORE });
  });
}

const RESTORE = "restore it from a copy of the run's folder";
const INHERITED = "the variables that the run's tasks inherit";

/** The secret of a new run, written down before anything is derived from it. */
export function newRunSecret(folder: RunFolder): Buffer {
  const secret = randomBytes(SECRET_BYTES);
  writeAtomically(folder.runKey, secret.toString("hex"), OWNER_ONLY);
  return secret;
}

export const runSecret = (folder: RunFolder): Buffer =>
  usingFile(folder.runKey, "the run's secret", () => {
    const secret = Buffer.from(textOf(folder.runKey, "the run's secret").trim(), "hex");
    // From less than the whole, anyone could derive what lets an agent in.
    if (secret.length === SECRET_BYTES) return secret;
    throw unusable("file-damaged", {
      where: folder.runKey,
      found: "no secret of 64 hexadecimal digits",
      expected: "the run's secret",
      hint: RESTORE,
    });
  });
