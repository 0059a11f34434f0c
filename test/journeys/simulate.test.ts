/** `stint simulate`: what would this money have bought? The document, the table, and that nothing is left to chance. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Summary } from "@stint/master/planner/report/summary.js";
import { formatDuration } from "@stint/shared/format.js";
import { seconds } from "@stint/shared/units.js";
import { micro, newPlace, type Place } from "./stint.js";

let place: Place;
beforeAll(() => {
  place = newPlace();
  place.write(
    "two.yaml",
    "clusters:\n  base: { max: 8, price: 0.10 usd/h, boot: 60s }\n  fast: { max: 8, price: 0.30 usd/h, boot: 60s, speed: 4 }\n",
  );
  place.write(
    "times.csv",
    `task_id,runtime_s\n${Array.from({ length: 60 }, (_, n) => `t${n},${60 + n}`).join("\n")}\n`,
  );
});
afterAll(() => place.remove());

interface Document {
  input: Record<string, unknown>;
  runs: (Summary & { seed: number })[];
  medians: Record<string, number>;
  over_budget_runs: number;
  incomplete_runs: number;
  budgets: { budget_usd: number; runs: number; incomplete_runs: number; medians: Record<string, number> }[];
}

const DRAWN = ["simulate", "normal(2min,20s)", "--tasks", "100", "--clusters", "two.yaml"];

test("the same inputs and seed give the same document, to the byte; another seed does not", async () => {
  const words = [...DRAWN, "--budget", "1usd", "--json"];
  const [once, again, other] = await Promise.all([
    place.stint(...words),
    place.stint(...words),
    place.stint(...words, "--seed", "2"),
  ]);
  expect(once.code, once.stderr).toBe(0);
  expect(again.stdout).toBe(once.stdout);
  expect(other.stdout).not.toBe(once.stdout);
});

test("the README's example runs with the file that it shows", async () => {
  const page = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, file = "", command = ""] =
    /`world\.yaml`:\n\n```yaml\n([^`]+)```\n\n```\nstint (simulate [^\n]+)\n```/u.exec(page) ?? [];
  place.write("world.yaml", file);
  const { code, stderr, stdout } = await place.stint(...command.replaceAll("'", "").split(" "));
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/\$24\.00 +yes[^]*\$28\.00 +yes/u);
});

test("every budget is run with every seed, and the document says what each bought", async () => {
  const budgets = ["--budget", "0.05usd", "--budget", "0.4usd", "--budget", "1usd"];
  const { code, stdout, stderr } = await place.stint(
    ...DRAWN,
    ...budgets,
    "--runs",
    "3",
    "--choose",
    "fastest",
    "--json",
  );
  expect(code, stderr).toBe(0);
  const document = JSON.parse(stdout) as Document;
  expect(document.input).toMatchObject({ policy: "stint", choose: "fastest", seed: 1, clusters: "two.yaml" });
  expect(document.runs.map(({ seed, budget_usd }) => [budget_usd, seed])).toEqual(
    [0.05, 0.4, 1].flatMap((budget) => [1, 2, 3].map((seed) => [budget, seed])),
  );
  expect(document.over_budget_runs).toBe(0);
  expect(document.incomplete_runs).toBe(document.runs.filter(({ tasks }) => tasks.left > 0).length);
  expect(document.budgets[0]).toMatchObject({ budget_usd: 0.05, runs: 3, incomplete_runs: 3 });
  const [, tight, rich] = document.budgets.map(({ medians }) => medians["makespan_s"] ?? Infinity);
  expect(rich).toBeLessThanOrEqual(tight ?? 0);
  for (const run of document.runs) {
    const parts = [run.useful_usd, ...Object.values(run.waste_usd)].map(micro);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(micro(run.spent_usd));
  }
});

test("many runs on all cores are the runs one by one, in the same order", async () => {
  const words = [...DRAWN, "--budget", "0.4usd", "--json"];
  const seeds = ["1", "2", "3", "4", "5"];
  const [many, ...single] = await Promise.all([
    place.stint(...words, "--runs", "5"),
    ...seeds.map((seed) => place.stint(...words, "--seed", seed)),
  ]);
  expect(many.code, many.stderr).toBe(0);
  const runsOf = ({ stdout }: { readonly stdout: string }): unknown[] =>
    (JSON.parse(stdout) as Document).runs;
  expect(runsOf(many)).toEqual(single.flatMap(runsOf));
  expect(many.stderr).toBe("");
});

test("for a person it is a table of at most 80 columns", async () => {
  const { stdout } = await place.stint(
    ...DRAWN,
    "--budget",
    "0.05usd",
    "--budget",
    "0.4usd",
    "--budget",
    "1usd",
    "--runs",
    "2",
  );
  expect(stdout).toMatch(/^normal\(2min,20s\): 100 tasks, cheapest\+20 picked, seeds 1 to 2\n/u);
  expect(stdout).toMatch(/\nbudget {2}complete {2}done +promised time +took +promised cost +spent\n/u);
  expect(stdout).toMatch(/\n *\$0\.05 +0\/2 .*\n *\$0\.40 .*\n *\$1\.00 +2\/2 +100 /u);
  expect(stdout).toMatch(
    /\nFigures are medians\.\nPromised is P50–P90\. Times count from the pick; learning before it took /u,
  );
  expect(stdout).toMatch(
    /\$0\.05 buys about \d+ tasks; as the whole needs about \$\S+, it ended with the\s+sample\.\n/u,
  );
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("for a person time that was promised is laid beside time from the pick, and failed tasks are told", async () => {
  place.write("faulty.yaml", "clusters:\n  base: { max: 8, price: 0.10 usd/h, boot: 60s, failures: 20% }\n");
  const words = [...DRAWN.slice(0, -1), "faulty.yaml", "--budget", "1usd"];
  const [text, json] = await Promise.all([place.stint(...words), place.stint(...words, "--json")]);
  const [run] = (JSON.parse(json.stdout) as Document).runs;
  expect(run!.makespan_s! - run!.since_accepted_s!).toBeGreaterThan(60);
  const took = formatDuration(seconds(run!.since_accepted_s!));
  expect(text.stdout).toContain(` ${took} `);
  expect(run!.tasks.failed).toBeGreaterThan(1);
  expect(text.stdout).toContain(`$1.00: ${String(run!.tasks.failed)} tasks failed for good.`);
});

test.each(["bats", "round-robin"])(
  "%s decides in the same world, and its bill adds up like any other",
  async (policy) => {
    const words = [...DRAWN, "--budget", "1usd", "--policy", policy, "--choose", "fastest", "--json"];
    const { code, stdout, stderr } = await place.stint(...words);
    expect(code, stderr).toBe(0);
    const document = JSON.parse(stdout) as Document;
    expect(document.input).toMatchObject({ policy });
    const [run] = document.runs;
    expect(run).toMatchObject({ state: "done", tasks: { done: 100, left: 0 }, budget_usd: 1 });
    const parts = [run!.useful_usd, ...Object.values(run!.waste_usd)].map(micro);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(micro(run!.spent_usd));
  },
);

describe("recorded runtimes", () => {
  test("keep the ids of their tasks in the file of attempts, and only the files that were named are written", async () => {
    const before = readdirSync(place.path);
    const { code, stderr } = await place.stint(
      ...["simulate", "times.csv", "--clusters", "two.yaml", "--budget", "1usd"],
      ...["--attempts", "a.csv", "--machines", "m.csv", "--no-replicable"],
    );
    expect(code, stderr).toBe(0);
    const rows = place
      .read("a.csv")
      .trimEnd()
      .split("\n")
      .map((row) => row.split(","));
    expect(rows[0]?.slice(0, 3)).toEqual(["task_id", "attempt", "kind"]);
    expect(new Set(rows.slice(1).map(([id]) => id)).size).toBe(60);
    // Pairs and copies have rows of their own.
    expect(rows.length).toBeGreaterThanOrEqual(61);
    expect(place.read("m.csv")).toMatch(/^machine,cluster,rented_at_s/u);
    expect(readdirSync(place.path).sort()).toEqual([...before, "a.csv", "m.csv"].sort());
  });

  test.each([
    [["--budget", "1usd", "--policy", "luck"], 2, /stint, bats, round-robin, informed/u],
    [["--budget", "1usd", "--runs", "2", "--attempts", "x.csv"], 2, /one run/u],
    [[], 2, /--budget/u],
    [["--budget", "1usd", "--tasks", "5"], 2, /--tasks/u],
    [["--budget", "1usd", "--without", "luck"], 2, /review, tail, cushion, pairs/u],
  ])("with %j are refused", async (words, code, text) => {
    const refused = await place.stint("simulate", "times.csv", "--clusters", "two.yaml", ...words);
    expect([refused.code, text.test(refused.stderr)]).toEqual([code, true]);
    expect(existsSync(join(place.path, "x.csv"))).toBe(false);
  });
});

test("where no task ended, nobody is told what the whole needs", async () => {
  place.write("one.yaml", "clusters:\n  hare: { max: 1, slots: 2, price: 0.72 usd/h, atu: 3s }\n");
  const asked = [
    "simulate",
    "normal(100000h,1h)",
    "--tasks",
    "50",
    "--clusters",
    "one.yaml",
    "--budget",
    "5usd",
  ];
  const { stdout } = await place.stint(...asked);
  expect(stdout.replaceAll("\n", " ")).toContain(
    "$5.00 buys about 0 tasks; the whole needs more than that, and no task ended by which to tell how much.",
  );
  const [run] = (JSON.parse((await place.stint(...asked, "--json")).stdout) as Document).runs;
  expect(run?.shortfall).toEqual({
    tasks_bought: { p50: 0, p90: 0 },
    budget_needed_usd: 10,
    whole_unknown: true,
  });
});
