/**
 * A clusters file for an imagined world: what a planner is told of each cluster, and beside it, which the planner
 * has to find out, how fast and how faulty it truly is. Nothing is billed, so providers are only names.
 */
import type { Cluster } from "@stint/shared/cluster.js";
import { quoted, troubleAt, type Misread } from "@stint/shared/misread.js";
import { parseHourlyRate, parsePercentage, parseShare } from "@stint/shared/quantities.js";
import { firstComplaint } from "@stint/shared/schema-trouble.js";
import { done, type Result } from "@stint/shared/result.js";
import { minutes, NO_TIME, seconds } from "@stint/shared/units.js";
import * as z from "zod";
import type { Distribution } from "../../simulate/distribution.js";
import type { ImaginedCluster } from "../../simulate/imagined-cluster.js";
import { LOCAL_GRACE, unknownProvider } from "./clusters-file.js";
import { COMMON_KEYS, PROVIDERS_NOT_YET, quantity, slotsUnasked } from "./cluster-keys.js";
import { readClustersYaml, type WrittenCluster } from "./clusters-yaml.js";
import { isReference } from "./column-reference.js";
import { readMeasured } from "./measured-column.js";
import { parseDistribution } from "./parse-distribution.js";
import { PRICES_EXAMPLE, readPrices } from "./price-series.js";

/** Both lists are in the file's order. */
export interface World {
  readonly clusters: readonly Cluster[];
  readonly imagined: readonly ImaginedCluster[];
}

/** What is free now may cost something later. */
export const atTheirDearest = ({ clusters, imagined }: World): Cluster[] =>
  clusters.map((cluster, index) => {
    const prices = (imagined[index]?.prices ?? []).map(({ price }) => price);
    const price = prices.reduce((most, one) => (one > most ? one : most), cluster.tariff.price);
    return { ...cluster, tariff: { ...cluster.tariff, price } };
  });

const BOOT_LIMIT = minutes(15);

export async function readWorld(path: string): Promise<World> {
  const clusters: Cluster[] = [];
  const imagined: ImaginedCluster[] = [];
  for (const written of readClustersYaml(path)) {
    const fields = readFields(written);
    const boot =
      typeof fields.boot === "string"
        ? await readMeasured(fields.boot, path, written.placeOf(["boot"]))
        : fields.boot;
    const [first, ...prices] =
      fields.prices === undefined ? [] : await readPrices(fields.prices, path, written.placeOf(["prices"]));
    clusters.push(toCluster(written, { ...fields, price: first?.price ?? fields.price }, boot));
    imagined.push({ ...toImagined(fields, boot), ...(prices.length > 0 && { prices }) });
  }
  return { clusters, imagined };
}

const parseBoot = (text: string): Result<Distribution | string, Misread> =>
  isReference(text) ? done(text) : withMean(parseDistribution(text), text);

function withMean(parsed: Result<Distribution, Misread>, text: string): Result<Distribution, Misread> {
  if (!parsed.ok || parsed.value.kind !== "levy") return parsed;
  return {
    ok: false,
    failure: {
      code: "bad-value",
      found: quoted(text),
      expected: "a boot time that has a mean",
      hint: "40s, normal(40s,8s), uniform(30s,60s) or csv:FILE#COLUMN",
    },
  };
}

/** What may be written of an imagined cluster. */
export const WORLD = z.strictObject({
  provider: z.string().exactOptional(),
  ...COMMON_KEYS,
  boot: quantity(parseBoot).prefault("0s"),
  noise: quantity(parsePercentage).prefault("0%"),
  failures: quantity(parseShare).prefault("0%"),
  loss: quantity(parseHourlyRate).prefault("0/h"),
  delivers: quantity(parseDelivered).prefault("100%"),
  /** Where they stand, `price` is not looked at. */
  prices: quantity(parsePrices).exactOptional(),
});
const WORLD_KEYS = Object.keys(WORLD.shape);
type Fields = z.infer<typeof WORLD>;

function parsePrices(text: string): Result<string, Misread> {
  if (isReference(text)) return done(text);
  return {
    ok: false,
    failure: {
      code: "bad-value",
      found: quoted(text),
      expected: "prices that change, as a column of a file",
      hint: `${PRICES_EXAMPLE}; one that stays as it is: price: 0.04 usd/h`,
    },
  };
}

function parseDelivered(text: string): Result<number, Misread> {
  const share = parseShare(text);
  if (!share.ok || share.value > 0) return share;
  return {
    ok: false,
    failure: {
      code: "out-of-range",
      found: quoted(text),
      expected: "a share above 0%",
      hint: "leave out a cluster that never delivers",
    },
  };
}

function readFields({ value, placeOf }: WrittenCluster): Fields {
  const provider = value["provider"] ?? "local";
  if (typeof provider !== "string") throw troubleAt(placeOf(["provider"]), unknownProvider(provider));
  const own = Object.hasOwn(PROVIDERS_NOT_YET, provider) ? PROVIDERS_NOT_YET[provider] : undefined;
  if (provider !== "local" && own === undefined)
    throw troubleAt(placeOf(["provider"]), unknownProvider(provider));
  const isPriced = Object.hasOwn(value, "price") || Object.hasOwn(value, "prices");
  if (own !== undefined && !isPriced) throw troubleAt(placeOf([]), noPrice(provider));
  const known = Object.entries(value).filter(([key]) => own?.includes(key) !== true);
  const read = WORLD.safeParse(Object.fromEntries(known));
  if (read.success) return read.data;
  const { path, misread } = firstComplaint(read.error, value, WORLD_KEYS);
  throw troubleAt(placeOf(path), misread);
}

const toCluster = (
  { name }: WrittenCluster,
  { provider, max, price, atu, minimum, ...has }: Fields,
  boot: Distribution,
): Cluster => ({
  name,
  provider: "imagined",
  most: max,
  slots: slotsUnasked(has),
  // A machine of this computer is given back as early as it would be in a live run.
  tariff: { price, atu, minimum, grace: provider === "local" ? LOCAL_GRACE : NO_TIME },
  bootLimit: BOOT_LIMIT,
  bootExpected: seconds(meanOf(boot)),
  // How fast it truly is stands in the other list.
  speed: 1,
});

const toImagined = (
  { speed, noise, failures, loss, delivers, drift }: Fields,
  boot: Distribution,
): ImaginedCluster => ({
  speed,
  boot,
  noise,
  failures,
  lossPerHour: loss,
  delivers,
  ...(drift !== undefined && { drift }),
});

/** In seconds. What a draw below 0 adds to it, as it counts as 0, is left out. */
function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "normal":
    case "lognormal":
      return distribution.mean;
    case "uniform":
      return (distribution.least + distribution.most) / 2;
    case "levy":
      return distribution.most;
    case "values":
      return distribution.values.reduce((sum, value) => sum + value, 0) / distribution.values.length;
  }
}

const noPrice = (provider: string): Misread => ({
  code: "missing-key",
  found: `no price for a machine of ${provider}`,
  expected: "what a machine costs by the hour",
  hint: "price: 0.04 usd/h",
});
