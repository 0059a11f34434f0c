import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bootClock } from "@stint/shared/boot-clock.js";
import { seconds } from "@stint/shared/units.js";
import type { TaskReport } from "@stint/shared/wire/messages.js";
import { death, isRunning, taskBench, type TaskBench } from "../../../test/worker/task-bench.js";

const clock = bootClock();

let bench: TaskBench;

beforeEach(() => {
  bench = taskBench(1);
});

afterEach(() => bench.remove());

const text = (report: TaskReport, stream: "stdout" | "stderr"): string =>
  bench.output(report, stream).toString("utf8");
const ran = ({ startedBootUs, endedBootUs }: TaskReport): number => endedBootUs - startedBootUs;

describe("slots", () => {
  test("run as many as there are at once, and the rest in the order in which they came", async () => {
    await bench.remove();
    bench = taskBench(2);
    const orders = Array.from({ length: 8 }, () => bench.order("echo $STINT_SLOT; sleep 0.05"));
    for (const one of orders) bench.executor.start(one);
    expect(bench.executor.holding()).toHaveLength(8);
    await Promise.all(orders.map((one) => bench.reportOf(one)));
    const inOrder = orders.map((one) => bench.reports.find(({ task }) => task === one.task)!);
    expect(inOrder.map((report) => Number(text(report, "stdout")))).toEqual(inOrder.map(({ slot }) => slot));
    expect(new Set(inOrder.map(({ slot }) => slot))).toEqual(new Set([1, 2]));
    const starts = inOrder.map(({ startedBootUs }) => startedBootUs);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const { startedBootUs, task } of inOrder) {
      const beside = inOrder.filter(
        (other) =>
          other.task !== task && other.startedBootUs <= startedBootUs && other.endedBootUs > startedBootUs,
      );
      expect(beside.length).toBeLessThanOrEqual(1);
    }
    expect(bench.executor.holding()).toEqual([]);
  });

  test("are held to imitate a slower machine, and the measured time says so", async () => {
    const report = await bench.run("sleep 0.1; exit 4", { slowdown: 3 });
    expect(report.ending).toEqual({ kind: "exited", code: 4 });
    expect(ran(report)).toBeGreaterThanOrEqual(300_000);
  });

  test("are free at once when what holds them is cancelled", async () => {
    const held = bench.order("echo > done", { slowdown: 1_000_000 });
    bench.executor.start(held);
    await bench.appearance("done");
    const next = bench.order("true");
    bench.executor.start(next);
    while (bench.reports.length === 0) {
      bench.executor.cancel(held);
      await sleep(5);
    }
    expect((await bench.reportOf(held)).ending).toEqual({ kind: "cancelled" });
    expect((await bench.reportOf(next)).ending).toEqual({ kind: "exited", code: 0 });
  });

  test("take an order that comes twice once", async () => {
    const given = bench.order("echo once >> count; sleep 0.1");
    bench.executor.start(given);
    bench.executor.start(given);
    await bench.reportOf(given);
    expect(readFileSync(join(bench.folder, "count"), "utf8")).toBe("once\n");
  });
});

describe("ending a task", () => {
  test("that takes too long ends its whole group, first in kindness", async () => {
    const report = await bench.run("trap 'echo bye; exit 0' TERM; sleep 600 & echo $! > last; wait", {
      timeout: seconds(0.3),
    });
    expect(report.ending).toEqual({ kind: "timed-out" });
    expect(text(report, "stdout")).toBe("bye\n");
    await death(await bench.appearance("last"));
  });

  test("gives the others of the group as much time as the main process", async () => {
    const script =
      "sh -c 'trap \"sleep 0.2; echo saved > saved; exit\" TERM; echo > ready; sleep 600 & wait' & wait";
    const given = bench.order(script);
    bench.executor.start(given);
    await bench.appearance("ready");
    bench.executor.cancel(given);
    expect((await bench.reportOf(given)).ending).toEqual({ kind: "cancelled" });
    expect(readFileSync(join(bench.folder, "saved"), "utf8")).toBe("saved\n");
  });

  test("that ignores being told takes five seconds and not more", async () => {
    const given = bench.order("trap '' TERM; echo $$ > self; while :; do sleep 0.05; done");
    bench.executor.start(given);
    const pid = await bench.appearance("self");
    const toldAt = clock.nowUs();
    bench.executor.cancel(given);
    const report = await bench.reportOf(given);
    expect(report.ending).toEqual({ kind: "cancelled" });
    expect(report.endedBootUs - toldAt).toBeGreaterThanOrEqual(5_000_000);
    await death(pid);
  });

  test("that waits ends at once, without having run", async () => {
    const [first, second] = [bench.order("sleep 600"), bench.order("echo ran > ran")];
    bench.executor.start(first);
    bench.executor.start(second);
    bench.executor.cancel(second);
    const report = await bench.reportOf(second);
    expect(report.ending).toEqual({ kind: "cancelled" });
    expect(ran(report)).toBe(0);
    bench.executor.cancel(first);
    await bench.reportOf(first);
    expect(existsSync(join(bench.folder, "ran"))).toBe(false);
  });

  test("that is over already changes nothing", async () => {
    const report = await bench.run("true");
    bench.executor.cancel(report);
    expect(bench.reports).toHaveLength(1);
  });

  test("kills what its main process leaves running in its group", async () => {
    await bench.run("sleep 600 & echo $! > last");
    await death(await bench.appearance("last"));
  });
});

describe("the end of the agent", () => {
  test("ends all that runs or waits, also what has left its group, and removes the scratch", async () => {
    const orders = [
      bench.order(
        "setsid sh -c 'echo $$ > daemon; exec sleep 600' & while [ ! -s daemon ]; do sleep 0.01; done; sleep 600",
      ),
      bench.order("echo ran > ran"),
    ];
    for (const one of orders) bench.executor.start(one);
    const daemon = await bench.appearance("daemon");
    await bench.executor.end();
    expect(isRunning(daemon)).toBe(false);
    expect(bench.reports.map(({ ending }) => ending.kind)).toEqual(["cancelled", "cancelled"]);
    expect(existsSync(join(bench.folder, "ran"))).toBe(false);
    expect(existsSync(join(bench.folder, "scratch"))).toBe(false);
    bench.executor.start(bench.order("true"));
    expect(bench.executor.holding()).toEqual([]);
  });

  test("is as patient as it is told", async () => {
    bench.executor.start(bench.order("trap '' TERM; echo > ready; while :; do sleep 0.05; done"));
    await bench.appearance("ready");
    const toldAt = clock.nowUs();
    await bench.executor.end(200_000);
    expect(bench.reports[0]!.endedBootUs - toldAt).toBeLessThan(5_000_000);
  });
});
