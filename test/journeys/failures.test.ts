/** Failure that teaches: what went wrong is said once, early, in the tasks' own words, and costs little. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newPlace, processesOf, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join("\n");

test("a bag with a typo stops after a few tasks and says why they failed, once", async () => {
  place.write(
    "bag.txt",
    lines(200, (n) => `pyhton3 work.py ${String(n)}`),
  );
  place.write(
    "stint.yaml",
    "clusters:\n  here: { provider: local, max: 2, slots: 1, price: 0.1 usd/h, atu: 1s }\n",
  );
  const { code, stderr } = await place.stint("run", "bag.txt", "--budget", "1usd", "--yes");
  expect(code, stderr).toBe(1);
  const { state, tasks, failures, failures_rest, ended_because } = place.run().summary();
  expect(state).toBe("failed-tasks");
  expect(tasks.left).toBeGreaterThan(150);
  expect(failures).toHaveLength(1);
  expect(failures?.[0]).toMatchObject({ outcome: "failed", exit_code: 127, signal: null });
  expect(failures?.[0]?.last_line).toMatch(/pyhton3: not found/u);
  expect((failures?.[0]?.count ?? 0) + failures_rest).toBe(tasks.failed);
  expect(ended_because).toMatch(/first \d+ attempts all failed/u);
  expect(stderr).toMatch(/exit code 127: .*pyhton3: not found/u);
  expect(stderr).toMatch(/stopped early: the first/u);
  expect(stderr).toMatch(/stint logs \d+ --run/u);
}, 120_000);

test("a mistyped free bag stops as early, a retry begins with what failed, and a resume goes on all the same", async () => {
  place.write(
    "bag.txt",
    lines(60, (n) => `./work.sh ${String(n)}`),
  );
  place.write("stint.yaml", "clusters:\n  here: { provider: local, max: 1, slots: 2 }\n");
  const first = await place.stint("run", "bag.txt");
  expect(first.code, first.stderr).toBe(1);
  const stopped = place.run().summary();
  expect(stopped.ended_because).toMatch(/first \d+ attempts all failed/u);
  expect(stopped.tasks.left).toBeGreaterThan(40);
  expect(first.stderr).toMatch(/stint retry --failed /u);

  const unmended = await place.stint("retry", "--failed");
  expect(unmended.code, unmended.stderr).toBe(1);
  const again = place.run().summary();
  expect(again.ended_because).toMatch(/first \d+ attempts all failed/u);
  const told = (again.failures?.[0]?.count ?? 0) + again.failures_rest;
  expect(told).toBe(again.tasks.failed);
  const tried = new Set(
    place
      .run()
      .joblog()
      .map((row) => row["Seq"]),
  );
  expect(tried.size, "no other tasks than those that had failed, but for the slots").toBeLessThanOrEqual(
    stopped.tasks.failed + 4,
  );

  const on = await place.stint("resume");
  expect(on.code, on.stderr).toBe(1);
  expect(place.run().summary().tasks).toMatchObject({ done: 0, failed: 60, left: 0 });
}, 120_000);

describe("--halt now,fail=3", () => {
  test("stops at the third task that failed, cancels what runs, and resume goes on from there", async () => {
    const command = (n: number): string => {
      if (n === 0) return "sleep 600";
      return n % 4 === 1 ? `echo "bad input ${String(n)}" >&2; exit 3` : `true # ${String(n)}`;
    };
    place.write("bag.txt", lines(120, command));
    place.write("stint.yaml", "clusters:\n  here: { provider: local, max: 1, slots: 2 }\n");
    const first = await place.stint("run", "bag.txt", "--halt", "now,fail=3", "--seed", "1");
    expect(first.code, first.stderr).toBe(1);
    const halted = place.run().summary();
    expect(halted.state).toBe("failed-tasks");
    expect(halted.tasks.failed).toBeGreaterThanOrEqual(3);
    expect(halted.tasks.left).toBeGreaterThan(30);
    expect(halted.ended_because).toMatch(/--halt now,fail=3/u);
    expect(first.stderr).toMatch(/stint resume /u);
    expect(processesOf(place.run())).toEqual([]);

    const again = await place.stint("resume");
    expect(again.code, again.stderr).toBe(1);
    const more = place.run().summary();
    expect(more.tasks.failed).toBeGreaterThanOrEqual(halted.tasks.failed + 3);
    expect(more.failures).toHaveLength(1);
    expect(more.failures?.[0]).toMatchObject({ exit_code: 3, count: more.tasks.failed });
    expect(more.failures?.[0]?.last_line).toMatch(/^bad input \d+$/u);
  }, 120_000);
});

test("a task that kills its agent is in quarantine after three of them, and all others are done", async () => {
  // Three are beyond chance once so many others have gone well; before that it takes more.
  const killer = 'until [ "$(ls | grep -c ^well-)" -ge 50 ]; do sleep 0.05; done; kill -9 "$PPID"; sleep 5';
  place.write("bag.txt", [killer, lines(60, (n) => `sleep 0.05; touch well-${String(n)}`)].join("\n"));
  place.write("stint.yaml", "clusters:\n  here: { provider: local, max: 2, slots: 2 }\n");
  const { code, stderr } = await place.stint("run", "bag.txt", "--retries", "1");
  expect(code, stderr).toBe(1);
  const { state, tasks, failures } = place.run().summary();
  expect(tasks).toEqual({ total: 61, done: 60, failed: 0, quarantined: 1, left: 0 });
  expect(state).toBe("failed-tasks");
  expect(failures).toMatchObject([{ outcome: "lost", exit_code: null, count: 1, example_task: 1 }]);
  expect(stderr).toMatch(/In quarantine, .*: task 1\./u);
  const rows = place
    .run()
    .joblog()
    .filter((row) => row["Seq"] === "1");
  expect(rows.map((row) => row["Outcome"])).toEqual(["lost", "lost", "lost"]);
  expect(processesOf(place.run())).toEqual([]);
}, 180_000);
