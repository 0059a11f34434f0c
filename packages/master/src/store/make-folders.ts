/**
 * Makes a folder with those above it, one by one. Node's own way of doing that never returns where the system says
 * of a folder that is there that nothing can be made in it as it did not exist, as /proc does.
 */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "./file-trouble.js";

/** @returns whether it was missing. Throws what the system says. */
export function makeFolders(path: string, mode = 0o777): boolean {
  if (isFolder(path)) return false;
  if (dirname(path) !== path) makeFolders(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
    return true;
  } catch (cause) {
    if (errorCode(cause) === "EEXIST" && isFolder(path)) return false;
    throw cause;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
