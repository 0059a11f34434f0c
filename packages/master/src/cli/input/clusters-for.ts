/**
 * Which clusters does a run have by its flags? Those of a file, or this computer; and of this computer `--jobs` says how
 * many tasks it does at once.
 */
import { join } from "node:path";
import type { Cluster } from "@stint/shared/cluster.js";
import { quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
import { countOf } from "../amounts.js";
import { SLOTS_MOST } from "./cluster-keys.js";
import { CLUSTERS_FILE, readClusters, thisComputer } from "./clusters-file.js";
import { fileExists } from "./open-file.js";

export interface ClusterFlags {
  readonly clusters?: string | undefined;
  readonly jobs?: string | undefined;
}

export function clustersFor({ clusters: path, jobs }: ClusterFlags, folder = "."): readonly Cluster[] {
  if (jobs === undefined) return readClusters(path, folder);
  if (/^\d+%$/u.test(jobs)) throw troubleAt({ kind: "usage", where: "--jobs" }, percentOfCores(jobs));
  const slots = countOf(jobs, "--jobs", { least: 1, most: SLOTS_MOST });
  const file = path ?? (fileExists(join(folder, CLUSTERS_FILE)) ? CLUSTERS_FILE : undefined);
  if (file !== undefined) throw troubleAt({ kind: "usage", where: "--jobs" }, besideClusters(file, slots));
  // Slots that were said count whatever tasks need, as those of a file do.
  const { size: _, ...here } = thisComputer();
  return [{ ...here, slots }];
}

/** GNU parallel takes them so. */
const percentOfCores = (percent: string): Misread => {
  const cores = thisComputer().slots;
  return {
    code: "not-a-count",
    found: `${quoted(percent)}, a share of the cores as GNU parallel has it`,
    expected: "how many tasks at once, as a whole number",
    hint: `--jobs ${String(Math.max(1, Math.round((parseInt(percent, 10) / 100) * cores)))}, as there ${cores === 1 ? "is 1 core" : `are ${String(cores)} cores`} here`,
  };
};

const besideClusters = (file: string, slots: number): Misread => ({
  code: "options-conflict",
  found: `it beside the clusters of ${file}`,
  expected: "--jobs where this computer is all there is",
  hint: `a cluster says itself how many tasks it does at once: slots: ${String(slots)}, times max, its machines`,
});
