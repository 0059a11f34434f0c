/** A run in the middle of its work, its offers and its summary: the values that the golden texts are made from. */
import type { ClusterName, MachineId } from "@stint/shared/ids.js";
import { after, instant, microUsd, minutes, seconds } from "@stint/shared/units.js";
import type { Offer, Offers } from "../../../../packages/master/src/planner/offer/records.js";
import type { Summary } from "../../../../packages/master/src/planner/report/summary.js";
import type { ClusterView, RunView } from "../../../../packages/master/src/planner/view.js";

const BEGAN = instant(Date.UTC(2026, 0, 2, 3, 4, 5) * 1_000);

export const usd = (dollars: number): ReturnType<typeof microUsd> => microUsd(Math.round(dollars * 1e6));

export const clusterView = (name: string, rest: Partial<ClusterView> = {}): ClusterView => ({
  name: name as ClusterName,
  machines: 0,
  booting: 0,
  wanted: 0,
  most: 8,
  busySlots: 0,
  slots: 0,
  done: 0,
  spent: usd(0),
  priceUsdPerHour: 40_000,
  ...rest,
});

const CLUSTERS: readonly ClusterView[] = [
  clusterView("small", { machines: 2, wanted: 2, busySlots: 2, slots: 2, done: 96, mean: seconds(9.6), spent: usd(0.0412) }),
  clusterView("large", {
    machines: 3,
    booting: 2,
    wanted: 5,
    busySlots: 12,
    slots: 12,
    done: 1_324,
    mean: seconds(7.48),
    spent: usd(1.19331),
  }),
  clusterView("campus"),
];

/** 1,420 of 5,000 tasks done for $1.23 of $5.00. */
export const runningView = (rest: Partial<RunView> = {}): RunView => ({
  name: "render-frames",
  at: after(BEGAN, seconds(754)),
  beganAt: BEGAN,
  phase: "running",
  inTail: false,
  tasks: { total: 5_000, done: 1_420, failed: 2, running: 14, waiting: 3_564, left: 0 },
  clusters: CLUSTERS,
  budget: usd(5),
  spent: usd(1.23451),
  committed: usd(0.3),
  timeLeft: { p50: minutes(31.2), p90: minutes(36.4) },
  finalCost: { p50: usd(4.3121), p90: usd(4.7988) },
  chosen: "cheapest+20",
  lastDecision: {
    at: after(BEGAN, seconds(725)),
    text: "rent 2 machines of large: the plan wants 5 and has 3, as the last review expects the end 4 min after the promise",
  },
  machinesSilent: [],
  ...rest,
});

const without = <K extends keyof RunView>(view: RunView, ...keys: readonly K[]): Omit<RunView, K> =>
  Object.fromEntries(Object.entries(view).filter(([key]) => !keys.some((one) => one === key))) as Omit<RunView, K>;

export const samplingView = (rest: Partial<RunView> = {}): RunView => {
  const known = without(runningView(), "timeLeft", "finalCost", "chosen");
  return {
    ...known,
    at: after(BEGAN, seconds(42)),
    phase: "sampling",
    tasks: { total: 5_000, done: 12, failed: 0, running: 6, waiting: 4_982, left: 0 },
    sample: { size: 60, ended: 12 },
    clusters: CLUSTERS.map((cluster) => clusterView(cluster.name, { machines: 1, wanted: 2, booting: 1, slots: 2, busySlots: 2, done: 4, spent: usd(0.000667) })),
    spent: usd(0.002001),
    lastDecision: { at: BEGAN, text: "run 60 tasks first, 20 on each cluster: enough to know each mean within 7 %" },
    ...rest,
  };
};

/** Everything is on this computer and costs nothing. */
export const freeView = (rest: Partial<RunView> = {}): RunView => {
  const known = without(runningView(), "budget", "finalCost", "chosen", "lastDecision");
  return {
    ...known,
    name: "convert",
    tasks: { total: 40, done: 12, failed: 0, running: 2, waiting: 26, left: 0 },
    clusters: [
      clusterView("here", { machines: 1, wanted: 1, most: 1, busySlots: 2, slots: 2, done: 12, mean: seconds(1.24), priceUsdPerHour: 0 }),
    ],
    spent: usd(0),
    timeLeft: { p50: seconds(16), p90: seconds(19) },
    ...rest,
  };
};

/** Twenty clusters, three of them at work. */
export const manyClustersView = (): RunView =>
  runningView({
    clusters: Array.from({ length: 20 }, (_, index) =>
      index % 7 === 3
        ? clusterView(`zone-${String(index)}`, { machines: 4, wanted: 4, slots: 16, busySlots: 15, done: 310, mean: seconds(31), spent: usd(0.41) })
        : clusterView(`zone-${String(index)}`, { done: 2, spent: usd(0.000245) }),
    ),
    machinesSilent: ["zone-3-1", "zone-3-2", "zone-10-1", "zone-17-4"] as MachineId[],
  });

const offer = (name: Offer["name"], configuration: readonly number[], figures: readonly [number, number, number, number], rest: Partial<Offer> = {}): Offer => ({
  name,
  configuration,
  time: { p50: minutes(figures[0]), p90: minutes(figures[1]) },
  cost: { p50: usd(figures[2]), p90: usd(figures[3]) },
  pWithinBudget: 0.973,
  cushion: { tasks: 5, cost: usd(0.0834) },
  risky: false,
  ...rest,
});

export const fourOffers: Offers = {
  offers: [
    offer("cheapest", [4, 0, 0], [118, 131, 2.114, 2.231]),
    offer("cheapest+20", [4, 2, 0], [64, 71, 2.498, 2.61]),
    offer("fastest-20", [8, 4, 1], [37.4, 42.1, 3.812, 4.021], { pWithinBudget: 0.999 }),
    offer("fastest", [8, 5, 3], [31, 36, 4.312, 4.799], { pWithinBudget: 0.912 }),
  ],
  frontier: [],
};

/** The cheapest is the only plan but one, and that one may miss the budget. */
export const riskyOffers: Offers = {
  offers: [
    offer("cheapest", [4, 0, 0], [118, 131, 4.114, 4.631], { risky: true, pWithinBudget: 0.71 }),
    offer("cheapest+20", [4, 0, 0], [118, 131, 4.114, 4.631], { risky: true, pWithinBudget: 0.71, sameAs: "cheapest" }),
    offer("fastest-20", [4, 0, 0], [118, 131, 4.114, 4.631], { risky: true, pWithinBudget: 0.71, sameAs: "cheapest" }),
    offer("fastest", [8, 1, 0], [101, 119, 4.402, 5.099], { risky: true, pWithinBudget: 0.56 }),
  ],
  frontier: [],
  copiesWouldGain: minutes(4.2),
  learntFrom: { results: 37, cv: 1.43, calibrated: false },
};

export const noOffers: Offers = {
  offers: [],
  frontier: [],
  shortfall: {
    tasksBought: { p50: 730, p90: 762 },
    budgetNeeded: usd(0.4113),
    plan: offer("cheapest", [2, 1, 0], [22, 25, 0.29, 0.3]),
  },
};

/** All done, within what was promised. */
export const doneSummary = (rest: Partial<Summary> = {}): Summary => ({
  schema: 1,
  run: "2026-01-02T03-04-05-render-frames",
  bag: "render-frames.txt",
  state: "done",
  budget_usd: 5,
  spent_usd: 4.402167,
  committed_usd: 0,
  tasks: { total: 5_000, done: 5_000, failed: 0, quarantined: 0, left: 0 },
  attempts: { total: 5_041, failed: 19, lost: 4, replicas: 18, cancelled: 11 },
  started_at: "2026-01-02T03:04:05.000Z",
  accepted_at: "2026-01-02T03:08:05.000Z",
  ended_at: "2026-01-02T03:43:12.000Z",
  sampling_s: 192,
  makespan_s: 2_337.4,
  since_accepted_s: 2_097.4,
  resumed: 0,
  offers: [
    {
      name: "fastest",
      machines: { small: 8, large: 5, campus: 3 },
      time_s: { p50: 1_860, p90: 2_160 },
      cost_usd: { p50: 4.312, p90: 4.799 },
      p_within_budget: 0.912,
      calibrated: true,
      same_as: null,
      machines_later: null,
    },
  ],
  chosen: "fastest",
  clusters: {
    small: { machines: 8, atus: 1_804, spent_usd: 0.721667, tasks: 1_270, mean_s: 9.61 },
    large: { machines: 5, atus: 11_204, spent_usd: 3.3605, tasks: 3_402, mean_s: 7.48 },
    campus: { machines: 3, atus: 2, spent_usd: 0.32, tasks: 328, mean_s: 14.2 },
  },
  useful_usd: 4.101334,
  waste_usd: { boot: 0.041, idle: 0.2019, spare: 0.021433, failed: 0.0125, cancelled: 0.004, lost: 0, rounding: 0.02 },
  cost_per_task_usd: 0.00088,
  learning_usd: 0.062,
  cushion_usd: 0.0834,
  copies: { allowed: true, gain_s: 72 },
  failures: [],
  failures_rest: 0,
  ended_because: "all 5,000 tasks are done",
  shortfall: null,
  ...rest,
});
