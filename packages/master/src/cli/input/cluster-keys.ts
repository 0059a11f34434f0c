/** What may be written of a cluster, whether it is rented or imagined; what each key expects, and where it is silent. */
import { expecting, transformBy } from "@stint/shared/schema-trouble.js";
import { parseNeededMemory } from "@stint/shared/bag/task-needs.js";
import { named, type Misread } from "@stint/shared/misread.js";
import { parseDuration, parsePositiveDuration, parsePrice, parseSpeed } from "@stint/shared/quantities.js";
import { failed, type Result } from "@stint/shared/result.js";
import * as z from "zod";
import { parseDrift } from "./parse-drift.js";

export const MACHINES_MOST = 10_000;
export const SLOTS_MOST = 1_024;

/** A bare number is told the unit it lacks, anything else what is expected there. */
export const quantity = <T>(parse: (text: string) => Result<T, Misread>) =>
  z.unknown().transform(
    transformBy((value: unknown): Result<T, Misread> => {
      if (typeof value === "string" || typeof value === "number") return parse(String(value));
      const expected = parse("");
      return expected.ok ? expected : failed({ ...expected.failure, found: named(value) });
    }),
  );

const count = (what: string, most: number) =>
  z
    .int({ error: expecting(`a whole number of ${what}, without quotes`, "for example 2") })
    .min(1, { error: expecting(`1 or more ${what}`, "leave the cluster out if it is not to be used") })
    .max(most, { error: expecting(`at most ${String(most)} ${what}`, "that is as many as are counted") });

/** Without needs to go by: a task on each core that was said, else one. */
export const slotsUnasked = ({
  slots,
  cpus = 1,
}: {
  readonly slots?: number;
  readonly cpus?: number;
}): number => slots ?? Math.max(1, Math.floor(cpus));

export const COMMON_KEYS = {
  max: count("machines", MACHINES_MOST).default(1),
  /** Absent: as many as tasks fit, by what they need. */
  slots: count("slots", SLOTS_MOST).exactOptional(),
  cpus: z
    .number({ error: expecting("a number of cores, without quotes", "for example 4") })
    .gt(0, { error: expecting("more than 0 cores", "for example 4") })
    .max(SLOTS_MOST, { error: expecting(`at most ${String(SLOTS_MOST)} cores`, "for example 4") })
    .exactOptional(),
  memory: quantity(parseNeededMemory).exactOptional(),
  price: quantity(parsePrice).prefault("0 usd/h"),
  atu: quantity(parsePositiveDuration).prefault("1s"),
  minimum: quantity(parseDuration).prefault("0s"),
  speed: quantity(parseSpeed).prefault("1"),
  drift: quantity(parseDrift).exactOptional(),
};

/** Providers whose machines are understood and not rented, with the keys they have of their own. */
export const PROVIDERS_NOT_YET: Readonly<Record<string, readonly string[]>> = {
  ec2: ["type", "market", "region"],
  slurm: ["partition"],
  ssh: ["hosts"],
};
export const PROVIDERS: readonly string[] = ["local", ...Object.keys(PROVIDERS_NOT_YET)];

/** Keys of an imagined cluster alone. */
export const IMAGINED_KEYS: readonly string[] = ["boot", "noise", "failures", "loss", "delivers", "prices"];
