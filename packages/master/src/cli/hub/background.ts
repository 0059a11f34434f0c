/** A master in the background, in a session of its own: it survives the terminal that it was begun from. */
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as later } from "node:timers/promises";
import { TroubleError } from "@stint/shared/failures.js";
import type { Program } from "./attend.js";
import type { Home } from "./home.js";
import { lockHome, masterAt } from "./lock-home.js";

const BEGINS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 50;

export interface InBackground {
  readonly url: string;
  readonly pid: number | undefined;
}

/** The address of its page, once it takes bags. Its words are those of this call, without `--detach`. */
export async function masterInBackground(home: Home, { command, args }: Program): Promise<InBackground> {
  // Whoever is there already is named.
  lockHome(home).release();
  const said = `${home.log}.begun`;
  const output = openSync(said, "w", 0o600);
  const words = process.argv.slice(2).filter((word) => word !== "--detach");
  const child = spawn(command, [...args, ...words], { detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const gone = new AbortController();
  const since = Date.now();
  child.on("exit", () => gone.abort());
  child.on("error", () => gone.abort());
  child.unref();
  while (!gone.signal.aborted && Date.now() - since < BEGINS_WITHIN_MS) {
    const at = masterAt(home);
    if (at !== undefined && (await answers(at.url))) return { url: at.url, pid: child.pid };
    await later(LOOK_EVERY_MS);
  }
  throw new TroubleError({
    kind: "state-unusable",
    code: "master-not-begun",
    where: home.path,
    found: gone.signal.aborted ? "a master that ended before it took bags" : "no master that answers",
    expected: "one in the background",
    hint: `what it said: ${said}; or begin it without --detach`,
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(new URL("/healthz", url), { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
