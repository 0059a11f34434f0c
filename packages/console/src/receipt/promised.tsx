/** Promised against paid: a band from P50 to P90, and a mark for what it came to. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { offerTitle } from "../offers/offer-words.js";
import { Panel } from "../parts/panel.js";
import { machinesIn } from "../words/count.js";
import { aboutUsd, exactUsd, usdRange, type Spread } from "../words/money.js";
import { span, spanRange } from "../words/time.js";

export function Promised({ summary }: { readonly summary: SummaryDocument }): JSX.Element | null {
  const offer = summary.offers.find(({ name }) => name === summary.chosen);
  if (offer === undefined) return <Unpromised summary={summary} />;
  const after = summary.since_accepted_s;
  const before = summary.makespan_s === null || after === null ? undefined : summary.makespan_s - after;
  return (
    <Panel
      title="Promised, and what it came to"
      aside={`${offerTitle(offer.name)}, on ${machinesIn(offer.machines)}`}
    >
      <div class="bullets">
        {after === null ? null : (
          <Bullet
            name={summary.tasks.left === 0 ? "Time" : "Time so far"}
            promised={offer.time_s}
            came={after}
            words={{ promised: spanRange(offer.time_s), came: span(after) }}
            note={before === undefined ? "" : `after ${span(Math.max(0, before))} to learn and choose`}
          />
        )}
        <Bullet
          name={summary.tasks.left === 0 ? "Money" : "Money so far"}
          promised={offer.cost_usd}
          came={summary.spent_usd}
          limit={summary.budget_usd ?? undefined}
          words={{ promised: usdRange(offer.cost_usd), came: exactUsd(summary.spent_usd) }}
          note={summary.budget_usd === null ? "no budget" : `of a budget of ${aboutUsd(summary.budget_usd)}`}
        />
      </div>
    </Panel>
  );
}

const Unpromised = ({ summary }: { readonly summary: SummaryDocument }): JSX.Element => (
  <Panel title="Promised, and what it came to">
    <p class="empty">
      {summary.offers.length > 0 && summary.tasks.left === 0
        ? "No offer was picked: all tasks had ended before anybody chose."
        : "Nothing has been promised."}{" "}
      {exactUsd(summary.spent_usd)} spent
      {summary.budget_usd === null ? "" : ` of a budget of ${aboutUsd(summary.budget_usd)}`}.
    </p>
  </Panel>
);

function Bullet({ name, promised, came, limit, words, note }: BulletProps): JSX.Element {
  const most = Math.max(promised.p90, came);
  // A limit far beyond is told and not drawn.
  const drawn = limit !== undefined && limit <= 3 * most ? limit : undefined;
  const scale = Math.max(most, drawn ?? 0) * 1.08 || 1;
  const share = (of: number): string => `${(of / scale) * 100}%`;
  const verdict = came <= promised.p50 ? "good" : came <= promised.p90 ? "calm" : "warn";
  return (
    <div class="bullet">
      <div class="bullet-name">
        {name}
        <span class={`bullet-came ${verdict}`}>{words.came}</span>
      </div>
      <div class="bullet-bar" aria-hidden="true">
        <span
          class="bullet-band"
          style={{ left: share(promised.p50), width: share(promised.p90 - promised.p50) }}
        />
        <span class={`bullet-fill ${verdict}`} style={{ width: share(came) }} />
        {drawn === undefined ? null : <span class="bullet-limit" style={{ left: share(drawn) }} />}
      </div>
      <div class="small quiet">
        promised {words.promised} (P50 to P90); {note}
      </div>
    </div>
  );
}

interface BulletProps {
  readonly name: string;
  readonly promised: Spread;
  readonly came: number;
  readonly limit?: number | undefined;
  readonly words: { readonly promised: string; readonly came: string };
  readonly note: string;
}
