/** From money and time to places on the picture of offers, with round numbers on its axes. */
import type { OffersView, PlanView } from "@stint/shared/api/live-view.js";

export interface Scales {
  readonly x: (usd: number) => number;
  readonly y: (seconds: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly box: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
}

const FAR_TIMES = 2;
const EDGE = { left: 76, right: 18, top: 22, bottom: 46 } as const;

export function scalesOf({ frontier, offers, budget_usd }: OffersView, { width, height }: Size): Scales {
  const all = [...frontier, ...offers];
  const planned = all.flatMap(({ cost_usd }) => [cost_usd.p50, cost_usd.p90]);
  // A budget far beyond the dearest plan is told at the edge, so that plans are not pressed into a corner.
  const far = Math.max(...planned) + FAR_TIMES * (Math.max(...planned) - Math.min(...planned));
  const costs =
    budget_usd === null || (all.length > 0 && budget_usd > far) ? planned : [...planned, budget_usd];
  const times = all.flatMap(({ time_s }) => [time_s.p50, time_s.p90]);
  const cost = wide(costs.length === 0 ? [0, 1] : costs);
  const time = wide(times.length === 0 ? [0, 60] : times);
  const box = { left: EDGE.left, right: width - EDGE.right, top: EDGE.top, bottom: height - EDGE.bottom };
  const along = (value: number, { least, most }: Range): number => (value - least) / (most - least);
  return {
    box,
    x: (usd) => box.left + along(usd, cost) * (box.right - box.left),
    y: (seconds) => box.bottom - along(seconds, time) * (box.bottom - box.top),
    xTicks: roundTicks(cost, Math.max(3, Math.floor(width / 90)), DECIMAL),
    yTicks: roundTicks(time, 5, time.most > 2 * 86_400 ? DAYS : SIXTIES),
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Range {
  readonly least: number;
  readonly most: number;
}

/** A tenth of room on both sides, never below nothing. */
function wide(values: readonly number[]): Range {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || most || 1) * 0.1;
  return { least: Math.max(0, least - room), most: most + room };
}

const DECIMAL = [1, 2, 2.5, 5, 10] as const;
/** Steps in seconds that read well as times. */
const SIXTIES = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
] as const;
const DAYS = [43_200, 86_400, 172_800, 432_000, 864_000, 2_592_000, 8_640_000] as const;

function roundTicks({ least, most }: Range, wanted: number, steps: readonly number[]): number[] {
  const rough = (most - least) / wanted;
  const power = steps === DECIMAL ? 10 ** Math.floor(Math.log10(rough)) : 1;
  const step = steps.map((one) => one * power).find((one) => one >= rough) ?? (steps.at(-1) ?? 1) * power;
  const first = Math.ceil(least / step);
  const last = Math.floor(most / step);
  return Array.from(
    { length: Math.max(0, Math.min(40, last - first + 1)) },
    (_, place) => (first + place) * step,
  );
}

const at = (x: number, y: number): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

export const linePath = (plans: readonly PlanView[], { x, y }: Scales): string =>
  plans
    .map(({ cost_usd, time_s }, place) => `${place === 0 ? "M" : "L"}${at(x(cost_usd.p50), y(time_s.p50))}`)
    .join("");

/** Between the P50s on the way there and the P90s on the way back. */
export function bandPath(plans: readonly PlanView[], scales: Scales): string {
  if (plans.length === 0) return "";
  const back = plans
    .toReversed()
    .map(({ cost_usd, time_s }) => `L${at(scales.x(cost_usd.p90), scales.y(time_s.p90))}`);
  return `${linePath(plans, scales)}${back.join("")}Z`;
}
