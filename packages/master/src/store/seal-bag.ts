/**
 * Is a kept bag still what was written? Its seal says how long it was and which bytes it had. A bag grows only at its
 * end, so what a seal covers stays as it was; what stands behind that came later. One read of the file.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { unusable, usingFile } from "./file-trouble.js";

export interface BagSeal {
  readonly bytes: number;
  /** Of these bytes, in hex. */
  readonly sha256: string;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * The seal of the whole bag.
 * @param before what must still hold; absent for a bag that has none yet
 */
export function sealBag(path: string, before?: BagSeal): BagSeal {
  return usingFile(path, "a run's parsed bag", () => {
    const fd = openSync(path, "r");
    try {
      const hash = createHash("sha256");
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      let at = 0;
      const take = (end: number): void => {
        while (at < end) {
          const got = readSync(fd, buffer, 0, Math.min(CHUNK_BYTES, end - at), at);
          if (got === 0) return;
          hash.update(buffer.subarray(0, got));
          at += got;
        }
      };
      if (before !== undefined) {
        take(before.bytes);
        if (at !== before.bytes || hash.copy().digest("hex") !== before.sha256) throw changed(path);
      }
      take(Infinity);
      return { bytes: at, sha256: hash.digest("hex") };
    } finally {
      closeSync(fd);
    }
  });
}

const changed = (path: string): Error =>
  unusable("bag-changed", {
    where: path,
    found: "other tasks than stint wrote",
    expected: "the bag that the run was begun with: its results are known by their place in it",
    hint: "restore the file from a copy; to add tasks: stint resume --bag FILE, with an edited bag of your own",
  });
