/** Does BaTS learn what its pairs show, and expect what its sample shows? */
import { describe, expect, test } from "vitest";
import type { TaskIndex } from "@stint/shared/ids.js";
import { learn, type Sampled } from "./learn.js";
import { longerThan } from "./longer-than.js";

const sampled = (...tasks: readonly (readonly [number, number][])[]): Sampled =>
  new Map(tasks.map((seen, task) => [task as TaskIndex, new Map(seen)]));

describe("what is learnt", () => {
  test("is the line through the pairs, by which all runtimes are brought to the base cluster", () => {
    const learned = learn(
      sampled(
        [
          [0, 10],
          [1, 7],
        ],
        [
          [0, 20],
          [1, 12],
        ],
        [[0, 30]],
        [[1, 22]],
      ),
      2,
    );
    expect(learned?.links).toEqual([
      { offset: 0, slope: 1 },
      { offset: 2, slope: 0.5 },
    ]);
    expect(learned?.base).toEqual([10, 20, 30, 40]);
  });

  test("is the ratio of the means where the pairs are all alike", () => {
    const learned = learn(
      sampled(
        [
          [0, 10],
          [1, 5],
        ],
        [
          [0, 10],
          [1, 5],
        ],
      ),
      2,
    );
    expect(learned?.links[1]).toEqual({ offset: 0, slope: 0.5 });
  });

  test("leaves out a cluster on which nothing was done, and is nothing where none has done any", () => {
    expect(learn(sampled([[1, 10]]), 2)).toEqual({ base: [10], links: [undefined, { offset: 0, slope: 1 }] });
    expect(learn(sampled(), 2)).toBeUndefined();
  });
});

test("a running task is expected to take the mean of what took longer, and to end now beyond the longest", () => {
  const known = longerThan([10, 20, 60]);
  expect([0, 10, 20, 59, 60, 70].map((elapsed) => known.meanAbove(elapsed))).toEqual([
    30, 40, 60, 60, 60, 70,
  ]);
  known.add(100);
  expect([59, 60].map((elapsed) => known.meanAbove(elapsed))).toEqual([80, 100]);
});
