/**
 * Which attempt's outputs count? Those of the one that ended its task, once that is durable; what every other one
 * wrote is thrown away. A later master does again what an earlier one may have left half done.
 */
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { TaskIndex } from "@stint/shared/ids.js";
import { isStagingFolder, stagingFolder } from "@stint/shared/output-names.js";
import type { Audience, Closed } from "../drive/ports.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import type { OpenBag } from "./open-bag.js";
import { placeOutputs } from "./place-outputs.js";

export interface OutputKeeper extends Audience {
  /** As `seen`, of what happened before this master: only what still lies about is moved or thrown away. */
  seenBefore(closed: Closed): void;
  /**
   * Resolves when all that was seen is in its place, with a line for each task of which something is not.
   * @param ended nothing runs any more: what attempts that nobody waited for have left is thrown away
   */
  settled(ended: boolean): Promise<readonly string[]>;
}

export interface OutputWorld {
  readonly bag: Pick<OpenBag, "declaresOutputs" | "taskAt">;
  /** Where attempts have written. */
  readonly out: string;
  /** Where the bag was submitted. */
  readonly cwd: string;
}

export function keepOutputs(world: OutputWorld): OutputKeeper {
  let turn: Promise<void> = Promise.resolve();
  const unplaced = new Map<string, string>();
  let lying: ReadonlySet<string> | undefined;
  // One after the other: of two tasks with the same output the later one's stays, as in a shell.
  const next = (work: () => Promise<void>): void => {
    turn = turn.then(work);
  };
  const settle = (closed: ClosedAttempt): void => {
    const staging = stagingFolder(world.out, closed);
    if (closed.outcome !== "done") {
      next(() => rm(staging, { recursive: true, force: true }).catch(() => undefined));
      return;
    }
    next(async () => {
      const why = await place(world, closed.task, staging);
      if (why === undefined) return;
      unplaced.set(staging, `task ${String(closed.task + 1)}: ${why}`);
    });
  };
  return {
    seen(_frame, _run, closed) {
      for (const one of closed.attempts) if (world.bag.declaresOutputs(one.task)) settle(one);
    },
    seenBefore(closed) {
      lying ??= new Set(stagedIn(world.out));
      if (lying.size === 0) return;
      for (const one of closed.attempts) if (lying.has(stagingFolder(world.out, one))) settle(one);
    },
    async settled(ended) {
      await turn;
      const left = ended ? stagedIn(world.out).filter((path) => !unplaced.has(path)) : [];
      for (const path of left) await rm(path, { recursive: true, force: true }).catch(() => undefined);
      return [...unplaced.values()];
    },
  };
}

/** None where the folder itself is gone: a person or a task has thrown all of it away. */
const stagedIn = (out: string): readonly string[] =>
  existsSync(out)
    ? readdirSync(out)
        .filter(isStagingFolder)
        .map((name) => join(out, name))
    : [];

async function place(world: OutputWorld, index: TaskIndex, staging: string): Promise<string | undefined> {
  const task = world.bag.taskAt(index);
  const base = task.cwd === undefined ? world.cwd : resolve(world.cwd, task.cwd);
  if (!existsSync(staging)) return `its outputs are not on this computer: there is no ${staging}`;
  return placeOutputs(staging, base, task.outputs ?? []);
}
