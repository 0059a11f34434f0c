/**
 * How do the outputs of an attempt that has won come into their places? Each file by one rename, so that whoever
 * looks sees the old one or the whole new one. What is moved already is not there any more, so that doing it again
 * after a crash does the rest; a folder that stands there already gains files and loses none.
 */
import type { Stats } from "node:fs";
import { cp, lstat, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { kindOfStaged, whyNotPlaced, whyNotTaken } from "@stint/shared/staged-outputs.js";
import { errorCode } from "./file-trouble.js";
import { besideOf } from "./write-atomically.js";

/**
 * @param staging the attempt's own folder; gone when all is in its place
 * @param base where its task ran
 * @returns why not all of it could be put in place; what could not stays in `staging`
 */
export async function placeOutputs(
  staging: string,
  base: string,
  outputs: readonly string[],
): Promise<string | undefined> {
  try {
    for (const output of outputs) {
      const why = await placeOne(staging, base, output);
      if (why !== undefined) return why;
    }
    await rm(staging, { recursive: true, force: true });
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

async function placeOne(staging: string, base: string, output: string): Promise<string | undefined> {
  const from = join(staging, output);
  // Its agent has seen that it was there, so it has been moved.
  if ((await look(from)) === undefined) return undefined;
  const kind = kindOfStaged(staging, output);
  const why = whyNotTaken(staging, output) ?? whyNotPlaced(base, output, kind);
  if (why !== undefined) return why;
  const to = join(base, output);
  await mkdir(dirname(to), { recursive: true });
  await move(from, to);
  return undefined;
}

async function move(from: string, to: string): Promise<void> {
  const [here, there] = [await look(from), await look(to)];
  if (here?.isDirectory() !== true || there?.isDirectory() !== true) {
    await moveWhole(from, to);
    return;
  }
  for (const name of await readdir(from)) await move(join(from, name), join(to, name));
  await rmdir(from);
}

async function moveWhole(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (cause) {
    if (errorCode(cause) !== "EXDEV") throw cause;
    // Another file system: copied beside its place, then renamed there.
    const beside = besideOf(to);
    try {
      await cp(from, beside, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
      await rename(beside, to);
    } catch (failed) {
      await rm(beside, { recursive: true, force: true });
      throw failed;
    }
    await rm(from, { recursive: true, force: true });
  }
}

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (cause) {
    if (errorCode(cause) === "ENOENT" || errorCode(cause) === "ENOTDIR") return undefined;
    throw cause;
  }
}
