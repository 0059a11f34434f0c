/**
 * The states of a covering search: what is short of the need (or beyond it) against cost, none dominated by another;
 * and the cheapest state so far that covers the need, with the way that led to it.
 */

/** One kind of machine, of which some more or some fewer than in the first state may be had. */
export interface Step {
  readonly item: number;
  readonly yield: number;
  readonly cost: number;
  /** 1 or -1. */
  readonly sign: number;
  readonly most: number;
  readonly bounds: Bounds;
}

/** Cost for yield of the next dearer and the next cheaper kind that is not decided yet. */
export interface Bounds {
  readonly dearer: number;
  readonly cheaper: number;
}

/** By rising shortage (which is negative beyond the need) and falling cost. */
interface States {
  readonly short: number[];
  readonly cost: number[];
  /** The place of the last change in the ways, or {@link START}. */
  readonly way: number[];
}

const noStates = (): States => ({ short: [], cost: [], way: [] });

const START = -1;
/** Nobody adds to it. */
const NONE = noStates();
/** Floating sums are exact to more than this share. */
const ROUNDING = 1e-12;

export interface Known {
  /** What a covering costs that is known. */
  readonly best: number;
  /** A covering must be cheaper by more than this share to be of interest. */
  readonly tolerance: number;
  /** States that may be looked at. */
  readonly effort: number;
}

export class CoveringStates {
  private readonly tolerance: number;
  private states: States;
  private effort: number;
  private best: number;
  private bestWay: number | undefined;
  /** How each state came from another: from which, by which kind, by how many. */
  private readonly ways = { from: [] as number[], item: [] as number[], count: [] as number[] };

  constructor(short: number, cost: number, known: Known) {
    this.best = known.best;
    this.tolerance = known.tolerance;
    this.effort = known.effort;
    this.states = { short: [short], cost: [cost], way: [START] };
    if (short <= 0 && cost < this.best) this.take(cost, START);
  }

  isOpen(): boolean {
    return this.states.cost.length > 0;
  }

  /** What was changed on the way to the cheapest covering; undefined while none was found that is cheaper. */
  changesOfBest(): { item: number; count: number }[] | undefined {
    if (this.bestWay === undefined) return undefined;
    const { from, item, count } = this.ways;
    const changes: { item: number; count: number }[] = [];
    for (let way = this.bestWay; way !== START; way = from[way] as number)
      changes.push({ item: item[way] as number, count: count[way] as number });
    return changes;
  }

  /** Every state with every count of a kind; false when that would be more than may be looked at. */
  step(step: Step): boolean {
    const { sign, most, bounds } = step;
    const own = step.cost / step.yield;
    // While more of a kind may follow, its own ratio bounds what can become of a state.
    const { dearer, cheaper } = bounds;
    const within = sign > 0 ? { dearer: own, cheaper } : { dearer, cheaper: own };
    let merged = this.states;
    let layer = this.states;
    for (let count = 1; count <= most; count += 1) {
      layer = this.shifted(layer, step, count, within);
      if (layer.cost.length === 0) break;
      merged = mergedOf(merged, layer);
      this.effort -= merged.cost.length;
      if (this.effort < 0) return false;
    }
    this.states = this.pruned(merged, bounds);
    return true;
  }

  private shifted(layer: States, step: Step, count: number, bounds: Bounds): States {
    let next = NONE;
    for (let place = 0; place < layer.cost.length; place += 1) {
      const short = (layer.short[place] as number) - step.sign * step.yield;
      const cost = (layer.cost[place] as number) + step.sign * step.cost;
      const better = short <= 0 && cost < this.best;
      const open = better || !this.isHopeless(short, cost, bounds);
      if (!open) continue;
      if (next === NONE) next = noStates();
      const way = this.wayOf(layer.way[place] as number, step, count);
      if (better) this.take(cost, way);
      next.short.push(short);
      next.cost.push(cost);
      next.way.push(way);
    }
    return next;
  }

  private wayOf(before: number, step: Step, count: number): number {
    const { ways } = this;
    ways.item.push(step.item);
    ways.count.push(step.sign * count);
    return ways.from.push(count === 1 ? before : (ways.from[before] as number)) - 1;
  }

  private take(cost: number, way: number): void {
    this.best = cost;
    this.bestWay = way;
  }

  /** Even fractions of the kinds not yet decided would not make it cheaper than the best; costs are whole numbers. */
  private isHopeless(short: number, cost: number, { dearer, cheaper }: Bounds): boolean {
    const least = cost + short * (short > 0 ? dearer : cheaper);
    return least > this.best - Math.max(1 - ROUNDING * this.best, this.tolerance * this.best);
  }

  private pruned(states: States, bounds: Bounds): States {
    let first = 0;
    while (
      first < states.cost.length &&
      !this.isHopeless(states.short[first] as number, states.cost[first] as number, bounds)
    )
      first += 1;
    if (first === states.cost.length) return states;
    const kept: States = {
      short: states.short.slice(0, first),
      cost: states.cost.slice(0, first),
      way: states.way.slice(0, first),
    };
    for (let place = first + 1; place < states.cost.length; place += 1) {
      const short = states.short[place] as number;
      const cost = states.cost[place] as number;
      if (this.isHopeless(short, cost, bounds)) continue;
      kept.short.push(short);
      kept.cost.push(cost);
      kept.way.push(states.way[place] as number);
    }
    return kept;
  }
}

/** Both, without states that are dominated: from the least shortage on, each must be cheaper than all before. */
function mergedOf(a: States, b: States): States {
  const merged = noStates();
  const [ends, endsB] = [a.cost.length, b.cost.length];
  let [i, j, least] = [0, 0, Infinity];
  while (i < ends || j < endsB) {
    const shortA = i < ends ? (a.short[i] as number) : Infinity;
    const shortB = j < endsB ? (b.short[j] as number) : Infinity;
    const fromA = shortA < shortB || (shortA === shortB && (a.cost[i] as number) <= (b.cost[j] as number));
    const source = fromA ? a : b;
    const place = fromA ? i++ : j++;
    const cost = source.cost[place] as number;
    if (cost >= least) continue;
    least = cost;
    merged.short.push(source.short[place] as number);
    merged.cost.push(cost);
    merged.way.push(source.way[place] as number);
  }
  return merged;
}
