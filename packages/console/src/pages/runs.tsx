/** All runs of this master, and what they have cost together. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { RunLine, RunList } from "@stint/shared/api/runs.js";
import type { AppState } from "../app-state.js";
import { call } from "../client/call.js";
import { useAsked } from "../client/hooks.js";
import { Meter } from "../parts/meter.js";
import { useTab } from "../parts/tab-icon.js";
import { Clock } from "../parts/time.js";
import { TroubleNote } from "../parts/trouble.js";
import { toRun, toSubmit } from "../route.js";
import { count } from "../words/count.js";
import { aboutUsd, exactUsd } from "../words/money.js";
import { calledAs, standingOf } from "../words/run.js";

export function RunsPage({ state }: { readonly state: AppState }): JSX.Element {
  const asked = useAsked("runs", (signal) => call.runs(signal), 0);
  const list = state.told.runs ?? asked.value;
  useTab(list === undefined ? "stint" : `stint: ${goingOn(list)}`);
  useToTheOnlyOne(list);
  return (
    <div class="page">
      <div class="title-row">
        <h1>Runs</h1>
        {state.role === "operator" ? (
          <a class="button first" href={toSubmit}>
            Submit a bag
          </a>
        ) : null}
      </div>
      {list === undefined ? null : <Together list={list} />}
      {list === undefined && asked.trouble !== undefined ? (
        <TroubleNote trouble={asked.trouble} again={asked.again} />
      ) : null}
      {list === undefined ? null : <RunTable runs={list.runs} />}
    </div>
  );
}

/** A master of one run has nothing to choose from: its page is shown, once. */
let forwarded = false;
function useToTheOnlyOne(list: RunList | undefined): void {
  const only = list?.runs.length === 1 ? list.runs[0]?.run : undefined;
  useEffect(() => {
    if (only === undefined || forwarded) return;
    forwarded = true;
    location.replace(toRun(only));
  }, [only]);
}

function goingOn({ runs }: RunList): string {
  const going = runs.filter(({ phase }) => phase !== "ended").length;
  return going === 0 ? `${count(runs.length)} runs` : `${count(going)} going on`;
}

function Together({ list }: { readonly list: RunList }): JSX.Element {
  const { spent_usd, reserved_usd, budget_usd } = list;
  return (
    <dl class="figures">
      <div>
        <dt>Spent by all</dt>
        <dd>{exactUsd(spent_usd)}</dd>
      </div>
      <div>
        <dt>Reserved or spent by all</dt>
        <dd>{exactUsd(reserved_usd)}</dd>
      </div>
      <div>
        <dt>Budget over all</dt>
        <dd>{budget_usd === null ? "none set" : exactUsd(budget_usd)}</dd>
      </div>
      {budget_usd === null ? null : (
        <div>
          <dt>Free for new bags</dt>
          <dd>{exactUsd(Math.max(0, budget_usd - reserved_usd))}</dd>
        </div>
      )}
    </dl>
  );
}

function RunTable({ runs }: { readonly runs: readonly RunLine[] }): JSX.Element {
  if (runs.length === 0)
    return <p class="empty">No bag yet. Submit one here, or with `stint submit` in a terminal.</p>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
      <table class="runs" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Run
            </th>
            <th role="columnheader" scope="col">
              State
            </th>
            <th role="columnheader" scope="col">
              Tasks
            </th>
            <th role="columnheader" scope="col" class="number">
              Spent
            </th>
            <th role="columnheader" scope="col" class="number">
              Budget
            </th>
            <th role="columnheader" scope="col">
              Started
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {runs.map((run) => (
            <Row key={run.run} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ run }: { readonly run: RunLine }): JSX.Element {
  const { word, tone } = standingOf(run);
  const { total, done, failed } = run.tasks;
  return (
    <tr role="row">
      <td role="cell">
        <a href={toRun(run.run)}>{calledAs(run)}</a>
        <div class="quiet small">{run.run}</div>
      </td>
      <td role="cell">
        <span class={`state ${tone}`}>{word}</span>
      </td>
      <td role="cell" class="tasks-cell">
        <Meter
          whole={total}
          parts={[
            { of: done, kind: "done" },
            { of: failed, kind: "failed" },
          ]}
        />
        <span class="small">
          {count(done)} of {count(total)}
          {failed > 0 ? <span class="bad-word">, {count(failed)} failed</span> : null}
        </span>
      </td>
      <td role="cell" class="number">
        {exactUsd(run.spent_usd)}
      </td>
      <td role="cell" class="number">
        {run.budget_usd === null ? "none" : aboutUsd(run.budget_usd)}
      </td>
      <td role="cell">
        <Clock at={Date.parse(run.started_at)} />
      </td>
    </tr>
  );
}
