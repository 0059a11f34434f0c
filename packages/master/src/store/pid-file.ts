/**
 * A lock where no lock program is: a file that can be made only once and says which process made it. One left
 * behind by a process that is gone is taken over.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { describeProcess, isAlive, parseProcess, thisProcess } from "@stint/shared/process-identity.js";
import { errorCode } from "./file-trouble.js";
import { besideOf } from "./write-atomically.js";

export type PidFile =
  | { readonly kind: "taken"; readonly release: () => void }
  /** By the process that this text describes. */
  | { readonly kind: "held"; readonly holder: string };

/** Others may take over what was left behind at the same moment; more than this is no coincidence. */
const ROUNDS_MOST = 10;

export function takePidFile(path: string): PidFile {
  const mine = besideOf(path);
  // Made whole beside and then linked, so that nobody reads an empty one.
  writeFileSync(mine, describeProcess(thisProcess()), { mode: 0o600 });
  try {
    for (let round = 0; round < ROUNDS_MOST; round += 1) {
      if (link(mine, path)) return { kind: "taken", release: () => rmSync(path, { force: true }) };
      const holder = readIfThere(path);
      if (holder === undefined) continue;
      if (isHeld(holder)) return { kind: "held", holder };
      removeIfStill(path, holder);
    }
    return { kind: "held", holder: readIfThere(path) ?? "" };
  } finally {
    rmSync(mine, { force: true });
  }
}

/** What the file says of a process that is alive; undefined when there is no file or no such process. */
export function livingHolder(path: string): string | undefined {
  const holder = readIfThere(path);
  return holder !== undefined && isHeld(holder) ? holder : undefined;
}

function isHeld(holder: string): boolean {
  const identity = parseProcess(holder);
  return identity !== undefined && isAlive(identity);
}

/** False when there is a file already. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST") return false;
    throw cause;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined;
    throw cause;
  }
}

/** Two may find the same dead holder: whoever moves away what is not the dead one's puts it back. */
function removeIfStill(path: string, dead: string): void {
  const aside = besideOf(path);
  try {
    renameSync(path, aside);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return;
    throw cause;
  }
  if (readFileSync(aside, "utf8") !== dead) link(aside, path);
  rmSync(aside);
}
