/** The offers as aligned text: machines, time and money at P50 and P90, and how sure each is of the budget. */
import { formatMoney, formatMoneyRange, formatShare, formatTimeRange } from "@stint/shared/format.js";
import type { Duration } from "@stint/shared/units.js";
import type { Offer, Offers } from "@stint/master/planner/offer/records.js";
import { byName, type Configuration } from "@stint/master/planner/vocabulary/configuration.js";
import type { RunSettings } from "@stint/master/planner/vocabulary/settings.js";

export function offersTable({ offers, shortfall }: Offers, settings: RunSettings): string[] {
  if (shortfall !== undefined) {
    const { tasksBought, budgetNeeded } = shortfall;
    return [
      `          none: about ${String(tasksBought.p50)} tasks can be bought, ${formatMoney(budgetNeeded)} is needed`,
    ];
  }
  const scale = Math.max(...offers.map(({ time }) => time.p90)) as Duration;
  const rows = offers.map((offer) => rowOf(offer, scale, settings));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    `          ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

const machines = (configuration: Configuration, settings: RunSettings): string =>
  Object.entries(byName(configuration, settings.clusters))
    .map(([name, count]) => `${String(count)} ${name}`)
    .join(" + ");

const rowOf = (offer: Offer, scale: Duration, settings: RunSettings): string[] => [
  offer.name,
  machines(offer.configuration, settings) +
    (offer.later === undefined ? "" : `, later ${machines(offer.later.configuration, settings)}`),
  formatTimeRange(offer.time, scale),
  formatMoneyRange(offer.cost, 2),
  `${formatShare(offer.pWithinBudget)} sure${offer.risky ? ", risky" : ""}`,
  `cushion ${formatMoney(offer.cushion.cost)} for ${String(offer.cushion.tasks)} tasks`,
  offer.sameAs === undefined ? "" : `same as ${offer.sameAs}`,
];
