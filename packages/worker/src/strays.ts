/**
 * Which processes have tasks of this machine left behind, outside their groups? Those whose environment names its
 * scratch folder, which no other agent shares. A process that has also wiped its environment is not found; ending
 * that needs more than process groups.
 */
import { readdirSync, readFileSync } from "node:fs";

/** How often to look again: what is found may start another before it dies. */
const LOOKS_MAX = 100;
const BETWEEN_LOOKS_MS = 10;
/** In a row. One is not enough: while a program is replaced by the next its environment cannot be read. */
const LOOKS_FOUND_NONE = 2;

/**
 * Returns how many are still there after the last look: none, unless they multiply faster than they die. Nothing
 * else happens in this process meanwhile, so that what is killed here is not taken for a task that failed.
 */
export function endStrays(scratchFolder: string): number {
  let foundNone = 0;
  for (let look = 0; look < LOOKS_MAX && foundNone < LOOKS_FOUND_NONE; look += 1) {
    const strays = straysOf(scratchFolder);
    foundNone = strays.length === 0 ? foundNone + 1 : 0;
    for (const pid of strays) kill(pid);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, BETWEEN_LOOKS_MS);
  }
  return straysOf(scratchFolder).length;
}

function straysOf(scratchFolder: string): readonly number[] {
  const mark = Buffer.from(`\0STINT_TASK_DIR=${scratchFolder}/`);
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && environmentOf(pid).includes(mark));
}

/** Empty for a process that is gone, dead but not waited for, or another user's. */
function environmentOf(pid: number): Buffer {
  try {
    return Buffer.concat([Buffer.from("\0"), readFileSync(`/proc/${String(pid)}/environ`)]);
  } catch {
    return Buffer.alloc(0);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It was quicker.
  }
}
