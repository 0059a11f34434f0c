/**
 * Can any number of clusters do the bag until an instant within the budget, if tasks may be split? Answers "no" only
 * with a proof: prices (Lagrange) for the clusters' seconds and for money at which nothing that is affordable suffices.
 *
 * With λ_j the price of a slot second of cluster j, μ that of money, p_ij the seconds of task i there, and K_j units
 * at c_j each, no way is good enough if for some λ, μ ≥ 0
 *   Σ_i min_j λ_j p_ij − Σ_j max_K (λ_j U_j(K) − μ c_j K) − μ B > 0
 * The left side is concave and only the ratios of prices matter, so that they may add up to one; an ellipsoid (Shor
 * 1977) closes in on its largest value.
 */
import { relaxedCapacity, unitsMost, type BoundCluster, type Market } from "./market.js";

const STEPS_A_DIMENSION = 120;

export function feasibleOnMany(market: Market): (until: number) => boolean {
  return (until) => !isProvenImpossible(market, until);
}

function isProvenImpossible(market: Market, until: number): boolean {
  const n = market.clusters.length;
  /** A cluster's second is priced in what it costs when all of a unit is used. */
  const scale = market.clusters.map(({ cost, unit, slots }) => cost / (unit * slots));
  let centre: number[] = scale.map(() => 1 / (n + 1));
  let shape: number[][] = scale.map((_, row) => scale.map((__, column) => (row === column ? 1 : 0)));
  for (let step = 0; step < STEPS_A_DIMENSION * n; step += 1) {
    const money = 1 - centre.reduce((sum, price) => sum + price, 0);
    const negative = centre.findIndex((price) => price < 0);
    let direction: readonly number[];
    if (negative >= 0) direction = centre.map((_, index) => (index === negative ? 1 : 0));
    else if (money < 0) direction = centre.map(() => -1);
    else {
      const prices = centre.map((price, index) => price * scale[index]!);
      const { value, seconds, dollars } = excess(market, until, { prices, money });
      if (value > 1e-9 * market.budget) return true;
      direction = seconds.map((each, index) => each * scale[index]! - dollars);
    }
    const next = shrunk(centre, shape, direction);
    if (next === undefined) return false;
    ({ centre, shape } = next);
  }
  return false;
}

/** The left side at these prices, and how it changes with each of them. */
function excess(
  { clusters, seconds: takes, budget }: Market,
  until: number,
  { prices, money }: { readonly prices: readonly number[]; readonly money: number },
): { readonly value: number; readonly seconds: number[]; readonly dollars: number } {
  const seconds = clusters.map(() => 0);
  let value = -money * budget;
  let dollars = -budget;
  const tasks = takes[0]!.length;
  for (let task = 0; task < tasks; task += 1) {
    let best = 0;
    let least = Infinity;
    for (let index = 0; index < prices.length; index += 1) {
      const price = prices[index]! * takes[index]![task]!;
      if (price < least) [best, least] = [index, price];
    }
    value += least;
    seconds[best]! += takes[best]![task]!;
  }
  clusters.forEach((cluster, index) => {
    const { gain, used, paid } = mostGain(cluster, until, { price: prices[index]!, money });
    value -= gain;
    seconds[index]! -= used;
    dollars += paid;
  });
  return { value, seconds, dollars };
}

/** Capacity is concave and bends in two places: one of them, or nothing, gains most. */
function mostGain(
  cluster: BoundCluster,
  until: number,
  { price, money }: { readonly price: number; readonly money: number },
): { readonly gain: number; readonly used: number; readonly paid: number } {
  const bends = [cluster.machines * Math.floor(until / cluster.unit), unitsMost(cluster, until)];
  let best = { gain: 0, used: 0, paid: 0 };
  for (const units of bends) {
    const used = relaxedCapacity(cluster, until, units);
    const paid = cluster.cost * units;
    const gain = price * used - money * paid;
    if (gain > best.gain) best = { gain, used, paid };
  }
  return best;
}

/** The least ellipsoid round the half of this one in which `direction` points. */
function shrunk(
  centre: readonly number[],
  shape: readonly (readonly number[])[],
  direction: readonly number[],
): { readonly centre: number[]; readonly shape: number[][] } | undefined {
  const n = centre.length;
  const along = shape.map((row) => row.reduce((sum, each, index) => sum + each * direction[index]!, 0));
  const length = Math.sqrt(along.reduce((sum, each, index) => sum + each * direction[index]!, 0));
  if (!(length > 1e-12)) return undefined;
  const unit = along.map((each) => each / length);
  const grown = (n * n) / (n * n - 1);
  return {
    centre: centre.map((each, index) => each + unit[index]! / (n + 1)),
    shape: shape.map((row, r) => row.map((each, c) => grown * (each - (2 / (n + 1)) * unit[r]! * unit[c]!))),
  };
}
