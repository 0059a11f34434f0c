/** The receipt of a run: promised against paid, what each cluster did, where the money went. */
import { formatCount, formatMoney, formatSeconds } from "@stint/shared/format.js";
import type { MicroUsd } from "@stint/shared/units.js";
import type { Summary } from "@stint/master/planner/report/summary.js";

const money = (dollars: number | null): string =>
  dollars === null ? "nothing" : formatMoney(Math.round(dollars * 1_000_000) as MicroUsd);
const time = (seconds: number | null): string => (seconds === null ? "never" : formatSeconds(seconds));

export function receiptLines(summary: Summary): string[] {
  const { tasks, attempts, copies } = summary;
  const waste = Object.entries(summary.waste_usd).filter(([, cost]) => cost > 0);
  return [
    `${summary.state}: ${formatCount(tasks.done)} of ${formatCount(tasks.total)} tasks in ${time(summary.makespan_s)}, of which sampling ${time(summary.sampling_s)}`,
    `spent ${money(summary.spent_usd)} of ${money(summary.budget_usd)}; learning ${money(summary.learning_usd)}, cushion ${money(summary.cushion_usd)}`,
    ...Object.entries(summary.clusters).map(
      ([name, cluster]) =>
        `  ${name}: ${formatCount(cluster.machines)} machines, ${formatCount(cluster.atus)} units, ${money(cluster.spent_usd)}, ${formatCount(cluster.tasks)} tasks of ${time(cluster.mean_s)} on average`,
    ),
    `useful ${money(summary.useful_usd)}, ${waste.map(([kind, cost]) => `${kind} ${money(cost)}`).join(", ")}`,
    `attempts ${formatCount(attempts.total)}, failed ${formatCount(attempts.failed)}, lost ${formatCount(attempts.lost)}, copies ${formatCount(attempts.replicas)}, which gained ${time(copies.gain_s)}`,
  ];
}
