/**
 * Where are the files of the page? Beside this one in an installed stint, in the page's own package in a clone, where
 * they have been built or not.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Undefined: the page was not built. */
export function pageFolder(): string | undefined {
  const installed = fileURLToPath(new URL("./page", import.meta.url));
  return [installed, inClone()].find(
    (folder) => folder !== undefined && existsSync(join(folder, "index.html")),
  );
}

function inClone(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("@stint/console/package.json")), "dist");
  } catch {
    return undefined;
  }
}
