/** One master a home: whoever begins second is told who is there. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { TroubleError } from "@stint/shared/failures.js";
import { lockRun, type RunLock } from "../../store/lock-run.js";
import { livingHolder } from "../../store/pid-file.js";
import { writeAtomically } from "../../store/write-atomically.js";
import type { Home } from "./home.js";

/** Held until it is released or this process ends. */
export function lockHome(home: Home): RunLock {
  try {
    return lockRun(home);
  } catch (cause) {
    if (!(cause instanceof TroubleError) || cause.trouble.code !== "run-is-held") throw cause;
    throw new TroubleError({
      ...cause.trouble,
      code: "home-is-held",
      expected: "one master a home",
      hint: "stint ps speaks to the one that is there; for a second one: --home DIR",
    });
  }
}

export const isMasterAt = ({ lock }: Home): boolean =>
  livingHolder(lock) !== undefined || livingHolder(`${lock}.pid`) !== undefined;

const address = z.object({ schema: z.literal(1), port: z.int().min(1).max(65_535), url: z.string() });
export type Address = z.infer<typeof address>;

const OWNER_ONLY = 0o600;

/** It stays when the master ends: the next one listens there again where it can, as pages may be open. */
export const keepAddress = (home: Home, at: Omit<Address, "schema">): void =>
  writeAtomically(home.address, `${JSON.stringify({ schema: 1, ...at })}\n`, OWNER_ONLY);

/** Where a master of this home listened last. */
export function lastAddress(home: Home): Address | undefined {
  try {
    return address.parse(JSON.parse(readFileSync(home.address, "utf8")));
  } catch {
    return undefined;
  }
}
