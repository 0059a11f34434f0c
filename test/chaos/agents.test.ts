/**
 * Mixed real commands on two clusters whose agents are killed with -9 and stopped all the while: every task is
 * accounted for, none is charged for what was not its own doing, and no process is left. STINT_CHAOS_TASKS says how
 * many commands, STINT_CHAOS_STOP_S how long an agent is stopped; the seed is printed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { micro, newPlace, processesOf, type Ended, type Fields, type RunFiles } from "../journeys/stint.js";
import { FOREVER, lineOf, mixedTasks } from "./mixed-tasks.js";
import { torment, type Deeds } from "./tormentor.js";

const TASKS = Number(process.env["STINT_CHAOS_TASKS"] ?? 120);
const STOPPED_S = Number(process.env["STINT_CHAOS_STOP_S"] ?? 4);
const SEED = Number(process.env["STINT_SEED"] ?? Math.floor(Math.random() * 1e6));
const BUDGET = "2usd";
const CLUSTERS = `clusters:
  small: { provider: local, max: 3, slots: 1, price: 0.36 usd/h, atu: 2s }
  large: { provider: local, max: 1, slots: 3, price: 1.08 usd/h, atu: 5s }
`;

const tasks = mixedTasks(TASKS);
const place = newPlace();
let ended: Ended;
let deeds: Deeds;
let run: RunFiles;

/** Park and Miller's generator: the deeds can be had again from the seed, though not the moments' luck. */
function draws(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

beforeAll(
  async () => {
    place.write("bag.jsonl", `${tasks.map(lineOf).join("\n")}\n`);
    place.write("stint.yaml", CLUSTERS);
    const over = new AbortController();
    const call = place.call("run", "bag.jsonl", "--budget", BUDGET, "--choose", "fastest");
    const tormented = torment(
      () => place.run().path,
      { pauseMs: [400, 2_000], stoppedMs: STOPPED_S * 1_000, draw: draws(SEED) },
      over.signal,
    );
    ended = await call.ended;
    over.abort();
    deeds = await tormented;
    run = place.run();
  },
  TASKS * 1_500 + STOPPED_S * 20_000,
);

afterAll(() => place.remove());

/** Rows of the joblog by the number of their task. */
function rowsBySeq(): Readonly<Record<string, readonly Fields[]>> {
  const bySeq: Record<string, Fields[]> = {};
  for (const row of run.joblog()) (bySeq[row["Seq"] ?? ""] ??= []).push(row);
  return bySeq;
}

const of = (rows: readonly Fields[], outcome: string): readonly Fields[] =>
  rows.filter((row) => row["Outcome"] === outcome);

describe(`${TASKS} commands while agents are killed and stopped for ${STOPPED_S} s (seed ${SEED})`, () => {
  test("end with every one of them done or failed for good, as it had to", () => {
    const failed = tasks.filter(({ prints }) => prints === undefined).length;
    expect(run.summary().tasks, ended.stderr).toEqual({
      ...{ total: TASKS, done: TASKS - failed, failed, quarantined: 0, left: 0 },
    });
    expect(ended.code, ended.stderr).toBe(1);
  });

  test("were disturbed: agents were killed and stopped, and attempts were lost with them", () => {
    expect(deeds.kills).toBeGreaterThan(1);
    expect(deeds.stops).toBeGreaterThan(0);
    expect(of(run.joblog(), "lost").length).toBeGreaterThan(0);
  });

  test("are charged for their own failures and for no lost machine", () => {
    const bySeq = rowsBySeq();
    for (const [n, { id, prints, retries, ownFailures, replicable }] of tasks.entries()) {
      const own = bySeq[String(n + 1)] ?? [];
      expect(of(own, "done").length, id).toBe(prints === undefined ? 0 : 1);
      const charged = of(own, "failed").length;
      // A copy may be running when the last one that was allowed to fails; it fails by its own doing too.
      const most = replicable ? ownFailures + 1 : ownFailures;
      expect(charged, id).toBeLessThanOrEqual(most);
      // One that fails in any case has used up what it had; one that fails once may have done so unseen.
      if (prints === undefined) expect(charged, id).toBeGreaterThan(retries);
    }
  });

  test("leave what they printed, whole, with the attempt that counted", () => {
    const bySeq = rowsBySeq();
    for (const [n, { id, prints }] of tasks.entries()) {
      if (prints === undefined) continue;
      const [done] = of(bySeq[String(n + 1)] ?? [], "done");
      const output = run.output(n + 1, Number(done?.["Attempt"]), "stdout");
      expect(output?.toString(), id).toBe(prints);
    }
  });

  test("are paid for within the budget", () => {
    expect(micro(run.summary().spent_usd)).toBeLessThanOrEqual(2_000_000);
  });

  test("leave no process behind, however it tried to get away", () => {
    expect(processesOf(run)).toEqual([]);
    expect(sleepers()).toEqual([]);
  });

  test("keep the laws, as the doctor finds", async () => {
    const doctor = await place.stint("doctor", "latest");
    expect(doctor.code, doctor.stdout + doctor.stderr).toBe(0);
  });
});

/** Daemons of these tasks, found by what they do and not by their marks. */
function sleepers(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/u.test(name))
    .map(Number)
    .filter((pid) => commandLine(pid).split("\0").includes(FOREVER));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
