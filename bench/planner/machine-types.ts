/**
 * Clusters by the dozen, nearly equal: the 129 machine types of a cloud with their prices, and as fast as they were
 * measured, from `STINT_TRACES`; else as many made up alike, in families whose sizes double.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Cluster } from "@stint/shared/cluster.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { microUsdPerHour, minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import { randomStream } from "@stint/master/planner/stats/draws.js";
import type { ImaginedCluster } from "@stint/master/simulate/imagined-cluster.js";
import { tracesFolder } from "../quality/worlds/recorded-bags.js";

export const TYPES = 129;
const MACHINES_OF_A_TYPE = 100;

interface MachineType {
  readonly name: string;
  readonly slots: number;
  /** Dollars an hour. */
  readonly price: number;
  /** Of one slot, relative to a usual one. */
  readonly speed: number;
}

interface Types {
  readonly clusters: readonly Cluster[];
  readonly imagined: readonly ImaginedCluster[];
  /** Where they come from. */
  readonly source: "recorded" | "made up";
}

export function machineTypes(): Types {
  const recorded = recordedTypes();
  const types = recorded ?? madeUpTypes();
  return {
    clusters: types.map(clusterOf),
    imagined: types.map(imaginedOf),
    source: recorded === undefined ? "made up" : "recorded",
  };
}

/** Every file of machines in the folder is a price list; the first one with prices and speeds is taken. */
function recordedTypes(): MachineType[] | undefined {
  const folder = tracesFolder();
  const file = folder === undefined ? undefined : join(folder, "machines", "aws_us-east-1_2026-07-20.csv");
  if (file === undefined || !existsSync(file)) return undefined;
  const rows = parse<Readonly<Record<string, string>>>(readFileSync(file), { columns: true });
  return rows.slice(0, TYPES).map((row) => ({
    name: (row["type"] ?? "").replaceAll(".", "-"),
    slots: Number(row["vcpu"]),
    price: Number(row["price_usd_h"]),
    speed: Number(row["rel_speed_1core"]),
  }));
}

const SIZES = [2, 4, 8, 16, 32];

function madeUpTypes(): MachineType[] {
  const chance = randomStream(TYPES, "types");
  return Array.from({ length: TYPES }, (_, index): MachineType => {
    const family = Math.floor(index / SIZES.length);
    const slots = SIZES[index % SIZES.length] ?? 2;
    const speed = 0.7 + (family % 9) * 0.08 + 0.04 * chance.uniform();
    const price = slots * (0.03 + (family % 13) * 0.0025);
    return { name: `family${String(family + 1)}-${String(slots)}`, slots, price, speed };
  });
}

const clusterOf = ({ name, slots, price }: MachineType): Cluster => ({
  name: name as ClusterName,
  provider: "imagined",
  most: MACHINES_OF_A_TYPE,
  slots,
  tariff: {
    price: microUsdPerHour(Math.round(price * 1_000_000)),
    atu: seconds(1),
    minimum: minutes(1),
    grace: NO_TIME,
  },
  bootLimit: minutes(15),
  bootExpected: seconds(45),
  speed: 1,
});

const imaginedOf = ({ speed }: MachineType): ImaginedCluster => ({
  speed,
  boot: { kind: "constant", value: 45 },
  noise: 0.05,
  failures: 0,
  lossPerHour: 0,
  delivers: 1,
});
