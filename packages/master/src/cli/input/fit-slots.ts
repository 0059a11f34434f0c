/**
 * How many tasks of a bag fit on a machine at once? As many as their cores and their memory allow, whichever are
 * fewer; slots that a person has said count whatever tasks need.
 */
import type { Cluster, MachineSize } from "@stint/shared/cluster.js";
import { TroubleError } from "@stint/shared/failures.js";
import { formatCount } from "@stint/shared/format.js";
import { SLOTS_MOST } from "./cluster-keys.js";

/** Of each task of a bag; what is not said is one core, and memory that nobody counts. */
export interface Need {
  readonly cpus?: number;
  /** Bytes. */
  readonly memory?: number;
}

export interface Fitted {
  readonly clusters: readonly Cluster[];
  /** A line for each cluster on whose machines no task fits: nothing is rented there. */
  readonly leftOut: readonly string[];
}

/** Throws when no task fits on any machine. */
export function fitClusters(clusters: readonly Cluster[], need: Need): Fitted {
  if (need.cpus === undefined && need.memory === undefined) return { clusters, leftOut: [] };
  const fitted: Cluster[] = [];
  const leftOut: string[] = [];
  for (const cluster of clusters) {
    const slots = cluster.size === undefined ? cluster.slots : slotsOn(cluster.size, need);
    if (slots > 0) fitted.push({ ...cluster, slots });
    else leftOut.push(`${cluster.name} has ${sizeText(cluster.size ?? {})}`);
  }
  if (fitted.length === 0) throw fitsNowhere(need, leftOut);
  const lines = leftOut.map((has) => `${has}, a task needs ${sizeText(need)}: nothing is rented there.`);
  return { clusters: fitted, leftOut: lines };
}

/** Room for the rounding of numbers as 0.1: 3 cores hold 30 such tasks. */
const ROUNDING = 1e-9;

/** 0: not even one fits. */
export function slotsOn(size: MachineSize, { cpus = 1, memory }: Need): number {
  const byCpus = Math.floor(size.cpus / cpus + ROUNDING);
  const byMemory = memory === undefined ? Infinity : Math.floor(size.memory / memory);
  return Math.min(byCpus, byMemory, SLOTS_MOST);
}

function fitsNowhere(need: Need, has: readonly string[]): TroubleError {
  return new TroubleError({
    kind: "bad-input",
    code: "fits-nowhere",
    where: "the bag's needs",
    found: `tasks that need ${sizeText(need)} each, where ${has.join(", ")}`,
    expected: "a cluster on whose machines at least one task fits",
    hint: "ask for less with --cpus or --memory, or say how large machines are: cpus, memory or slots in stint.yaml",
  });
}

const GIGABYTE = 1e9;
const MEGABYTE = 1e6;

function sizeText({ cpus, memory }: Need): string {
  const cores = cpus === undefined ? [] : [`${String(cpus)} ${cpus === 1 ? "core" : "cores"}`];
  return [...cores, ...(memory === undefined ? [] : [memoryText(memory)])].join(" and ");
}

/** Rounded down: what is said to be there is. */
const memoryText = (bytes: number): string =>
  bytes >= GIGABYTE
    ? `${String(Math.floor((bytes / GIGABYTE) * 10) / 10)} GB`
    : `${formatCount(Math.floor(bytes / MEGABYTE))} MB`;
