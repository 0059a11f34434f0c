/**
 * Is a kept bag still what was written? Its seal says how long it is and which bytes it has; a longer one is sealed
 * before it takes its place. One read of the file.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { formatCount } from "@stint/shared/format.js";
import { unusable, usingFile } from "./file-trouble.js";

export interface BagSeal {
  readonly bytes: number;
  /** Of these bytes, in hex. */
  readonly sha256: string;
}

export const isBagSeal = (seal: unknown): seal is BagSeal =>
  typeof seal === "object" &&
  seal !== null &&
  "bytes" in seal &&
  Number.isSafeInteger(seal.bytes) &&
  "sha256" in seal &&
  typeof seal.sha256 === "string";

const CHUNK_BYTES = 1024 * 1024;

/** The seal of the whole bag. */
export const sealBag = (path: string): BagSeal => sealOf(path, Infinity);

/**
 * The one of these seals that the whole bag has.
 * @param seals of the bag, and of one that was about to take its place when its master ended; none for a bag without
 */
export function provenSeal(path: string, seals: readonly BagSeal[]): BagSeal {
  const whole = sealBag(path);
  const [first] = seals;
  if (first === undefined || seals.some((seal) => isSame(seal, whole))) return whole;
  throw changed(path, isSame(first, sealOf(path, first.bytes)) ? whole.bytes - first.bytes : undefined);
}

const isSame = (one: BagSeal, other: BagSeal): boolean =>
  one.bytes === other.bytes && one.sha256 === other.sha256;

/** Of its first bytes; of fewer, if there are not so many. */
function sealOf(path: string, most: number): BagSeal {
  return usingFile(path, "a run's parsed bag", () => {
    const fd = openSync(path, "r");
    try {
      const hash = createHash("sha256");
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      let at = 0;
      while (at < most) {
        const got = readSync(fd, buffer, 0, Math.min(CHUNK_BYTES, most - at), at);
        if (got === 0) break;
        hash.update(buffer.subarray(0, got));
        at += got;
      }
      return { bytes: at, sha256: hash.digest("hex") };
    } finally {
      closeSync(fd);
    }
  });
}

const changed = (path: string, behind: number | undefined): Error =>
  unusable("bag-changed", {
    where: path,
    found:
      behind === undefined
        ? "other tasks than stint wrote"
        : `${formatCount(behind)} bytes behind the tasks that stint wrote`,
    expected: "the bag that the run was begun with: its results are known by their place in it",
    hint: "restore the file from a copy; to add tasks: stint resume --bag FILE, with an edited bag of your own",
  });
