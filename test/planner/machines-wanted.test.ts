/** How many machines are rented, kept and let go: tables of runs and what is decided about their fleet. */
import { describe, expect, test } from "vitest";
import type { MachineId } from "@stint/shared/ids.js";
import { microUsdPerHour, minutes, seconds, type Duration } from "@stint/shared/units.js";
import { step } from "@stint/master/planner/decide.js";
import type { Run } from "@stint/master/planner/run-state.js";
import { because } from "./told-frames.js";
import { begun, cluster, DOLLAR_AN_HOUR, order, passed, rented, seen, told, toldRun } from "./told-run.js";

/** What is decided when time passes, machines and their leases only. */
const next = (run: Run): string[] =>
  told(step(run, { kind: "time-passed", at: run.at }).decisions).filter((text) => !text.startsWith("start"));
const rents = (run: Run): number => next(run).filter((text) => text.startsWith("rent")).length;

const less = (span: Duration, by: Duration): Duration => (span - by) as Duration;

/** Sixteen minutes of one machine. */
const MINUTE = 16_667;

describe("machines that the plan wants and that are not there", () => {
  test.each([
    ["as many as it wants where the money is no question", { budget: 10_000_000, runtime: 60 }, 4],
    ["only as many as the money keeps until each has ended a task", { budget: 25 * MINUTE, runtime: 600 }, 2],
    ["none where the money does not keep one for a task", { budget: 5 * MINUTE, runtime: 600 }, 0],
    ["no more than there are tasks that nobody serves", { budget: 10_000_000, runtime: 60, tasks: 2 }, 2],
  ])(
    "are rented: %s",
    (_, { budget, runtime, tasks = 100 }: { budget: number; runtime: number; tasks?: number }, expected) => {
      const run = toldRun({ budget, tasks, wanted: [4] });
      seen(run, 0, runtime, runtime);
      expect(rents(run)).toBe(expected);
    },
  );

  test("are not rented with the money that those there need to end what they run", () => {
    const run = toldRun({ budget: 25 * MINUTE, wanted: [4] });
    seen(run, 0, 600, 600);
    begun(run, rented(run), 0);
    expect(rents(run)).toBe(1);
  });

  test("are rented once: a second look at the same instant rents no more", () => {
    const run = toldRun({ budget: 45 * MINUTE, wanted: [4] });
    seen(run, 0, 600, 600);
    expect(rents(run)).toBe(4);
    expect(rents(run)).toBe(0);
  });

  test("are kept before others are rented, and never are more there than the cluster has", () => {
    const run = toldRun({ wanted: [4] });
    seen(run, 0, 600);
    const machines = [0, 1, 2, 3].map((task) => {
      const machine = rented(run, 0, { lease: minutes(10) });
      begun(run, machine, task);
      return machine;
    });
    for (const machine of machines) order(run, { kind: "mark-leaving", machine, because });
    expect(next(run)).toEqual(machines.map((machine) => `keep-machine ${machine}`));
  });
});

describe("who leaves", () => {
  test("is known before it is counted who is missing elsewhere", () => {
    const run = toldRun({ clusters: [cluster("small"), cluster("large")], tasks: 4, wanted: [4, 0] });
    seen(run, 0, 600);
    rented(run, 1, { ready: false, lease: minutes(10) });
    run.offer.wanted = [4, 0];
    const decisions = next(run);
    expect(decisions[0]).toBe("mark-leaving large-1");
    expect(decisions.filter((text) => text.startsWith("rent"))).toHaveLength(4);
  });

  const leavesAfter = (atu: Duration, runtime: number, worked: Duration): string | undefined => {
    const run = toldRun({
      clusters: [cluster("small", { tariff: { ...DOLLAR_AN_HOUR, atu } })],
      wanted: [1],
    });
    seen(run, 0, runtime);
    const leaving = rented(run, 0, { lease: atu });
    passed(run, less(atu, worked));
    begun(run, leaving, 0);
    begun(run, rented(run, 0, { lease: minutes(120) }), 1);
    run.offer.wanted = [1];
    order(run, { kind: "mark-leaving", machine: leaving, because });
    passed(run, less(worked, seconds(20)));
    const early = next(run);
    passed(run, seconds(20));
    return [...early, ...next(run)][0];
  };

  test("ends its tasks, a unit at a time, where that costs less than to run them again", () => {
    expect(leavesAfter(minutes(1), 600, minutes(1))).toBe("renew-machine small-1");
  });

  test("gives them up at its owed end where another unit is dearer", () => {
    expect(leavesAfter(minutes(60), 60, seconds(30))).toBe("release-machine small-1");
  });

  test("ends one that has taken the whole unit: elsewhere it would take as long again", () => {
    expect(leavesAfter(minutes(60), 60, minutes(60))).toBe("renew-machine small-1");
  });

  test("ends its tasks whatever the unit costs where nobody else stays to run them again", () => {
    const hourly = { ...DOLLAR_AN_HOUR, atu: minutes(60) };
    const run = toldRun({ clusters: [cluster("small", { tariff: hourly })], tasks: 1, wanted: [0] });
    seen(run, 0, 600);
    const leaving = rented(run, 0, { lease: minutes(60) });
    begun(run, leaving, 0);
    order(run, { kind: "mark-leaving", machine: leaving, because });
    passed(run, minutes(56));
    expect(next(run)).toEqual(["renew-machine small-1"]);
  });
});

describe("leases", () => {
  test("are made longer one after the other, so that no money is promised twice", () => {
    const run = toldRun({ budget: 7 * MINUTE, wanted: [4] });
    seen(run, 0, 60);
    for (const task of [0, 1, 2, 3]) begun(run, rented(run), task);
    passed(run, seconds(50));
    next(run);
    expect(run.money.liable).toBeLessThanOrEqual(7 * MINUTE);
  });

  test("are looked at twice at one instant without a second renewal", () => {
    const run = toldRun({ budget: 30 * MINUTE, wanted: [4] });
    seen(run, 0, 60);
    for (const task of [0, 1, 2, 3]) begun(run, rented(run), task);
    passed(run, seconds(50));
    expect(next(run).length).toBeGreaterThan(0);
    expect(next(run)).toEqual([]);
  });
});

describe("what is left is spent", () => {
  test("on the cluster that is known, not on one that never showed its speed", () => {
    const cheap = { ...DOLLAR_AN_HOUR, price: microUsdPerHour(900_000) };
    const run = toldRun({
      clusters: [cluster("known"), cluster("unknown", { tariff: cheap })],
      wanted: [0, 0],
    });
    seen(run, 0, 600, 600);
    const [first] = next(run);
    // Nine tenths of the price and, as far as is known, as slow: it is tried where nothing speaks against it.
    expect(first).toBe("rent-machine unknown-1");
    const dearer = toldRun({ clusters: [cluster("known"), cluster("unknown")], wanted: [0, 0] });
    seen(dearer, 0, 600, 600);
    expect(next(dearer)[0]).toBe("rent-machine known-1");
  });

  test("and what was rented so is wanted from then on", () => {
    const run = toldRun({ clusters: [cluster("small", { most: 2 })], wanted: [0] });
    seen(run, 0, 600);
    expect(rents(run)).toBe(2);
    expect(run.offer.wanted).toEqual([2]);
  });
});

describe("a cluster that delivers less than it is asked for", () => {
  test("is limited to the machines that are there, booting ones too, and loses none of them", () => {
    const run = toldRun({ wanted: [4] });
    seen(run, 0, 600);
    rented(run, 0, { ready: false, lease: minutes(10) });
    next(run);
    const decisions = ["small-2", "small-3", "small-4"].flatMap((machine) =>
      fails(run, machine as MachineId),
    );
    expect(decisions.filter((text) => text.startsWith("mark-leaving"))).toEqual([]);
    expect(run.machines.clusters[0]?.limit?.most).toBe(run.machines.live.size);
  });
});

const fails = (run: Run, machine: MachineId): string[] =>
  told(
    step(run, { kind: "machine-launch-failed", machine, code: "no-capacity", message: "", at: run.at })
      .decisions,
  );
