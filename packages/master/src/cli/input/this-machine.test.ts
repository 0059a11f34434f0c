import { expect, test } from "vitest";
import { coresLeft, thisMachine } from "./this-machine.js";

const files =
  (known: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    known[path];

test.each<[string, Readonly<Record<string, string>>, number]>([
  ["no group", {}, Infinity],
  [
    "a group without a limit",
    { "/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/a/cpu.max": "max 100000\n" },
    Infinity,
  ],
  [
    "its own limit",
    { "/proc/self/cgroup": "0::/a/b\n", "/sys/fs/cgroup/a/b/cpu.max": "150000 100000\n" },
    1.5,
  ],
  [
    "a stricter limit of the group above",
    {
      "/proc/self/cgroup": "0::/a/b\n",
      "/sys/fs/cgroup/a/cpu.max": "100000 100000\n",
      "/sys/fs/cgroup/a/b/cpu.max": "400000 100000\n",
    },
    1,
  ],
  [
    "that of a container's root",
    { "/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "50000 100000" },
    0.5,
  ],
  [
    "version 1, whose path is not seen from inside",
    {
      "/proc/self/cgroup": "5:memory:/m\n4:cpu,cpuacct:/docker/1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "200000\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
    },
    2,
  ],
  [
    "version 1 without a limit",
    {
      "/proc/self/cgroup": "4:cpu,cpuacct:/\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
      "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
    },
    Infinity,
  ],
])("cores left by %s", (_, known, cores) => expect(coresLeft(files(known))).toBe(cores));

test("this computer has some of both", () => {
  const { cpus, memory } = thisMachine();
  expect(cpus).toBeGreaterThan(0);
  expect(memory).toBeGreaterThan(1024 * 1024);
});
