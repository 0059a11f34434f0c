/**
 * Can any number of clusters do the bag until an instant within the budget, if tasks may be split? Answers "no" only
 * with a proof: prices for the clusters' seconds (Lagrange) at which even the cheapest way costs more than there is.
 *
 * With λ_j the price of a slot second of cluster j, p_ij the seconds of task i there, and K_j units at c_j each:
 *   least cost ≥ Σ_i min_j λ_j p_ij − Σ_j max_K (λ_j U_j(K) − c_j K)      for every λ ≥ 0
 * The right side is concave in λ; an ellipsoid (Shor 1977) closes in on its largest value.
 */
import { relaxedCapacity, unitsMost, type BoundCluster, type Market } from "./market.js";

const STEPS_A_DIMENSION = 80;

export function feasibleOnMany(market: Market): (until: number) => boolean {
  return (until) => !isProvenTooDear(market, until);
}

function isProvenTooDear(market: Market, until: number): boolean {
  const n = market.clusters.length;
  // In units of what a cluster's second costs when all of it is used, prices lie near 1.
  const scale = market.clusters.map(({ cost, unit, slots }) => cost / (unit * slots));
  let centre = scale.map(() => 3);
  let shape = scale.map((_, row) => scale.map((__, column) => (row === column ? 9 * n : 0)));
  for (let step = 0; step < STEPS_A_DIMENSION * n; step += 1) {
    const negative = centre.findIndex((price) => price < 0);
    let direction: number[];
    if (negative >= 0) direction = centre.map((_, index) => (index === negative ? 1 : 0));
    else {
      const { value, slope } = boundAt(
        market,
        until,
        centre.map((price, index) => price * scale[index]!),
      );
      if (value > market.budget * (1 + 1e-9)) return true;
      direction = slope.map((each, index) => each * scale[index]!);
    }
    const next = shrunk(centre, shape, direction);
    if (next === undefined) return false;
    ({ centre, shape } = next);
  }
  return false;
}

/** The bound of the cost at these prices, and how it changes with each. */
function boundAt(
  { clusters, seconds }: Market,
  until: number,
  prices: readonly number[],
): { readonly value: number; readonly slope: number[] } {
  const slope = clusters.map(() => 0);
  let value = 0;
  const tasks = seconds[0]!.length;
  for (let task = 0; task < tasks; task += 1) {
    let best = 0;
    let least = Infinity;
    for (let index = 0; index < prices.length; index += 1) {
      const price = prices[index]! * seconds[index]![task]!;
      if (price < least) [best, least] = [index, price];
    }
    value += least;
    slope[best]! += seconds[best]![task]!;
  }
  clusters.forEach((cluster, index) => {
    const { gain, used } = mostGain(cluster, until, prices[index]!);
    value -= gain;
    slope[index]! -= used;
  });
  return { value, slope };
}

/** Capacity is concave and bends in two places: one of them, or nothing, gains most. */
function mostGain(
  cluster: BoundCluster,
  until: number,
  price: number,
): { readonly gain: number; readonly used: number } {
  const bends = [cluster.machines * Math.floor(until / cluster.unit), unitsMost(cluster, until)];
  let best = { gain: 0, used: 0 };
  for (const units of bends) {
    const used = relaxedCapacity(cluster, until, units);
    const gain = price * used - cluster.cost * units;
    if (gain > best.gain) best = { gain, used };
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
