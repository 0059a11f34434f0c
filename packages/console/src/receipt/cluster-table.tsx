/** What each cluster did, and what it was paid. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { clusterInk } from "../charts/ink.js";
import { Panel } from "../parts/panel.js";
import { count } from "../words/count.js";
import { columnOfUsd } from "../words/money.js";
import { span } from "../words/time.js";

export function ClusterTable({ summary }: { readonly summary: SummaryDocument }): JSX.Element {
  const clusters = Object.entries(summary.clusters);
  const money = columnOfUsd(clusters.map(([, { spent_usd }]) => spent_usd));
  const perTask = (spent: number, tasks: number): string =>
    tasks === 0 ? "" : columnOfUsd([0.000001])(spent / tasks);
  return (
    <Panel title="Clusters">
      <div class="scroll" tabIndex={0} role="region" aria-label="Clusters">
        <table>
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              <th scope="col" class="number">
                Rented
              </th>
              <th scope="col" class="number">
                Units
              </th>
              <th scope="col" class="number">
                Tasks
              </th>
              <th scope="col" class="number">
                A task took
              </th>
              <th scope="col" class="number">
                A task cost
              </th>
              <th scope="col" class="number">
                Paid
              </th>
            </tr>
          </thead>
          <tbody>
            {clusters.map(([name, cluster], place) => (
              <tr key={name} class={cluster.machines === 0 ? "quiet" : ""}>
                <td>
                  <span class={`swatch ${clusterInk(place)}`} aria-hidden="true" />
                  {name}
                </td>
                <td class="number">{count(cluster.machines)}</td>
                <td class="number">{count(cluster.atus)}</td>
                <td class="number">{count(cluster.tasks)}</td>
                <td class="number">{cluster.mean_s === null ? "" : span(cluster.mean_s)}</td>
                <td class="number">{perTask(cluster.spent_usd, cluster.tasks)}</td>
                <td class="number">{money(cluster.spent_usd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
