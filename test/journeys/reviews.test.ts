/**
 * Live reviews every two seconds: a cluster that slows to a quarter makes the run grow, and machines go at an owed end
 * when there is nothing left for them; a cluster that gets faster lets a run that wants the least money save some.
 */
import { describe, expect, test } from "vitest";
import { newQueue } from "@stint/master/planner/attempts/queue.js";
import type { Decision, Frame } from "@stint/master/planner/records.js";
import { machineCount } from "@stint/master/planner/vocabulary/configuration.js";
import { readJournal } from "@stint/master/store/read-journal.js";
import { newPlace, type Place } from "./stint.js";

const SEED = 7;
const ARGS = [
  "--budget",
  "0.1usd",
  "--choose",
  "cheapest",
  "--review",
  "2s",
  "--replicable",
  "--seed",
  String(SEED),
];

/** One-second tasks; the last to be handed out take `last` seconds. */
function bagOf(tasks: number, last: number): string {
  const { order } = newQueue(tasks, SEED);
  const late = new Set<number>(order.slice(-2));
  return Array.from({ length: tasks }, (_, n) => `sleep ${late.has(n) ? last : 1} # ${n}`).join("\n");
}

const clusters = (first: string, atu: string): string =>
  `clusters:\n  ${first}\n  steady: { provider: local, max: 2, slots: 1, price: 0.90 usd/h, atu: ${atu} }\n`;

interface Setting {
  readonly cluster: string;
  readonly atu: string;
  readonly tasks: number;
  /** Seconds of the last two tasks. */
  readonly last: number;
}

async function framesOf(place: Place, { cluster, atu, tasks, last }: Setting): Promise<readonly Frame[]> {
  place.write("bag.txt", bagOf(tasks, last));
  place.write("stint.yaml", clusters(cluster, atu));
  const ended = await place.stint("run", "bag.txt", ...ARGS);
  expect(ended.code, ended.stderr).toBe(0);
  return [...readJournal(`${place.run().path}/journal`)];
}

interface Adopted {
  readonly index: number;
  readonly before: number;
  readonly wanted: number;
  readonly decision: Extract<Decision, { kind: "adopt-plan" }>;
}

/** Every change of plan after the acceptance, with the machines that were wanted before. */
function adopted(frames: readonly Frame[]): readonly Adopted[] {
  const found: Adopted[] = [];
  let wanted = 0;
  frames.forEach(({ decisions }, index) => {
    for (const decision of decisions) {
      if (decision.kind === "accept-offer") wanted = machineCount(decision.offer.configuration);
      if (decision.kind !== "adopt-plan") continue;
      const now = machineCount(decision.configuration);
      found.push({ index, before: wanted, wanted: now, decision });
      wanted = now;
    }
  });
  return found;
}

describe("a run that is reviewed every two seconds", () => {
  test("grows when a cluster slows to a quarter, and gives machines back at an owed end", async () => {
    const place = newPlace();
    try {
      const frames = await framesOf(place, {
        cluster:
          "fading: { provider: local, max: 4, slots: 1, price: 0.36 usd/h, atu: 20s, drift: 4 from 40% }",
        atu: "20s",
        tasks: 90,
        last: 12,
      });
      const growth = adopted(frames).find(({ before, wanted }) => wanted > before);
      expect(growth, "a review that wants more machines").toBeDefined();
      const because = growth?.decision.because;
      expect(["behind", "too-dear"]).toContain(because?.kind);
      for (const fact of Object.values(because ?? {})) expect(fact).not.toBeUndefined();
      const after = frames.slice(growth?.index).flatMap(({ decisions }) => decisions);
      expect(after.some(({ kind }) => kind === "rent-machine" || kind === "keep-machine")).toBe(true);
      const released = place
        .run()
        .machines()
        .filter((row) => {
          const early = Number(row["billed_to_s"]) - Number(row["released_at_s"]);
          return early >= 0 && early < 2.6 && row["rented_at_s"] !== "";
        });
      expect(released.length, "machines given back within the grace of an owed end").toBeGreaterThan(0);
      const reasons = after
        .filter(({ kind }) => kind === "release-machine")
        .map(({ because: why }) => why.kind);
      // Which of them it is goes by whether a task was on it when its owed time came to an end.
      const owed = ["nothing-to-do-here", "others-end-it-sooner", "lease-is-over"];
      expect(reasons.filter((kind) => owed.includes(kind)).length, reasons.join()).toBeGreaterThan(0);
    } finally {
      place.remove();
    }
  }, 180_000);

  test("that is ahead and was picked as the cheapest saves money", async () => {
    const place = newPlace();
    try {
      const terms = "price: 0.18 usd/h, atu: 10s, speed: 0.25, drift: 0.25 from 25%";
      const frames = await framesOf(place, {
        cluster: `rising: { provider: local, max: 4, slots: 1, ${terms} }`,
        atu: "10s",
        tasks: 160,
        last: 1,
      });
      const saving = adopted(frames).find(({ decision }) => decision.because.kind === "ahead");
      expect(saving, "a review that found a cheaper way").toBeDefined();
      const because = saving?.decision.because as unknown as { cost: number; betterCost: number };
      expect(because.betterCost).toBeLessThan(because.cost);
      expect(because.betterCost).toBe(saving?.decision.plan.cost.p50);
    } finally {
      place.remove();
    }
  }, 180_000);
});
