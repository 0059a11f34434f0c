/** What was decided, and why, newest first. */
import type { JSX } from "preact";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { Panel } from "../parts/panel.js";
import { Clock } from "../parts/time.js";

export const DecisionsPanel = ({ decisions }: Pick<LiveView, "decisions">): JSX.Element => (
  <Panel title="Decisions, and why">
    {decisions.length === 0 ? (
      <p class="empty">Nothing has been decided yet.</p>
    ) : (
      <ol class="decisions" tabIndex={0} aria-label="Decisions, newest first">
        {decisions.map(({ at, text }, place) => (
          <li key={decisions.length - place}>
            <Clock at={Date.parse(at)} precise />
            <span>{text}</span>
          </li>
        ))}
      </ol>
    )}
  </Panel>
);
