/**
 * `stint run --dry-run`: what would be run, and where? The bag as it is parsed, its tasks (on a terminal the first ones),
 * the clusters, and what sampling may cost at most. Nothing is rented, started or written.
 */
import { commandText, type Task } from "@stint/shared/bag/bag.js";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { formatCount, formatDuration, formatMoney } from "@stint/shared/format.js";
import { inSeconds, instant, NO_MONEY, type MicroUsd } from "@stint/shared/units.js";
import { columnLines } from "../console/terminal/columns.js";
import { piece } from "../console/terminal/pieces.js";
import { printable } from "../console/terminal/printable.js";
import { step } from "../planner/decide.js";
import { headline } from "../planner/headline.js";
import type { Decision } from "../planner/records.js";
import { reasonText, type AnyBecause } from "../planner/reasons.js";
import { usd } from "../planner/report/summary-words.js";
import { newRun } from "../planner/run-state.js";
import { firstLease, SAMPLING_SHARE } from "../planner/sample/sampling-money.js";
import { filesRead } from "./input/open-file.js";
import { printDocument, printLines } from "./known-run.js";
import { fittedTo, settingsOf } from "./live/begin-run.js";
import type { RunRequest } from "./live/requests.js";
import { refuseLosses } from "./live/result-places.js";

const SHOWN = { onTerminal: 5, elsewhere: 10_000 } as const;
const WIDTH = 80;

interface Rehearsal {
  readonly size: number;
  readonly first: readonly Task[];
  readonly leftOut: readonly string[];
  readonly clusters: RunRequest["clusters"];
  /** What a run would decide first. */
  readonly decisions: readonly Decision[];
  /** The most that is spent before an offer is picked; undefined without a budget. */
  readonly samplingMost: MicroUsd | undefined;
}

export async function dryRun(request: RunRequest): Promise<ExitCode> {
  const rehearsal = await rehearse(request);
  if (request.manner.json) printDocument(documentOf(request, rehearsal));
  else printLines(linesOf(request, rehearsal));
  return EXIT.done;
}

async function rehearse(request: RunRequest): Promise<Rehearsal> {
  const first: Task[] = [];
  const shown = process.stdout.isTTY && !request.manner.json ? SHOWN.onTerminal : SHOWN.elsewhere;
  const copied: boolean[] = [];
  for await (const task of request.tasks) {
    if (first.length < shown) first.push(task);
    copied.push(task.replicable ?? request.wide.replicable);
  }
  refuseLosses(request.results, filesRead());
  const { clusters, leftOut } = fittedTo(request, first[0]);
  const size = copied.length;
  const shape = { size, retriesOf: () => 0, mayBeCopied: (task: number) => copied[task] === true };
  const run = newRun(settingsOf(request, clusters, request.name), shape, instant(0));
  const { settings } = run;
  const { decisions } = step(run, { kind: "run-began", at: run.at, settings, bagSize: size });
  const samples = run.sample.size > 0;
  const { budget } = run.money;
  const firstRents = decisions.reduce(
    (sum, one) => sum + (one.kind === "rent-machine" ? firstLease(run, one.cluster) : 0),
    0,
  );
  const half = budget === undefined ? undefined : Math.max(firstRents, Math.floor(budget * SAMPLING_SHARE));
  return {
    size,
    first,
    leftOut,
    clusters,
    decisions,
    samplingMost: samples ? (half as MicroUsd | undefined) : NO_MONEY,
  };
}

function documentOf(request: RunRequest, rehearsal: Rehearsal): unknown {
  const { size, first, clusters, decisions, samplingMost } = rehearsal;
  const sample = decisions.find((one) => one.kind === "plan-sample");
  return {
    schema: 1,
    dry_run: true,
    bag: request.bag,
    tasks: size,
    notes: request.notes,
    budget_usd: request.budget === undefined ? null : usd(request.budget),
    first: first.map((task, index) => ({
      number: index + 1,
      id: task.id,
      command: commandText(task.command),
      cwd: task.cwd ?? request.cwd,
      timeout_s: secondsOrNull(task.timeout ?? request.wide.timeout),
      retries: task.retries ?? request.wide.retries,
    })),
    clusters: clusters.map(({ name, provider, most, slots, tariff }) => ({
      name,
      provider,
      max: most,
      slots,
      price_usd_h: usd(tariff.price as number as MicroUsd),
      atu_s: inSeconds(tariff.atu),
    })),
    sampling: {
      tasks: sample?.size ?? 0,
      pairs: sample?.pairs.length ?? 0,
      machines: machinesRented(clusters, decisions),
      cost_usd_max: samplingMost === undefined ? null : usd(samplingMost),
    },
  };
}

const secondsOrNull = (span: Task["timeout"]): number | null => (span === undefined ? null : inSeconds(span));

function machinesRented(
  clusters: RunRequest["clusters"],
  decisions: readonly Decision[],
): Record<string, number> {
  const count = (index: number): number =>
    decisions.filter((one) => one.kind === "rent-machine" && one.cluster === index).length;
  return Object.fromEntries(clusters.map(({ name }, index) => [name, count(index)]));
}

function linesOf(request: RunRequest, rehearsal: Rehearsal): string[] {
  const { size, first, clusters, decisions, leftOut } = rehearsal;
  const more = size - first.length;
  const plan = decisions.find(({ kind }) => kind === "plan-sample" || kind === "begin-unoffered");
  const begins = decisions.some(({ kind }) => kind === "begin-unoffered");
  const rented = Object.entries(machinesRented(clusters, decisions)).filter(([, count]) => count > 0);
  return [
    `${printable(request.bag)}: ${formatCount(size)} task${size === 1 ? "" : "s"}, each run in ${printable(request.cwd)}`,
    ...first.map(
      (task, index) => `  ${String(index + 1)}  ${printable(commandText(task.command))}${own(task, request)}`,
    ),
    ...(more > 0
      ? [`  … and ${formatCount(more)} more${process.stdout.isTTY ? " (all of them: | less)" : ""}`]
      : []),
    "",
    ...clusterTable(clusters),
    ...leftOut,
    "",
    ...(request.notes.length > 0 ? [...request.notes, ""] : []),
    ...(plan === undefined || begins ? [] : [headline(plan, clusters) ?? ""]),
    ...(rented.length > 0
      ? [`first machines: ${rented.map(([name, count]) => `${String(count)} ${name}`).join(", ")}`]
      : []),
    costLine(rehearsal),
    "Nothing was rented, started or written.",
  ];
}

/** What a task says for itself. */
function own({ cwd, timeout, retries }: Task, request: RunRequest): string {
  const said = [
    ...(cwd !== undefined && cwd !== request.cwd ? [`in ${printable(cwd)}`] : []),
    ...(timeout === undefined ? [] : [`at most ${formatDuration(timeout)}`]),
    ...(retries === undefined ? [] : [`retries ${String(retries)}`]),
  ];
  return said.length === 0 ? "" : `  (${said.join(", ")})`;
}

function clusterTable(clusters: RunRequest["clusters"]): string[] {
  const columns = [
    { head: "cluster", align: "left", spare: 0 },
    { head: "provider", align: "left", spare: 3 },
    { head: "machines", align: "right", spare: 0 },
    { head: "slots", align: "right", spare: 0 },
    { head: "a machine", align: "right", spare: 0 },
    { head: "paid by", align: "right", spare: 1 },
  ] as const;
  const rows = clusters.map(({ name, provider, most, slots, tariff }) => [
    piece(name),
    piece(provider),
    piece(`≤ ${String(most)}`),
    piece(String(slots)),
    piece(tariff.price === 0 ? "free" : `${formatMoney(tariff.price as number as MicroUsd)}/h`),
    piece(formatDuration(tariff.atu)),
  ]);
  return columnLines(columns, rows, WIDTH);
}

function costLine({ samplingMost, decisions }: Rehearsal): string {
  const end = decisions.find((one) => one.kind === "begin-stopping");
  if (end !== undefined) return `the run ends at once: ${reasonText(end.because as AnyBecause)}`;
  if (samplingMost === undefined) return "sampling costs nothing: every cluster is free";
  return samplingMost === NO_MONEY
    ? "nothing is sampled, and nothing is offered: the tasks are run at once"
    : `sampling costs at most ${formatMoney(samplingMost)}, half of the budget`;
}
