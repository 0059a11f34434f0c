/**
 * What if the agent dies before a master has written its results down? They stand in a file before they are sent;
 * who finds the agent dead reads there what nobody has. A full disk costs that safety and nothing else.
 */
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { ackedLine, batchLine, type SpooledBatch } from "@stint/shared/spool.js";

export interface Spool {
  add(batch: SpooledBatch): void;
  /** All up to `seq` are written down; `empty` when that is all there were. */
  acked(seq: number, empty: boolean): void;
  close(): void;
}

/** A spool that nobody needs a line of is begun anew beyond this. */
const KEPT_BYTES_MAX = 1024 * 1024;

export function spoolIn(file: string, onTrouble: (text: string) => void): Spool {
  let descriptor: number | undefined;
  let bytes = 0;
  let troubled = false;

  function append(line: string): void {
    try {
      // For appending: it may be a spool of this machine's that goes on.
      descriptor ??= openSync(file, "a", 0o600);
      bytes += writeSync(descriptor, line);
      troubled = false;
    } catch (error) {
      if (!troubled) onTrouble(`results are not kept in ${file}: ${String(error)}`);
      troubled = true;
    }
  }

  return {
    add: (batch) => append(batchLine(batch)),
    acked(seq, empty) {
      if (empty && bytes > KEPT_BYTES_MAX && descriptor !== undefined) {
        ftruncateSync(descriptor, 0);
        bytes = 0;
      }
      append(ackedLine(seq));
    },
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
