/**
 * Where does a task put what nobody keeps? A folder a slot, empty whenever a task begins. Making and removing one
 * a task would cost a sixth of the time that starting it takes.
 */
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";

export interface Scratch {
  /** The slot's folder, which exists and is empty. */
  folderOf(slot: number): string;
  /** What the slot's task left there is on its way out when this returns; its folder is empty. */
  empty(slot: number): void;
  /** Removes all of it. */
  remove(): void;
}

export function scratchIn(folder: string): Scratch {
  const made = new Map<number, string>();
  let thrownAway = 0;

  function make(slot: number): string {
    const own = join(folder, `slot-${String(slot)}`);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    made.set(slot, own);
    return own;
  }

  function throwAway(own: string): void {
    thrownAway += 1;
    const away = join(folder, `away-${String(thrownAway)}`);
    try {
      renameSync(own, away);
    } catch {
      // The task has removed or moved it: there is nothing of it left here.
      return;
    }
    // A million files take their time, and the next task does not wait for it.
    rm(away, { recursive: true, force: true }).catch(() => undefined);
  }

  return {
    folderOf: (slot) => made.get(slot) ?? make(slot),
    empty(slot) {
      const own = made.get(slot);
      if (own === undefined || isEmpty(own)) return;
      throwAway(own);
      make(slot);
    },
    remove() {
      try {
        rmSync(folder, { recursive: true, force: true });
      } catch {
        // Something there could not be removed, as a mount; it is scratch, and who made it is dead.
      }
    },
  };
}

function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0;
  } catch {
    return false;
  }
}
