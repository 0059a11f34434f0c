/**
 * Which program is a local agent? The one file beside this one in an installed stint, the worker's own build in a
 * clone. The file is quicker to start: nothing is looked for.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Absolute; run with Node, followed by the path of a configuration. */
export function agentProgram(): string {
  const oneFile = new URL("./agent.js", import.meta.url);
  return fileURLToPath(existsSync(oneFile) ? oneFile : import.meta.resolve("@stint/worker/main.js"));
}
