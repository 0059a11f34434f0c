/** `stint resume --bag`: new lines of an edited bag run in the same run, whatever became of it and whenever its master dies. */
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Summary } from "../../packages/master/src/planner/report/summary.js";
import { sealBag } from "../../packages/master/src/store/seal-bag.js";
import { newPlace, processesOf, until, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const lines = (numbers: readonly number[], line: (number: number) => string): string =>
  numbers.map((number) => `${line(number)}\n`).join("");
const upTo = (end: number): number[] => Array.from({ length: end }, (_, index) => index + 1);
const doneTasks = (): number[] =>
  place
    .run()
    .joblog()
    .filter((row) => row["Outcome"] === "done")
    .map((row) => Number(row["Seq"]))
    .sort((a, b) => a - b);

test("runs what is new in a run that had ended, and says what is new and what stays", async () => {
  place.write("bag.txt", "echo one\nfalse\n");
  expect((await place.stint("run", "bag.txt")).code).toBe(1);
  place.write("bag.txt", "echo one\necho three\necho one\n");
  const { code, stdout, stderr } = await place.stint("resume", "--bag", "bag.txt", "--json");
  expect(code, stderr).toBe(1);
  expect(stderr).toContain("2 new tasks of bag.txt: the run has 4 tasks now.\n");
  expect(stderr).toContain("1 task of the run is not in bag.txt; it stays.\n");
  expect((JSON.parse(stdout) as Summary).tasks).toEqual({
    total: 4,
    done: 3,
    failed: 1,
    quarantined: 0,
    left: 0,
  });
  const run = place.run();
  expect(run.joblog().map((row) => [row["Seq"], row["Attempt"]])).toHaveLength(4);
  expect(run.output(3, 1, "stdout")?.toString()).toBe("three\n");
  expect(run.output(4, 1, "stdout")?.toString()).toBe("one\n");
  expect((await place.stint("doctor", "latest")).code).toBe(0);
  const again = await place.stint("resume", "--bag", "bag.txt");
  expect(again.stderr).toContain("bag.txt has no task that the run does not have.\n");
  expect(again.stderr).toContain("there is nothing to go on with");
  expect(run.joblog()).toHaveLength(4);
});

test("a run that is taken up again is the latest, and an error about a task names the run", async () => {
  place.write("one.txt", "echo one\n");
  place.write("two.txt", "echo two\n");
  await place.stint("run", "one.txt");
  const first = place.run().path;
  await place.stint("run", "two.txt");
  const second = place.run().path;
  place.write("one.txt", "echo one\necho three\n");
  expect((await place.stint("resume", first, "--bag", "one.txt")).code).toBe(0);
  expect([place.run().path, second === first]).toEqual([first, false]);
  expect((await place.stint("logs", "2")).stdout).toBe("three\n");
  for (const look of [["logs"], ["explain", "task"]])
    expect((await place.stint(...look, "9")).stderr).toMatch(
      /^runs\/\S+-one: found no task in it with the id or number "9"\n/u,
    );
});

test("a bag that cannot be read changes nothing of the run", async () => {
  place.write("bag.jsonl", '{"id": "a", "command": "true"}\n');
  expect((await place.stint("run", "bag.jsonl")).code).toBe(0);
  const kept = (): Buffer[] =>
    ["journal", "bag.jsonl"].map((name) => readFileSync(join(place.run().path, name)));
  const before = kept();
  place.write("bag.jsonl", '{"id": "a", "command": "true"}\n{"id": "b", "command": "true"}\n{"id": "b"}\n');
  const { code, stderr } = await place.stint("resume", "--bag", "bag.jsonl");
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining("bag.jsonl, line 3: found neither command nor argv"),
  ]);
  expect(kept()).toEqual(before);
});

test("tasks that a killed master had taken in and not yet written into its journal are not lost", async () => {
  place.write("bag.jsonl", '{"id": "a", "command": "echo a"}\n');
  expect((await place.stint("run", "bag.jsonl")).code).toBe(0);
  const kept = join(place.run().path, "bag.jsonl");
  const before = readFileSync(kept);
  appendFileSync(kept, '{"id":"b","command":{"kind":"shell","line":"echo b"}}\n');
  // A line that nobody has taken in is no task.
  const refused = await place.stint("resume");
  expect([refused.code, refused.stderr]).toEqual([
    9,
    expect.stringContaining("bag.jsonl: found 54 bytes behind the tasks that stint wrote"),
  ]);
  // As its master leaves it: the seal of the longer bag is known before that takes its place.
  const file = JSON.parse(place.read("runs/latest/run.json")) as object;
  place.write("runs/latest/run.json", JSON.stringify({ ...file, bag_seal_next: sealBag(kept) }));
  const longer = readFileSync(kept);
  writeFileSync(kept, before);
  expect((await place.stint("resume")).stderr).toContain("there is nothing to go on with");
  writeFileSync(kept, longer);
  place.write("runs/latest/run.json", JSON.stringify({ ...file, bag_seal_next: sealBag(kept) }));
  // Whoever looks sees the run as its journal has it.
  expect((await place.stint("status")).stdout).toContain("1 of 1 done");
  expect((await place.stint("doctor", "latest")).code).toBe(0);
  const { code, stderr } = await place.stint("resume");
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining("1 new task of an edited bag: the run has 2 tasks now."),
  ]);
  expect(doneTasks()).toEqual([1, 2]);
});

test(
  "with a bag that grows at every kill of its master, every task is done once and in its own words",
  { timeout: 120_000 },
  async () => {
    const write = (end: number): string =>
      place.write(
        "bag.jsonl",
        lines(upTo(end), (number) =>
          JSON.stringify({ id: `t${String(number)}`, command: `sleep 0.2; echo result ${String(number)}` }),
        ),
      );
    place.write(
      "stint.yaml",
      "clusters:\n  small: { provider: local, max: 3, slots: 1, price: 0.36 usd/h, atu: 1s }\n",
    );
    write(40);
    let call = place.call("run", "bag.jsonl", "--budget", "0.5usd", "--choose", "fastest");
    await until(() => begun() && doneTasks().length >= 3, "the first tasks");
    for (const [end, least] of [
      [60, 12],
      [80, 24],
      [90, 40],
    ] as const) {
      call.child.kill("SIGKILL");
      await call.ended;
      write(end);
      call = place.call("resume", "--bag", "bag.jsonl");
      await until(() => call.said().includes(`the run has ${String(end)} tasks now`), "the new tasks");
      await until(() => doneTasks().length >= least, `${String(least)} tasks`);
    }
    const { code, stderr } = await call.ended;
    expect(code, stderr).toBe(0);
    expect(doneTasks()).toEqual(upTo(90));
    const run = place.run();
    expect(run.summary()).toMatchObject({
      chosen: "fastest",
      tasks: { total: 90, done: 90, failed: 0, left: 0 },
    });
    for (const row of run.joblog().filter(({ Outcome }) => Outcome === "done"))
      expect(run.output(Number(row["Seq"]), Number(row["Attempt"]), "stdout")?.toString()).toBe(
        `result ${row["Seq"] ?? ""}\n`,
      );
    expect((await place.stint("doctor", "latest")).code).toBe(0);
    expect(processesOf(run)).toEqual([]);
  },
);

function begun(): boolean {
  try {
    return place.run().joblog().length > 0;
  } catch {
    return false;
  }
}
