/**
 * Where a long-lived master keeps what it knows: the runs, the list of them, its tokens, where it listens. One master a
 * home; other verbs look here for runs by their names.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

export interface Home {
  readonly path: string;
  /** The folder of all its runs. */
  readonly runs: string;
  /** Which runs there are and what they may spend; see registry.ts. */
  readonly registry: string;
  /** Held by its master as long as that lives. */
  readonly lock: string;
  /** Where its master listens, as long as one does; 0600. */
  readonly address: string;
  /** What a master in the background has said. */
  readonly log: string;
}

/** `$STINT_HOME`, else `$XDG_STATE_HOME/stint`, else `~/.local/state/stint`. @param dir a person's own word */
export function homeAt(dir?: string, env: NodeJS.ProcessEnv = process.env): Home {
  const named = dir ?? env["STINT_HOME"] ?? "";
  const state = env["XDG_STATE_HOME"] ?? "";
  const base = state.startsWith("/") ? state : join(homedir(), ".local", "state");
  const path = resolve(named === "" ? join(base, "stint") : named);
  return {
    path,
    runs: join(path, "runs"),
    registry: join(path, "registry.json"),
    lock: join(path, "master.lock"),
    address: join(path, "master.json"),
    log: join(path, "master.log"),
  };
}
