/** The documents of a run that nobody carries out: each a function of how far it has come, all accepted by the schemas. */
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { OfferWord } from "@stint/shared/api/words.js";
import { fakeOffers, TOTAL } from "./fake-offers.js";

export const LASTS_S = 5_400;
export const SAMPLED_S = 420;
const BUDGET = 12;
export const COST = 9.284417;

/** `at_s` since the start; before an offer is picked the run stands still at the end of its sample. */
export interface FakeState {
  readonly run: string;
  readonly startedAt: number;
  readonly atS: number;
  readonly chosen: OfferWord | null;
  readonly budget: number;
  readonly paused: boolean;
  readonly failures: number;
}

export const fakeState = (over: Partial<FakeState> = {}): FakeState => ({
  run: "2026-11-29T0612-docking",
  startedAt: Date.parse("2026-11-29T06:12:00Z"),
  atS: 2_700,
  chosen: "cheapest+20",
  budget: BUDGET,
  paused: false,
  failures: 3,
  ...over,
});

export const stamp = ({ startedAt }: FakeState, atS: number): string =>
  new Date(startedAt + atS * 1_000).toISOString();
export const money = (usd: number): number => Math.round(usd * 1e6) / 1e6;
const waits = ({ chosen, atS }: FakeState): boolean => chosen === null && atS >= SAMPLED_S;
const ended = ({ chosen, atS }: FakeState): boolean => chosen !== null && atS >= LASTS_S;

/** Slow while it learns, then steady, slow again in the tail. */
export function doneAt(atS: number): number {
  if (atS <= SAMPLED_S) return Math.floor((atS / SAMPLED_S) * 60);
  const share = Math.min(1, (atS - SAMPLED_S) / (LASTS_S - SAMPLED_S));
  return Math.floor(60 + (TOTAL - 60) * (1 - (1 - share) ** 1.25));
}
export const spentAt = (atS: number): number =>
  money(Math.min(COST, 0.31 + Math.floor(atS / 180) * 180 * ((COST - 0.31) / LASTS_S)));
export const committedAt = (atS: number): number =>
  atS >= LASTS_S ? 0 : money(0.52 + 0.1 * Math.sin(atS / 300));

export function machinesAt(atS: number): { small: number; large: number } {
  if (atS < SAMPLED_S) return { small: atS < 30 ? 0 : 2, large: atS < 50 ? 0 : 1 };
  if (atS >= LASTS_S) return { small: 0, large: 0 };
  return { small: atS < 700 ? 4 : atS > 4_600 ? 5 : 8, large: atS < 900 ? 1 : atS > 4_900 ? 1 : 3 };
}

export function fakeView(state: FakeState): LiveView {
  const { atS } = state;
  const over = ended(state);
  const wait = waits(state);
  const given = atS > 1_000 ? state.failures : 0;
  const done = over ? TOTAL - given : Math.min(doneAt(atS), TOTAL - given);
  const running = over || wait || state.paused ? 0 : Math.min(TOTAL - done - given, 28);
  const left = TOTAL - done - given;
  const ends = Math.max(0, LASTS_S - atS);
  return {
    schema: 1,
    run: state.run,
    bag: "docking-screen.txt",
    at: stamp(state, atS),
    started_at: stamp(state, 0),
    ended_at: over ? stamp(state, LASTS_S) : null,
    phase: over ? "ended" : wait ? "choosing" : atS < SAMPLED_S ? "sampling" : "running",
    state: over ? (given > 0 ? "failed-tasks" : "done") : wait ? "needs-choice" : "running",
    in_tail: !over && left - running <= 0,
    paused: state.paused,
    imagined: false,
    tasks: { total: TOTAL, done, failed: given, quarantined: 0, running, waiting: left - running, left },
    sample: { size: 60, ended: Math.min(60, doneAt(atS)) },
    clusters: clustersOf(state, { done, running, over }),
    budget_usd: state.budget,
    spent_usd: spentAt(atS),
    committed_usd: over ? 0 : committedAt(atS),
    time_left_s: over || atS < SAMPLED_S || wait ? null : { p50: ends * 0.97, p90: ends * 1.16 + 60 },
    final_cost_usd: over || atS < SAMPLED_S || wait ? null : { p50: COST * 0.99, p90: COST * 1.06 },
    offers: atS < SAMPLED_S ? null : fakeOffers(state.budget),
    awaits_choice: wait,
    chosen: state.chosen,
    promise: promiseOf(state),
    running: Array.from({ length: running }, (_, place) => ({
      task: done + given + running - place,
      attempt: place === 3 ? 2 : 1,
      copy: place === 3,
      cluster: place % 3 === 0 ? "large" : "small",
      machine: `m-${String((place % 11) + 1)}`,
      since_s: 88 - place * 2.9 + (place === 0 ? 70 : 0),
      expected_s: place % 3 === 0 ? 19 : 44,
    })),
    decisions: DECISIONS.map(([back, text]) => ({ at: stamp(state, Math.max(0, atS - back)), text })),
    failed_tasks: given > 0 ? [312, 1_024, 1_771].slice(0, given) : [],
    waiting_for: atS < 30 ? "2 small and 1 large are booting; a small one takes about 30 s." : null,
    machines_silent: 0,
  };
}

const DECISIONS: readonly (readonly [number, string])[] = [
  [4, "Start 8 tasks on small m-3: 4 slots are idle and 1,310 tasks wait."],
  [61, "Renew large m-9 until 07:03: it is needed for 41 more tasks, and $2.71 are free."],
  [185, "Review: forecast to end 07:41–07:52, promised 07:45–07:58. Nothing is changed."],
  [361, "Give small m-2 back: its lease ends in 40 s and the plan wants 8 small."],
  [366, "Rent large m-11: the plan wants 3 large, 2 are there; a lease costs $0.18."],
  [780, "Retry task 312: exit code 137, attempt 1 of 3."],
  [
    1_205,
    "Review: forecast to end 07:44–07:59. One large more: each later minute costs nothing, $1.94 are free.",
  ],
  [1_800, "Take the offer Cheapest + 20 %: picked by a person."],
];

function clustersOf(
  { atS }: FakeState,
  { done, running, over }: { done: number; running: number; over: boolean },
): LiveView["clusters"] {
  const machines = machinesAt(atS);
  const large = Math.floor(done * 0.42);
  return [
    {
      name: "small",
      machines: machines.small,
      booting: atS < 30 || (atS > 640 && atS < 700) ? 2 : 0,
      wanted: over ? 0 : Math.max(machines.small, 2),
      most: 16,
      busy_slots: Math.min(machines.small * 2, running),
      slots: machines.small * 2,
      done: done - large,
      mean_s: 44.1,
      spent_usd: money(spentAt(atS) * 0.44),
      price_usd_per_hour: 0.34,
    },
    {
      name: "large",
      machines: machines.large,
      booting: 0,
      wanted: over ? 0 : Math.max(machines.large, 1),
      most: 8,
      busy_slots: Math.min(machines.large * 4, running),
      slots: machines.large * 4,
      done: large,
      mean_s: 18.7,
      spent_usd: money(spentAt(atS) - money(spentAt(atS) * 0.44)),
      price_usd_per_hour: 1.1,
    },
  ];
}

function promiseOf(state: FakeState): LiveView["promise"] {
  const offer = fakeOffers(state.budget).offers.find(({ name }) => name === state.chosen);
  if (offer === undefined) return null;
  return {
    offer: offer.name,
    accepted_at: stamp(state, SAMPLED_S),
    time_s: offer.time_s,
    cost_usd: offer.cost_usd,
  };
}
