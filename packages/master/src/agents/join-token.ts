/**
 * The token with which a new machine says hello: its name and a secret that only the run's master can make. It is
 * derived, so that a launch that is repeated after a crash hands out the same one and no file has to hold it.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { MachineId } from "@stint/shared/ids.js";

const TOKEN = /^(?<machine>.+)\.(?<secret>[0-9a-f]{64})$/u;
const SECRET = /^[0-9a-f]{64}$/u;

export const joinToken = (runSecret: Buffer, machine: MachineId): string =>
  `${machine}.${tokenSecret(runSecret, machine).toString("hex")}`;

const tokenSecret = (runSecret: Buffer, machine: MachineId): Buffer =>
  createHmac("sha256", runSecret).update(`join:${machine}`).digest();

/** Is it this machine's token? Takes as long whether much of it is right or nothing. */
export function isTokenOf(runSecret: Buffer, machine: MachineId, token: string): boolean {
  const { machine: named, secret } = TOKEN.exec(token)?.groups ?? {};
  if (named !== machine || secret === undefined) return false;
  return timingSafeEqual(Buffer.from(secret, "hex"), tokenSecret(runSecret, machine));
}

/** By what a session's secret is known; absent when it is no secret of 256 bits. */
export const sessionHash = (session: string | undefined): string | undefined =>
  session !== undefined && SECRET.test(session)
    ? createHash("sha256").update(Buffer.from(session, "hex")).digest("hex")
    : undefined;

/** Both are hashes; takes as long whether much of them is equal or nothing. */
export const isSameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
