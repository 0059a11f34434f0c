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

/** The process of the master that holds this home, as its lock names it. */
const masterOf = ({ lock }: Home): string | undefined => livingHolder(lock) ?? livingHolder(`${lock}.pid`);

const address = z.object({
  schema: z.literal(1),
  port: z.int().min(1).max(65_535),
  url: z.string(),
  /** Whose it is. */
  master: z.string().optional(),
});
export type Address = z.infer<typeof address>;

const OWNER_ONLY = 0o600;

/** It stays when the master ends: the next one listens there again where it can, as pages may be open. */
export const keepAddress = (home: Home, at: Pick<Address, "port" | "url">): void =>
  writeAtomically(
    home.address,
    `${JSON.stringify({ schema: 1, port: at.port, url: at.url, master: masterOf(home) })}\n`,
    OWNER_ONLY,
  );

/** Where the master at work in this home listens: an address that another one left is nobody's to send a token to. */
export function masterAt(home: Home): Address | undefined {
  const [at, master] = [lastAddress(home), masterOf(home)];
  return master !== undefined && at?.master === master ? at : undefined;
}

/** Where a master of this home listened last. */
export function lastAddress(home: Home): Address | undefined {
  try {
    return address.parse(JSON.parse(readFileSync(home.address, "utf8")));
  } catch {
    return undefined;
  }
}
