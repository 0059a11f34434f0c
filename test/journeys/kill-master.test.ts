/**
 * The master is killed with -9 at random moments of a run and the run resumed each time: nothing finished is lost,
 * nothing is paid beyond the budget, no agent is left. STINT_KILLS says how many times; the seed is printed.
 */
import { describe, expect, test } from "vitest";
import { micro, newPlace, processesOf, type Place } from "./stint.js";

const KILLS = Number(process.env["STINT_KILLS"] ?? 5);
const SEED = Number(process.env["STINT_SEED"] ?? Math.floor(Math.random() * 1e6));
const TASKS = 300;
/** More kills need a longer run to hit, at shorter intervals. */
const TENTHS = KILLS > 5 ? 3 : 1;
const WAIT_MS = KILLS > 5 ? 1_500 : 4_000;

/** Park and Miller's generator: the moments can be had again from the seed. */
function draws(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

async function killedAndResumed(place: Place, next: () => number): Promise<number> {
  let kills = 0;
  let call = place.call("run", "bag.jsonl", "--budget", "0.5usd", "--choose", "fastest", "--retries", "1");
  for (;;) {
    const wait = 300 + next() * WAIT_MS;
    const killed = kills < KILLS && (await Promise.race([call.ended.then(() => false), later(wait)]));
    if (!killed) {
      const ended = await call.ended;
      if (ended.code === 0) return kills;
      throw new Error(`seed ${SEED}, after ${kills} kills: exit ${String(ended.code)}\n${ended.stderr}`);
    }
    call.child.kill("SIGKILL");
    await call.ended;
    kills += 1;
    call = place.call(
      ...(begun(place)
        ? ["resume"]
        : ["run", "bag.jsonl", "--budget", "0.5usd", "--choose", "fastest", "--retries", "1"]),
    );
  }
}

const later = (ms: number): Promise<true> => new Promise((resolve) => setTimeout(() => resolve(true), ms));

/** A master that is killed before its first record has begun nothing. */
function begun(place: Place): boolean {
  try {
    return place.run().path !== "" && place.read("runs/latest/journal").length > 100;
  } catch {
    return false;
  }
}

describe(`a master killed ${KILLS} times (seed ${SEED})`, () => {
  test(
    "loses nothing that was done, pays within the budget and leaves no agent",
    async () => {
      const place = newPlace();
      try {
        const lines = Array.from({ length: TASKS }, (_, n) =>
          JSON.stringify({
            id: `t${n}`,
            command: `sleep 0.${TENTHS * (1 + (n % 3))}; echo result ${n}`,
            replicable: n % 2 === 0,
          }),
        );
        place.write("bag.jsonl", `${lines.join("\n")}\n`);
        place.write(
          "stint.yaml",
          [
            "clusters:",
            "  small: { provider: local, max: 3, slots: 1, price: 0.36 usd/h, atu: 1s }",
            "  large: { provider: local, max: 1, slots: 3, price: 1.08 usd/h, atu: 2s }",
            "",
          ].join("\n"),
        );
        const kills = await killedAndResumed(place, draws(SEED));
        expect(kills, "kills that hit a run under way").toBeGreaterThanOrEqual(KILLS > 5 ? KILLS : 3);
        const run = place.run();
        const summary = run.summary();
        expect(summary.tasks).toEqual({ total: TASKS, done: TASKS, failed: 0, quarantined: 0, left: 0 });
        expect(micro(summary.spent_usd)).toBeLessThanOrEqual(500_000);
        const done = run.joblog().filter((row) => row["Outcome"] === "done");
        expect(done.length).toBe(TASKS);
        expect(new Set(done.map((row) => row["Seq"])).size).toBe(TASKS);
        for (const row of done) {
          const seq = Number(row["Seq"]);
          expect(run.output(seq, Number(row["Attempt"]), "stdout")?.toString()).toBe(`result ${seq - 1}\n`);
        }
        expect(processesOf(run)).toEqual([]);
        const doctor = await place.stint("doctor", "latest");
        expect(doctor.code, doctor.stdout + doctor.stderr).toBe(0);
      } finally {
        place.remove();
      }
    },
    60_000 + KILLS * 30_000,
  );
});
