/** Do the figures add up with the receipt, and who is told them? */
import { expect, onTestFinished, test } from "vitest";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { serveMetrics } from "./serve-metrics.js";
import { fakeRuns, type FakeRuns } from "../../../../../test/console/fake-runs.js";
import { someSummary } from "../../../../../test/console/documents.js";
import { ask } from "../../../../../test/console/served.js";

async function measured(runs: FakeRuns) {
  const served = await serveMetrics({ runs });
  onTestFinished(() => served.close());
  const look = async (headers = {}, path = "/metrics", method = "GET") =>
    ask(served.port, { method, path, headers });
  return { look, figures: async () => figuresOf((await look()).text) };
}

/** By name and labels, as `stint_run_tasks{run="a",state="done"}`. */
const figuresOf = (text: string): ReadonlyMap<string, number> =>
  new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );

const sumOf = (figures: ReadonlyMap<string, number>, beginning: string): number =>
  [...figures].reduce((sum, [name, value]) => (name.startsWith(beginning) ? sum + value : sum), 0);

test("of each run the figures are those of its receipt, and their parts are the whole", async () => {
  const runs = fakeRuns("one", "two");
  runs.of("two").show({ phase: "ended", ended_at: "2026-01-02T04:00:00.000Z" });
  const { figures } = await measured(runs);
  const seen = await figures();
  for (const run of ["one", "two"]) {
    const summary = someSummary(runs.of(run).latest());
    const figure = (name: string, labels = ""): number =>
      seen.get(`stint_${name}{run="${run}"${labels}}`) ?? NaN;
    expect(figure("run_spent_usd_total")).toBe(summary.spent_usd);
    expect(figure("run_budget_usd")).toBe(summary.budget_usd);
    expect(figure("run_committed_usd")).toBe(summary.committed_usd);
    expect(figure("run_tasks", ',state="quarantined"')).toBe(summary.tasks.quarantined);
    expect(sumOf(seen, `stint_run_tasks{run="${run}"`)).toBe(summary.tasks.total);
    expect(sumOf(seen, `stint_run_attempts_ended_total{run="${run}"`)).toBe(summary.attempts.total);
    const waste = sumOf(seen, `stint_run_waste_usd{run="${run}"`);
    expect(figure("run_useful_usd") + waste).toBeCloseTo(summary.spent_usd, 6);
    expect(sumOf(seen, `stint_run_cluster_spent_usd_total{run="${run}"`)).toBeCloseTo(summary.spent_usd, 6);
  }
  expect(seen.get("stint_spent_usd")).toBe(1);
  expect(sumOf(seen, "stint_run_spent_usd_total")).toBe(1);
  expect(sumOf(seen, "stint_runs{")).toBe(2);
  // What has ended has no machines.
  expect(sumOf(seen, 'stint_run_machines{run="one"')).toBe(3);
  expect(sumOf(seen, 'stint_run_machines{run="two"')).toBe(0);
});

test("looks at the same time are not mixed, and one after another are not added up", async () => {
  const runs = fakeRuns("one");
  const { figures } = await measured(runs);
  for (const seen of [...(await Promise.all([figures(), figures(), figures()])), await figures()])
    expect(sumOf(seen, "stint_run_spent_usd_total")).toBe(0.5);
});

test("the receipt of a run that has ended is asked for once, until it goes on again", async () => {
  const runs = fakeRuns("one");
  runs.of("one").show({ ended_at: "2026-01-02T04:00:00.000Z" });
  let asked = 0;
  const report = (): Promise<SummaryDocument> => Promise.resolve(someSummary(runs.of("one").latest()));
  runs.of("one").run.report = () => ((asked += 1), report());
  const { figures } = await measured(runs);
  await figures();
  await figures();
  expect(asked).toBe(1);
  runs.of("one").show({ ended_at: null });
  await figures();
  await figures();
  expect(asked).toBe(3);
});

test("a run that cannot be measured hides no other", async () => {
  const runs = fakeRuns("one", "two");
  runs.of("one").run.report = () => Promise.reject(new Error("its master is gone"));
  const seen = await (await measured(runs)).figures();
  expect(sumOf(seen, "stint_run_spent_usd_total")).toBe(0.5);
});

test("figures are for this computer alone, and are only looked at", async () => {
  const { look } = await measured(fakeRuns("one"));
  expect((await look()).headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect((await look({ host: "evil.example" })).status).toBe(403);
  expect((await look({}, "/")).status).toBe(404);
  expect((await look({}, "/metrics", "POST")).status).toBe(405);
  await expect(serveMetrics({ runs: fakeRuns(), host: "0.0.0.0" })).rejects.toThrow("found an address");
});
