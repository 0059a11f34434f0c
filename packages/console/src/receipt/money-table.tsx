/** Useful work and each kind of waste that cost something: they add up to what was spent, to the micro-dollar. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { Meter } from "../parts/meter.js";
import { Panel } from "../parts/panel.js";
import { share } from "../words/count.js";
import { columnOfUsd } from "../words/money.js";

type WasteKind = keyof SummaryDocument["waste_usd"];

/** In the words of people who pay. */
const WASTE: Readonly<Record<WasteKind, string>> = {
  boot: "Machines starting",
  idle: "Machines idle",
  spare: "Second results (pairs and copies)",
  failed: "Attempts that failed",
  cancelled: "Attempts cancelled",
  lost: "Attempts lost with their machine",
  rounding: "Rounding up to whole units",
};

export function MoneyTable({ summary }: { readonly summary: SummaryDocument }): JSX.Element {
  const waste = (Object.keys(WASTE) as WasteKind[]).filter((kind) => summary.waste_usd[kind] > 0);
  const rows = [
    { kind: "useful", word: "Useful work", usd: summary.useful_usd },
    ...waste.map((kind) => ({ kind, word: WASTE[kind], usd: summary.waste_usd[kind] })),
  ];
  const money = columnOfUsd([summary.spent_usd, ...rows.map(({ usd }) => usd)]);
  return (
    <Panel title="Where the money went">
      <Meter
        whole={summary.spent_usd}
        parts={rows.map(({ kind, usd }) => ({ kind: `waste-${kind}`, of: usd }))}
      />
      <table>
        <thead class="hidden-word">
          <tr>
            <th scope="col">What for</th>
            <th scope="col">Amount</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ kind, word, usd }) => (
            <tr key={kind}>
              <td>
                <span class={`swatch waste-${kind}`} aria-hidden="true" />
                {word}
              </td>
              <td class="number">{money(usd)}</td>
              <td class="number quiet">{summary.spent_usd === 0 ? "" : share(usd / summary.spent_usd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">In all</th>
            <td class="number">{money(summary.spent_usd)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </Panel>
  );
}
