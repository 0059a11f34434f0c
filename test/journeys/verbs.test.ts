/** The everyday verbs through the built program: what they say, and that their documents are as their schemas say. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Summary } from "@stint/master/planner/report/summary.js";
import { budget, error, explain, summary } from "@stint/master/cli/schemas/documents.js";
import { simulate } from "@stint/master/cli/schemas/simulate.js";
import { keptRun } from "./kept-run.js";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const json = async (...words: string[]): Promise<unknown> =>
  JSON.parse((await place.stint(...words, "--json")).stdout) as unknown;

test("explain tells of a task, a machine and a decision what the journal has as its reason", async () => {
  const { imagined } = await keptRun(place.path);
  const failed = imagined.attempts.filter(
    ({ outcome, attempt }) => outcome === "failed" && Number(attempt) === 1,
  );
  const retried = failed.find(({ task }) =>
    imagined.attempts.some((one) => one.task === task && one.kind === "retry" && one.outcome === "done"),
  )!;
  const task = await place.stint("explain", "task", String(retried.task + 1));
  expect(task.stdout).toMatch(
    /attempt 1[^]*is started on[^]*attempt 1 ends as failed[^]*\(a retry\)[^]*ends as done[^]*it is done/u,
  );
  const machine = await place.stint("explain", "machine", "small-1");
  expect(machine.stdout).toMatch(/renting small-1[^]*says hello[^]*releasing small-1[^]*it is billed/u);
  const nobody = await place.stint("explain", "machine", "small-99");
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringMatching(/small-99[^]*small-1/u)]);
  expect((await place.stint("explain", "decision", "1")).stdout).toMatch(/sampling \d+ tasks/u);
  for (const words of [["task", "1"], ["machine", "small-1"], ["decision"]])
    expect(explain.safeParse(await json("explain", ...words)).error).toBeUndefined();
});

test("documents are as their schemas say", async () => {
  await keptRun(place.path, { framesMost: 60 });
  place.write(
    "world.yaml",
    "clusters:\n  small: { max: 2, price: 0.04 usd/h, atu: 1s }\n  large: { max: 2, price: 0.2 usd/h, atu: 1s, speed: 4 }\n",
  );
  const imagined = await json(
    ...["simulate", "normal(60s,6s)", "--tasks", "40", "--clusters", "world.yaml"],
    ...["--budget", "1usd", "--choose", "fastest", "--runs", "2"],
  );
  expect(simulate.safeParse(imagined).error).toBeUndefined();
  expect(summary.safeParse(await json("status")).error).toBeUndefined();
  expect(summary.safeParse(await json("report")).error).toBeUndefined();
  expect(budget.safeParse(await json("budget", "show")).error).toBeUndefined();
  expect(error.safeParse(await json("watch")).error).toBeUndefined();
});

test("a dry run shows the tasks and what would be rented, and leaves nothing behind", async () => {
  place.write("bag.txt", Array.from({ length: 60 }, (_, n) => `echo ${String(n)}`).join("\n"));
  place.write("stint.yaml", "clusters:\n  small: { provider: local, max: 2, price: 0.04 usd/h, atu: 1s }\n");
  const { code, stdout } = await place.stint("run", "bag.txt", "--budget", "1usd", "--dry-run");
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /60 tasks[^]*echo 0[^]* 60 {2}echo 59\n[^]*small[^]*sampling costs at most \$0\.50/u,
    ),
  ]);
  expect(await json("run", "bag.txt", "--budget", "1usd", "--dry-run")).toMatchObject({
    tasks: 60,
    sampling: { cost_usd_max: 0.5 },
  });
  expect(existsSync(join(place.path, "runs"))).toBe(false);
  expect(readdirSync(place.path).sort()).toEqual(["bag.txt", "stint.yaml"]);
});

test("a plan stops at its offers, and what it sampled is not run again", { timeout: 120_000 }, async () => {
  const ran = join(place.path, "ran");
  place.write(
    "bag.txt",
    Array.from({ length: 60 }, (_, n) => `sleep 0.2; echo ${String(n)} >> ${ran}`).join("\n"),
  );
  place.write("stint.yaml", "clusters:\n  small: { provider: local, max: 2, price: 0.04 usd/h, atu: 1s }\n");
  const planned = await place.stint("plan", "bag.txt", "--budget", "0.05usd", "--json");
  expect(planned.code, planned.stderr).toBe(0);
  const offered = JSON.parse(planned.stdout) as Summary;
  expect([offered.state, offered.offers.length, offered.chosen]).toEqual(["needs-choice", 4, null]);
  expect(offered.tasks.done).toBeGreaterThan(10);
  const resumed = await place.stint("resume", "--choose", "cheapest", "--json");
  expect(resumed.code, resumed.stderr).toBe(0);
  expect((JSON.parse(resumed.stdout) as Summary).tasks.done).toBe(60);
  const lines = place.read("ran").trim().split("\n");
  expect([lines.length >= 60, new Set(lines).size]).toEqual([true, 60]);
});

test("retry runs what failed again in the same run, and nothing else", { timeout: 120_000 }, async () => {
  const ran = join(place.path, "ran");
  place.write("bag.txt", `test -e mended && echo a >> ${ran}\necho b >> ${ran}\n`);
  expect((await place.stint("run", "bag.txt")).code).toBe(1);
  writeFileSync(join(place.path, "mended"), "");
  const again = await place.stint("retry", "--failed", "--json");
  expect(again.code, again.stderr).toBe(0);
  expect(place.read("ran")).toBe("b\na\n");
  expect(
    place
      .run()
      .joblog()
      .map(({ Attempt, Outcome }) => `${Attempt} ${Outcome}`)
      .sort(),
  ).toEqual(["1 done", "1 failed", "2 done"]);
  expect(await place.stint("retry", "--failed")).toMatchObject({ code: 2 });
  expect((await place.stint("doctor", "latest")).code).toBe(0);
});

test("the doctor of this computer tries everything and leaves nothing behind", async () => {
  const found = (await json("doctor")) as { checks: { check: string; state: string }[] };
  expect(found.checks.filter(({ state }) => state === "refuse")).toEqual([]);
  expect(found.checks.map(({ check }) => check)).toEqual(
    expect.arrayContaining(["node", "locks", "durable writes"]),
  );
  place.write(
    "stint.yaml",
    "clusters: { a: { provider: local, max: 2 }, b: { provider: local, slots: 3 } }\n",
  );
  expect((await place.stint("doctor")).stdout).toMatch(
    /clusters +a \(2 machines of 1 slot\), b \(1 machine of 3 slots\)/u,
  );
  place.write("stint.yaml", "clusters: 3\n");
  const refused = await place.stint("doctor");
  expect([refused.code, refused.stdout]).toEqual([3, expect.stringMatching(/no {3}clusters/u)]);
  expect(readdirSync(place.path)).toEqual(["stint.yaml"]);
});
