/**
 * What does this computer have for tasks? Its cores and memory, or what of them a control group leaves to us: in a
 * container the computer's own figures would promise too much.
 */
import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";

export interface MachineHas {
  /** Cores; a control group may leave a part of one. */
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
}

export function thisMachine(): MachineHas {
  const limit = process.constrainedMemory() || Infinity;
  return {
    cpus: Math.min(availableParallelism(), coresLeft(textOf)),
    memory: Math.min(totalmem(), limit),
  };
}

const GROUPS = "/sys/fs/cgroup";

/**
 * Cores that the groups this process is in leave to it: the least of a group and all above it.
 * @param read a file's text; undefined where there is none
 */
export function coresLeft(read: (path: string) => string | undefined): number {
  const shares = groupFolders(read("/proc/self/cgroup") ?? "").map((folder) => {
    const both = read(join(folder, "cpu.max"))?.trim().split(" ");
    return shareOf(
      both?.[0] ?? read(join(folder, "cpu.cfs_quota_us")),
      both?.[1] ?? read(join(folder, "cpu.cfs_period_us")),
    );
  });
  return Math.min(Infinity, ...shares);
}

/** Microseconds of processor time in each period; `max` and -1 are no limit. */
function shareOf(quota: string | undefined, period: string | undefined): number {
  const share = Number(quota) / Number(period);
  return Number.isFinite(share) && share > 0 ? share : Infinity;
}

/** Of version 2 (`0::/path`) and of version 1 (`4:cpu,cpuacct:/path`), from the inmost group outwards. */
function groupFolders(text: string): readonly string[] {
  const folders: string[] = [];
  for (const line of text.split("\n")) {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(\/.*)$/u.exec(line) ?? [];
    const isOfCpus = controllers === "" || controllers.split(",").includes("cpu");
    if (path === "" || !isOfCpus) continue;
    const root = join(GROUPS, controllers);
    for (let folder = join(root, path); folder.startsWith(root); folder = dirname(folder)) {
      folders.push(folder);
      if (folder === root || folder === `${root}/`) break;
    }
    folders.push(root);
  }
  return folders;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
