/** How much may be handed in at the same time, all bodies together: what is read lies in memory until it is whole. */
import { BAG_BYTES_MOST } from "@stint/shared/api/runs.js";
import { Refused } from "./refused.js";

/** Two of the longest. */
export const BODIES_BYTES_MOST = 2 * BAG_BYTES_MOST;

export interface BodyRoom {
  /** Refused where there is no more room. */
  take(bytes: number): void;
  giveBack(bytes: number): void;
}

export function bodyRoom(most: number = BODIES_BYTES_MOST): BodyRoom {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > most) throw full(most);
      taken += bytes;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}

const full = (most: number): Refused =>
  new Refused(
    503,
    {
      code: "busy",
      where: "the body",
      found: "too much being handed in at the same time",
      expected: `at most ${String(most)} bytes at a time`,
      hint: "once more in a moment",
    },
    { "retry-after": "5" },
  );
