/** What may be rented? The clusters of `stint.yaml`, or of another file; where there is none, this computer. */
import { join } from "node:path";
import type { Cluster, MachineSize } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { named, quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
import { wordHint } from "@stint/shared/nearest-word.js";
import { firstComplaint } from "@stint/shared/schema-trouble.js";
import { microUsdPerHour, NO_TIME, seconds } from "@stint/shared/units.js";
import * as z from "zod";
import { COMMON_KEYS, IMAGINED_KEYS, PROVIDERS, PROVIDERS_NOT_YET, slotsUnasked } from "./cluster-keys.js";
import { readClustersYaml, type WrittenCluster } from "./clusters-yaml.js";
import { fileExists } from "./open-file.js";
import { thisMachine } from "./this-machine.js";

export const CLUSTERS_FILE = "stint.yaml";

/** An agent ends so long before its time is over. */
export const LOCAL_GRACE = seconds(2);
const LOCAL_BOOT_LIMIT = seconds(30);
/** A process, its first connection and its hello. */
const LOCAL_BOOT_EXPECTED = seconds(1);

/** @param path the file a person named; absent: `stint.yaml` in `folder`, if there is one */
export function readClusters(path: string | undefined, folder = "."): readonly Cluster[] {
  if (path !== undefined) return readClustersYaml(path).map(toLocalCluster);
  const usual = join(folder, CLUSTERS_FILE);
  return fileExists(usual) ? readClustersYaml(usual).map(toLocalCluster) : [thisComputer()];
}

export const thisComputer = (size: MachineSize = thisMachine()): Cluster => ({
  name: "here" as ClusterName,
  provider: "local",
  most: 1,
  slots: slotsUnasked(size),
  size,
  tariff: { price: microUsdPerHour(0), atu: seconds(1), minimum: NO_TIME, grace: LOCAL_GRACE },
  bootLimit: LOCAL_BOOT_LIMIT,
  bootExpected: LOCAL_BOOT_EXPECTED,
  speed: 1,
});

const LOCAL = z.strictObject({ provider: z.literal("local"), ...COMMON_KEYS });
const LOCAL_KEYS = Object.keys(LOCAL.shape);

/** A cluster of a run. */
export function toLocalCluster(written: WrittenCluster): Cluster {
  const { name, value, placeOf } = written;
  const refused = refusedProvider(value["provider"]);
  if (refused !== undefined) throw troubleAt(placeOf(["provider"]), refused);
  const imagined = IMAGINED_KEYS.find((key) => Object.hasOwn(value, key));
  if (imagined !== undefined) throw troubleAt(placeOf([imagined]), onlyImagined(imagined));
  const read = LOCAL.safeParse(value);
  if (!read.success) {
    const { path, misread } = firstComplaint(read.error, value, LOCAL_KEYS);
    throw troubleAt(placeOf(path), misread);
  }
  const { max, slots, cpus, memory, price, atu, minimum, speed, drift } = read.data;
  if (speed > 1) throw troubleAt(placeOf(["speed"]), tooFast(speed));
  if (drift !== undefined && drift.factor < speed)
    throw troubleAt(placeOf(["drift"]), driftTooFast(drift.factor));
  return {
    name,
    provider: "local",
    most: max,
    slots: slotsUnasked(read.data),
    ...(slots === undefined && { size: sizeSaid(cpus, memory) }),
    tariff: { price, atu, minimum, grace: LOCAL_GRACE },
    bootLimit: LOCAL_BOOT_LIMIT,
    bootExpected: LOCAL_BOOT_EXPECTED,
    speed,
    ...(drift !== undefined && { drift }),
  };
}

/** A local machine is this computer, for all that is not said. */
function sizeSaid(cpus: number | undefined, memory: number | undefined): MachineSize {
  const has = thisMachine();
  return { cpus: cpus ?? has.cpus, memory: memory ?? has.memory };
}

function refusedProvider(provider: unknown): Misread | undefined {
  if (provider === "local") return undefined;
  if (provider === undefined) {
    return {
      code: "missing-key",
      found: "no provider",
      expected: "who rents the machines out",
      hint: "provider: local, for agents on this computer",
    };
  }
  if (typeof provider === "string" && Object.hasOwn(PROVIDERS_NOT_YET, provider)) {
    return {
      code: "not-yet",
      found: `the provider ${provider}`,
      expected: "provider: local",
      hint: `not yet: ${provider}; stint simulate takes such a cluster, with its price and speed`,
    };
  }
  return unknownProvider(provider);
}

export const unknownProvider = (provider: unknown): Misread => ({
  code: "unknown-provider",
  found: `the provider ${named(provider)}`,
  expected: `one of: ${PROVIDERS.join(", ")}`,
  hint: typeof provider === "string" ? wordHint(provider, PROVIDERS) : "provider: local",
});

const onlyImagined = (key: string): Misread => ({
  code: "only-imagined",
  found: `the key ${quoted(key)}`,
  expected: `one of: ${LOCAL_KEYS.join(", ")}`,
  hint: "only stint simulate imagines that; keep such clusters in a file of their own",
});

const tooFast = (speed: number): Misread => ({
  code: "out-of-range",
  found: `a speed of ${String(speed)}`,
  expected: "at most 1: a real machine can be made slower, not faster",
  hint: "give the other clusters a lower speed instead",
});

const driftTooFast = (factor: number): Misread => ({
  code: "out-of-range",
  found: `a drift to ${String(factor)}`,
  expected: "a factor that is not below the speed: a real machine can be made slower, not faster",
  hint: "2 from 40%",
});
