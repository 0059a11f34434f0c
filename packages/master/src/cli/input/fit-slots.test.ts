import type { Cluster } from "@stint/shared/cluster.js";
import { TroubleError } from "@stint/shared/failures.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { thisComputer } from "./clusters-file.js";
import { fitClusters, slotsOn } from "./fit-slots.js";

const GB = 1e9;
const clusterOf = (name: string, slots: number, size?: Cluster["size"]): Cluster => {
  const { size: _, ...rest } = thisComputer();
  return { ...rest, name: name as Cluster["name"], slots, ...(size !== undefined && { size }) };
};

test.each([
  [{ cpus: 8, memory: 16 * GB }, { cpus: 2 }, 4],
  [{ cpus: 8, memory: 16 * GB }, { cpus: 3 }, 2],
  [{ cpus: 8, memory: 16 * GB }, { memory: 4 * GB }, 4],
  [{ cpus: 8, memory: 16 * GB }, { memory: GB }, 8],
  [{ cpus: 8, memory: 16 * GB }, { cpus: 0.5, memory: GB }, 16],
  [{ cpus: 8, memory: 16 * GB }, { cpus: 1, memory: 16 * GB + 1 }, 0],
  [{ cpus: 1.5, memory: GB }, { cpus: 2 }, 0],
  [{ cpus: 3, memory: GB }, { cpus: 0.1 }, 30],
  [{ cpus: 1_024, memory: GB }, { cpus: 0.001 }, 1_024],
])("a machine of %j holds of tasks that need %j at once: %i", (size, need, slots) =>
  expect(slotsOn(size, need)).toBe(slots),
);

test("never more run at once than fit, and one more would not", () => {
  const size = fc.record({
    cpus: fc.integer({ min: 1, max: 200 }),
    memory: fc.integer({ min: 1, max: 1e12 }),
  });
  const need = fc.record({
    cpus: fc.integer({ min: 1, max: 300 }),
    memory: fc.integer({ min: 1, max: 1e12 }),
  });
  fc.assert(
    fc.property(size, need, (has, each) => {
      const fits = (count: number): boolean =>
        count * each.cpus <= has.cpus && count * each.memory <= has.memory;
      const slots = slotsOn(has, each);
      expect([fits(slots), fits(slots + 1)]).toEqual([true, false]);
    }),
  );
});

describe("the clusters of a bag", () => {
  const [small, large] = [
    { cpus: 2, memory: 4 * GB },
    { cpus: 8, memory: 64 * GB },
  ];

  test("stay as they are where no task says what it needs", () => {
    const clusters = [clusterOf("a", 1, small)];
    expect(fitClusters(clusters, {})).toEqual({ clusters, leftOut: [] });
  });

  test("have the slots that tasks fit in, or those that were said, and are left out where none fits", () => {
    const clusters = [clusterOf("a", 1, small), clusterOf("b", 1, large), clusterOf("said", 3)];
    const fitted = fitClusters(clusters, { cpus: 1, memory: 8 * GB });
    expect(fitted.clusters.map(({ name, slots }) => [name, slots])).toEqual([
      ["b", 8],
      ["said", 3],
    ]);
    expect(fitted.leftOut).toEqual([
      "a has 2 cores and 4 GB, a task needs 1 core and 8 GB: nothing is rented there.",
    ]);
  });

  test("are refused with the numbers where no task fits anywhere", () => {
    const attempt = (): unknown => fitClusters([clusterOf("a", 1, small)], { cpus: 16 });
    expect(attempt).toThrow(TroubleError);
    expect(attempt).toThrow(/need 16 cores each, where a has 2 cores and 4 GB/u);
  });
});
