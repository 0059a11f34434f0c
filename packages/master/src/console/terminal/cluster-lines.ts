/** What does each cluster's line on the live screen say: its machines, how busy and how fast they are, what they cost. */
import {
  formatCount,
  formatDuration,
  decimalsForScale,
  formatMoney,
  formatMoneyAbout,
  formatSpeed,
  steadyDecimals,
} from "@stint/shared/format.js";
import { inSeconds, microUsd } from "@stint/shared/units.js";
import type { ClusterView, RunView } from "../../planner/view.js";
import { columnLines, type Column, type Row } from "./columns.js";
import { foldClusters, type ClusterSum } from "./fold-clusters.js";
import type { Ink } from "./ink.js";
import { piece } from "./pieces.js";
import { costsMoney, isPaused } from "./run-words.js";

/** Where it is shown: everywhere, where anything costs money, on a wide screen alone. */
type ClusterColumn = Column & { readonly money?: true; readonly wide?: true };

const COLUMNS: readonly ClusterColumn[] = [
  { head: "cluster", align: "left", spare: 0 },
  { head: "machines", align: "right", spare: 1 },
  { head: "at most", align: "right", spare: 7, wide: true },
  { head: "an hour", align: "right", spare: 6, wide: true, money: true },
  { head: "busy", align: "right", spare: 3 },
  { head: "done", align: "right", spare: 0 },
  { head: "runtime", align: "right", spare: 5 },
  { head: "speed", align: "right", spare: 4 },
  { head: "spent", align: "right", spare: 2, money: true },
  { head: "a task", align: "right", spare: 8, wide: true, money: true },
];

export interface ClusterLook {
  readonly ink: Ink;
  readonly clustersMost: number;
  /** With what a machine costs, how many there may be, and what a task has cost there so far. */
  readonly wide?: boolean;
}

/** The heads and a line for each cluster; more than `clustersMost` are folded. */
export function clusterLines(view: RunView, cells: number, look: ClusterLook): string[] {
  const decimals = steadyDecimals(view.clusters.map(({ spent }) => spent));
  const { shown, folded } = foldClusters(view.clusters, look.clustersMost);
  const money = costsMoney(view);
  const isShown = (column: ClusterColumn | undefined): boolean =>
    (column?.money !== true || money) && (column?.wide !== true || look.wide === true);
  const rowFor = (cluster: ClusterView | ClusterSum, name: string): Row =>
    rowOf(isPaused(view) ? nothingWanted(cluster) : cluster, name, decimals, look.ink).filter((_, index) =>
      isShown(COLUMNS[index]),
    );
  const rows = shown.map((cluster) => rowFor(cluster, cluster.name));
  if (folded !== undefined) {
    rows.push(
      rowFor(folded, `${String(folded.clusters)} others`).map(({ text }) => piece(text, look.ink.faint)),
    );
  }
  return columnLines(COLUMNS.filter(isShown), rows, cells, look.ink.faint);
}

/** A run that is paused rents nothing: what its plan asks for is not on its way. */
const nothingWanted = <Cluster extends ClusterView | ClusterSum>(cluster: Cluster): Cluster => ({
  ...cluster,
  wanted: cluster.machines + cluster.booting,
});

function rowOf(cluster: ClusterView | ClusterSum, name: string, decimals: number, ink: Ink): Row {
  const idle = cluster.machines + cluster.booting + cluster.wanted === 0;
  const mean = "mean" in cluster ? cluster.mean : undefined;
  const speed = mean === undefined || mean === 0 ? 0 : cluster.busySlots / inSeconds(mean);
  return [
    piece(name, idle ? ink.faint : ink.strong),
    piece(machinesText(cluster), idle ? ink.faint : undefined),
    piece(formatCount(cluster.most)),
    piece("priceUsdPerHour" in cluster ? formatMoney(microUsd(cluster.priceUsdPerHour)) : "–"),
    piece(cluster.slots === 0 ? "–" : `${formatCount(cluster.busySlots)}/${formatCount(cluster.slots)}`),
    piece(formatCount(cluster.done)),
    piece(mean === undefined ? "–" : formatDuration(mean)),
    piece(speed === 0 ? "–" : formatSpeed(speed)),
    piece(formatMoney(cluster.spent, decimals)),
    piece(costOfTask(cluster)),
  ];
}

/** What has been spent there, for each task that it has done: less by and by, as a started unit is paid whole. */
function costOfTask({ spent, done }: ClusterView | ClusterSum): string {
  if (done === 0 || spent === 0) return "–";
  const each = microUsd(Math.round(spent / done));
  return formatMoneyAbout(each, decimalsForScale(each));
}

/** Those that are ready, `+` those that start; behind an arrow how many the plan wants, where that is another number. */
function machinesText({ machines, booting, wanted }: ClusterView | ClusterSum): string {
  const starting = booting > 0 ? `+${formatCount(booting)}` : "";
  return `${formatCount(machines)}${starting}${machines + booting === wanted ? "" : `→${formatCount(wanted)}`}`;
}
