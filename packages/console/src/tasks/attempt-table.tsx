/** The attempts of a task: where and when each ran, how it ended, and what it cost. */
import type { JSX } from "preact";
import type { AttemptView } from "@stint/shared/api/tasks.js";
import { exactUsd } from "../words/money.js";
import { span } from "../words/time.js";

const KINDS: Readonly<Record<AttemptView["kind"], string>> = {
  sample: "sample",
  run: "run",
  retry: "retry",
  replica: "copy",
};

export const AttemptTable = ({ attempts, shown, show }: AttemptTableProps): JSX.Element => (
  <div class="scroll" tabIndex={0} role="region" aria-label="Attempts">
    <table>
      <thead>
        <tr>
          <th scope="col">Attempt</th>
          <th scope="col">Where</th>
          <th scope="col">How it ended</th>
          <th scope="col" class="number">
            Began after
          </th>
          <th scope="col" class="number">
            Took
          </th>
          <th scope="col" class="number">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={attempt.attempt} class={attempt.attempt === shown ? "shown" : ""}>
            <td>
              <button
                type="button"
                class="plain"
                aria-pressed={attempt.attempt === shown}
                onClick={() => show(attempt.attempt)}
              >
                {attempt.attempt}, {KINDS[attempt.kind]}
              </button>
            </td>
            <td>
              {attempt.machine.startsWith(attempt.cluster) ? null : `${attempt.cluster} `}
              <span class="quiet">{attempt.machine}</span>
            </td>
            <td class={BAD.has(attempt.outcome ?? "") ? "bad-word" : ""}>{ending(attempt)}</td>
            <td class="number">{attempt.started_s === null ? "not yet" : span(attempt.started_s)}</td>
            <td class="number">{took(attempt)}</td>
            <td class="number">{attempt.cost_usd === null ? "" : exactUsd(attempt.cost_usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

interface AttemptTableProps {
  readonly attempts: readonly AttemptView[];
  readonly shown: number | undefined;
  readonly show: (attempt: number) => void;
}

const BAD: ReadonlySet<string> = new Set(["failed", "timeout", "lost"]);

function ending({ outcome, exit_code, signal, started_s }: AttemptView): string {
  if (outcome === null) return started_s === null ? "waits to be started" : "runs";
  if (signal !== null) return `${outcome}, ended by ${signal}`;
  return exit_code === null ? outcome : `${outcome}, exit code ${exit_code}`;
}

const took = ({ started_s, ended_s }: AttemptView): string =>
  started_s === null || ended_s === null ? "" : span(Math.max(0, ended_s - started_s));
