/** No plan ends the bag within this budget: what it buys all the same, and what would be needed. */
import type { JSX } from "preact";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import { count } from "../words/count.js";
import { aboutUsd } from "../words/money.js";

export const Shortfall = ({
  offers,
  view,
}: {
  readonly offers: OffersView;
  readonly view: LiveView;
}): JSX.Element => (
  <div class="note bad">
    <p>
      <strong>
        No plan ends this bag within {offers.budget_usd === null ? "its limits" : aboutUsd(offers.budget_usd)}
        .
      </strong>
    </p>
    {offers.shortfall === null ? null : (
      <p>
        It buys about {count(Math.floor(offers.shortfall.tasks_bought.p50))} of {count(view.tasks.total)}{" "}
        tasks. The whole bag needs {aboutUsd(offers.shortfall.budget_needed_usd)}.
      </p>
    )}
  </div>
);
