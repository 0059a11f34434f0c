/**
 * What if a task floods its output? Its files are looked at while it runs, and what lies between head and tail is
 * given back to the disk: punched out, so that nothing moves and every byte is still counted. Where the system
 * cannot do that, a stream that has grown far beyond the cap ends its task, as a limit on file size would.
 */
import { spawnSync } from "node:child_process";
import { fstatSync } from "node:fs";
import { headOf, tailOf, type Capture, type CapturedStream } from "./capture.js";

export interface OutputBound {
  watch(capture: Capture, endTask: () => void): void;
  /** Before the capture is closed. */
  forget(capture: Capture): void;
}

/** A disk holds at most what a task can write in this time, beyond what is kept. */
const LOOK_EVERY_MS = 250;
const LOOK_EVERY_MS_IN_A_FLOOD = 25;
/** Less than this is not worth a process of its own. */
const PUNCHED_BYTES_MIN = 4 * 1024 * 1024;
const BLOCK_BYTES = 4_096;
/** How many times the cap a stream may hold where nothing can be punched out of it. */
const UNBOUNDED_CAPS_MAX = 64;

interface Watched {
  readonly endTask: () => void;
  readonly streams: readonly WatchedStream[];
}

interface WatchedStream extends CapturedStream {
  /** All between the head and here is given back. */
  punchedTo: number;
  cannotPunch: boolean;
}

export function outputBound(cap: number): OutputBound {
  const watched = new Map<Capture, Watched>();
  let timer: NodeJS.Timeout | undefined;

  return {
    watch(capture, endTask) {
      const streams = [capture.stdout, capture.stderr].map((stream) => ({
        ...stream,
        punchedTo: headOf(cap),
        cannotPunch: false,
      }));
      watched.set(capture, { endTask, streams });
      timer ??= setTimeout(look, LOOK_EVERY_MS);
    },
    forget(capture) {
      // The timer is left to run out: with short tasks the next is there before it does.
      watched.delete(capture);
    },
  };

  function look(): void {
    timer = undefined;
    if (watched.size === 0) return;
    let flood = false;
    for (const { streams, endTask } of watched.values()) {
      for (const stream of streams) flood = bound(stream, cap, endTask) || flood;
    }
    timer = setTimeout(look, flood ? LOOK_EVERY_MS_IN_A_FLOOD : LOOK_EVERY_MS);
  }
}

/** True when there was something to give back. */
function bound(stream: WatchedStream, cap: number, endTask: () => void): boolean {
  const { size } = fstatSync(stream.descriptor);
  // The task itself may have cut its file off; then what counts begins again.
  if (size < stream.punchedTo) stream.punchedTo = headOf(cap);
  const from = Math.ceil(stream.punchedTo / BLOCK_BYTES) * BLOCK_BYTES;
  const to = Math.floor((size - tailOf(cap)) / BLOCK_BYTES) * BLOCK_BYTES;
  if (to - from < PUNCHED_BYTES_MIN) return false;
  if (stream.cannotPunch || !punch(stream.file, from, to)) {
    stream.cannotPunch = true;
    if (size > cap * UNBOUNDED_CAPS_MAX) endTask();
  } else stream.punchedTo = to;
  return true;
}

/** Waited for: a hole must not be made in a file that is being cut meanwhile. */
function punch(file: string, from: number, to: number): boolean {
  const hole = ["--punch-hole", "--offset", String(from), "--length", String(to - from)];
  return spawnSync("fallocate", [...hole, "--", file], { stdio: "ignore" }).status === 0;
}
