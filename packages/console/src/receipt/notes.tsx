/** What else is to be said: what a task cost, what learning cost, what copies gained, how many attempts there were. */
import type { JSX } from "preact";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { Panel } from "../parts/panel.js";
import { count, counted } from "../words/count.js";
import { exactUsd } from "../words/money.js";
import { span } from "../words/time.js";

export const Notes = ({ summary }: { readonly summary: SummaryDocument }): JSX.Element => (
  <Panel title="And besides">
    <dl class="facts">
      {factsOf(summary).map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd class="small quiet">{note}</dd>
        </div>
      ))}
    </dl>
  </Panel>
);

type Fact = readonly [name: string, value: string, note: string];

function factsOf(summary: SummaryDocument): Fact[] {
  const { attempts, tasks, copies, resumed } = summary;
  const gain = copies.gain_s ?? 0;
  const odd = [
    [attempts.failed, "failed"],
    [attempts.lost, "lost"],
    [attempts.cancelled, "cancelled"],
    [attempts.replicas, attempts.replicas === 1 ? "copy" : "copies"],
  ] as const;
  const perTask: Fact[] =
    summary.cost_per_task_usd === null
      ? []
      : [["A task cost", exactUsd(summary.cost_per_task_usd), "all money over all tasks done"]];
  const cushion: Fact[] =
    summary.cushion_usd === null || summary.cushion_usd === 0
      ? []
      : [["Cushion", exactUsd(summary.cushion_usd), "set aside for tasks that did not fit whole"]];
  return [
    ...perTask,
    [
      "Learning cost",
      exactUsd(summary.learning_usd),
      summary.sampling_s === null ? "" : `${span(summary.sampling_s)} of sampling, which is real work`,
    ],
    [
      copies.allowed ? "Copies gained" : "Copies would have gained",
      gain > 0 ? span(gain) : "nothing",
      copies.allowed ? "in the tail, about" : "copies were not allowed (--replicable)",
    ],
    [
      "Attempts",
      count(attempts.total),
      `for ${counted(tasks.total, "task")}${odd
        .filter(([of]) => of > 0)
        .map(([of, word]) => `, ${count(of)} ${word}`)
        .join("")}`,
    ],
    ...cushion,
    ...(resumed > 0
      ? [
          [
            "Taken up again",
            counted(resumed, "time"),
            "machines that had been given back were rented anew",
          ] satisfies Fact,
        ]
      : []),
  ];
}
