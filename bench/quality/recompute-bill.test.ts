import { expect, test } from "vitest";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClosedMachine } from "@stint/master/planner/machines/closed.js";
import { recomputeBill } from "./recompute-bill.js";

const SECOND = 1e6;
const priced = (atu: number, minimum: number): Cluster[] => [
  {
    tariff: { price: 100_000, atu: atu * SECOND, minimum: minimum * SECOND, grace: 0 },
  } as unknown as Cluster,
];
interface Row {
  readonly seconds: number;
  readonly periods: readonly (readonly [from: number, to: number, price: number])[];
}
const had = ({ seconds, periods }: Row): ClosedMachine =>
  ({
    machine: "a-1",
    cluster: 0,
    billedFrom: 0,
    releasedAt: seconds * SECOND,
    periods: periods.map(([from, to, price]) => ({ from: from * SECOND, to: to * SECOND, price })),
  }) as unknown as ClosedMachine;
const once = (seconds: number, to: number): ClosedMachine => had({ seconds, periods: [[0, to, 100_000]] });

test.each([
  ["a begun hour is paid whole", once(3601, 7200), priced(3600, 0), 200_000n],
  ["an hour to the second is one hour", once(3600, 3600), priced(3600, 0), 100_000n],
  ["less than the minimum costs the minimum", once(10, 60), priced(1, 60), 1667n],
  ["seconds beyond it are rounded up once", once(61, 61), priced(1, 60), 1695n],
])("%s", (_, machine, clusters, bill) => {
  expect(recomputeBill([machine], clusters)).toBe(bill);
});

test("each period is paid at its own price, and the sum rounded up once", () => {
  const machine = had({ seconds: 90, periods: [[0, 60, 100_000], [60, 90, 200_000]] }); // prettier-ignore
  expect(recomputeBill([machine], priced(1, 0))).toBe(3334n);
});

test("a row that leaves out a begun unit is refused", () => {
  expect(() => recomputeBill([once(3601, 3600)], priced(3600, 0))).toThrow("whole units");
});
