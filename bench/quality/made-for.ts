/**
 * Where each part of the planner is switched off to see what it is worth: worlds in which it must matter by what it
 * does, each with the reason. A world in which a part has nothing to decide says nothing of it.
 */
import type { Part } from "@stint/master/planner/vocabulary/settings.js";

export interface MadeFor {
  readonly world: string;
  /** A multiple, as in the standard set. */
  readonly budget: 1.15 | 1.5 | 2;
  readonly because: string;
}

const made = (world: string, budget: MadeFor["budget"], because: string): MadeFor => ({
  world,
  budget,
  because,
});

export const MADE_FOR: Readonly<Record<Part, readonly MadeFor[]>> = {
  review: [
    made("drift-mixture-faster-hourly", 1.5, "half-way the better cluster slows down, and the plan is wrong"),
    made("shortage-normal-faster-second", 1.5, "a quarter of the machines comes, and others are to be had"),
    made("unlucky-mixture-dearer-hourly", 1.5, "the sample was too short, and the plan has too few machines"),
  ],
  tail: [
    made("levy-faster-second", 1.5, "the last tasks of slow machines are ended by others four times as fast"),
    made(
      "mixture-small-dearer-second",
      1.5,
      "the same three times as fast, and of few tasks the last are much",
    ),
  ],
  cushion: [
    made("levy-faster-second", 1.5, "by the second no time is owed, so that every copy has to be bought"),
    made("mixture-small-dearer-second", 1.5, "the same where machines for copies are dear"),
  ],
  pairs: [
    made(
      "two-modes-faster-hourly",
      1.5,
      "tasks differ by 80 %, pairs by the noise of 5 %, and units are long",
    ),
  ],
  drift: [
    made(
      "drift-mixture-faster-hourly",
      1.5,
      "the better cluster slows down by half, and the other has machines",
    ),
  ],
};
