/**
 * How much longer a run takes and what it comes to, between two forecasts: the last one moved on by the time that has
 * passed, but no better than the machines that are there allow.
 */
import {
  between,
  hours,
  longer,
  microUsd,
  NO_TIME,
  seconds,
  subtractTime,
  type Duration,
  type MicroUsd,
} from "@stint/shared/units.js";
import { expectedFull } from "./estimate/expect.js";
import { clusterOf } from "./machines/machines.js";
import { spentBy } from "./money/apply-money.js";
import type { Spread } from "./offer/records.js";
import type { Run } from "./run-state.js";

export interface StillToCome {
  readonly timeLeft?: Spread<Duration>;
  readonly finalCost?: Spread<MicroUsd>;
}

/** Nothing where nothing was forecast. O(machines). */
export function stillToCome(run: Run): StillToCome {
  const { inForce, forecastAt } = run.offer;
  if (inForce === undefined || forecastAt === undefined || run.phase === "ended") return {};
  const passed = between(forecastAt, run.at);
  const movedOn = (span: Duration): Duration => longer(subtractTime(span, passed), NO_TIME);
  const { least, price } = whatIsThere(run);
  // Time that the forecast did not have costs what those cost that are there.
  const late = longer(subtractTime(least, movedOn(inForce.time.p50)), NO_TIME);
  const spent = spentBy(run.money, run.at);
  const cost = (forecast: MicroUsd): MicroUsd =>
    microUsd(Math.max(spent, forecast + Math.ceil((price * late) / hours(1))));
  return {
    timeLeft: {
      p50: longer(movedOn(inForce.time.p50), least),
      p90: longer(movedOn(inForce.time.p90), least),
    },
    finalCost: { p50: cost(inForce.cost.p50), p90: cost(inForce.cost.p90) },
  };
}

interface There {
  /** What waits, shared by all slots, at the mean that a task has on each. */
  readonly least: Duration;
  /** Of an hour of all machines. */
  readonly price: number;
}

function whatIsThere(run: Run): There {
  let perSecond = 0;
  let price = 0;
  for (const { cluster, state, leaving, readyAt, slots } of run.machines.live.values()) {
    const full = expectedFull(run.estimate, cluster);
    if (state === "releasing" || leaving || readyAt === undefined || full === undefined || full === 0)
      continue;
    perSecond += (slots * seconds(1)) / full;
    price += clusterOf(run, cluster).tariff.price;
  }
  const { waiting } = run.attempts.count;
  return { least: perSecond === 0 ? NO_TIME : seconds(waiting / perSecond), price };
}
