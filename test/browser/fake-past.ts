/** The past of the fake run, its machines and its receipt. */
import type { History, MachineView } from "@stint/shared/api/history.js";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { TOTAL } from "./fake-offers.js";
import {
  COST,
  LASTS_S,
  SAMPLED_S,
  committedAt,
  doneAt,
  fakeView,
  machinesAt,
  money,
  spentAt,
  stamp,
  type FakeState,
} from "./fake-run.js";

export function fakeHistory(state: FakeState): History {
  const last = Math.min(state.atS, LASTS_S);
  const at = Array.from(
    { length: Math.max(1, Math.min(600, Math.floor(last / 15) + 1)) },
    (_, row) => row * 15,
  );
  const known = (row: number, value: number): number | null => (row > SAMPLED_S ? value : null);
  const wander = (row: number): number => 260 * Math.sin(row / 700) * (1 - row / LASTS_S);
  return {
    schema: 1,
    run: state.run,
    started_at: stamp(state, 0),
    at_s: at,
    done: at.map(doneAt),
    failed: at.map((row) => (row > 1_000 ? state.failures : 0)),
    spent_usd: at.map(spentAt),
    committed_usd: at.map(committedAt),
    final_cost_p50_usd: at.map((row) => known(row, money(COST * (0.99 + wander(row) / 9_000)))),
    final_cost_p90_usd: at.map((row) => known(row, money(COST * (1.06 + wander(row) / 6_000)))),
    ends_p50_s: at.map((row) => known(row, LASTS_S * 0.99 + wander(row))),
    ends_p90_s: at.map((row) => known(row, LASTS_S * 1.03 + wander(row) + (LASTS_S - row) * 0.16)),
    machines: {
      small: at.map((row) => machinesAt(row).small),
      large: at.map((row) => machinesAt(row).large),
    },
    budget_usd: at.map(() => state.budget),
  };
}

export function fakeMachines(state: FakeState): MachineView[] {
  const { small, large } = machinesAt(state.atS);
  return [
    ...Array.from({ length: small }, () => "small"),
    ...Array.from({ length: large }, () => "large"),
  ].map((cluster, place) => ({
    machine: `m-${String(place + 1)}`,
    cluster,
    state: "ready",
    rented_s: 20 + place * 12,
    ready_s: 50 + place * 12,
    gone_s: null,
    paid_until_s: state.atS + 60 + ((place * 137) % 600),
    running: 2,
  }));
}

export function fakeSummary(state: FakeState): SummaryDocument {
  const view = fakeView(state);
  const spent = view.spent_usd;
  const waste = {
    boot: 0.181,
    idle: 0.2204,
    spare: 0.094,
    failed: 0.0317,
    cancelled: 0.0521,
    lost: 0,
    rounding: 0.1108,
  };
  const useful = money(spent - Object.values(waste).reduce((sum, one) => sum + one, 0));
  const over = view.phase === "ended";
  return {
    schema: 1,
    run: state.run,
    bag: view.bag,
    state: view.state,
    budget_usd: state.budget,
    spent_usd: spent,
    committed_usd: view.committed_usd,
    tasks: {
      total: TOTAL,
      done: view.tasks.done,
      failed: view.tasks.failed,
      quarantined: 0,
      left: view.tasks.left,
    },
    attempts: { total: TOTAL + 21, failed: 9, lost: 0, replicas: 12, cancelled: 7 },
    started_at: view.started_at,
    accepted_at: view.promise?.accepted_at ?? null,
    ended_at: view.ended_at,
    sampling_s: SAMPLED_S,
    makespan_s: Math.min(LASTS_S, state.atS),
    since_accepted_s: Math.max(0, Math.min(LASTS_S, state.atS) - SAMPLED_S),
    resumed: 1,
    offers: [...(view.offers?.offers ?? [])],
    chosen: state.chosen,
    clusters: {
      small: {
        machines: 9,
        atus: 71,
        spent_usd: view.clusters[0]!.spent_usd,
        tasks: view.clusters[0]!.done,
        mean_s: 44.1,
      },
      large: {
        machines: 4,
        atus: 29,
        spent_usd: view.clusters[1]!.spent_usd,
        tasks: view.clusters[1]!.done,
        mean_s: 18.7,
      },
    },
    useful_usd: useful,
    waste_usd: waste,
    cost_per_task_usd: money(spent / Math.max(1, view.tasks.done)),
    learning_usd: 0.312,
    cushion_usd: 0.4,
    copies: { allowed: true, gain_s: over ? 212 : null },
    shortfall: null,
    ended_because: null,
    failures: [
      {
        outcome: "failed",
        exit_code: 137,
        signal: null,
        last_line: "vina: out of memory while reading ligand 312.pdbqt",
        count: 2,
        example_task: 312,
      },
      { outcome: "timeout", exit_code: null, signal: null, last_line: null, count: 1, example_task: 1_771 },
    ],
    failures_rest: 0,
  };
}
