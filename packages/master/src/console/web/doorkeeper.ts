/**
 * Who is asking? A secret or a session's cookie becomes a role. Of the tokens nothing is kept but what is derived from
 * them; a session is signed rather than remembered, so that it outlives a master and takes no memory, and ends when its
 * token is replaced.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isToken, ROLES, type Role, type Tokens } from "./tokens.js";

/** For a page that is left open for days, and not for ever. */
export const SESSION_SECONDS = 7 * 24 * 3600;

export interface Guest {
  readonly role: Role;
  /** Milliseconds since 1970; absent where the secret itself was shown. */
  readonly until?: number;
}

export interface Doorkeeper {
  /** Takes as long whether much of it is right or nothing. */
  ofSecret(secret: string): Guest | undefined;
  /** The value of a cookie. */
  openSession(role: Role, now: number): string;
  ofSession(value: string, now: number): Guest | undefined;
}

const SESSION = /^(?<role>viewer|operator)\.(?<until>\d{1,12})\.(?<signature>[0-9a-f]{64})$/u;

export function doorkeeper(tokens: Tokens): Doorkeeper {
  const hashes = derived(tokens, hash);
  const keys = derived(tokens, (token) => hmac(Buffer.from(token, "hex"), "stint session"));
  const signature = (role: Role, until: string): Buffer => hmac(keys[role], `${role}.${until}`);
  return {
    ofSecret(secret) {
      if (!isToken(secret)) return undefined;
      const shown = hash(secret);
      const fitting = ROLES.filter((role) => timingSafeEqual(hashes[role], shown));
      return fitting[0] === undefined ? undefined : { role: fitting[0] };
    },
    openSession(role, now) {
      const until = String(Math.floor(now / 1000) + SESSION_SECONDS);
      return `${role}.${until}.${signature(role, until).toString("hex")}`;
    },
    ofSession(value, now) {
      const { role, until, signature: shown } = (SESSION.exec(value)?.groups ?? {}) as Partial<Session>;
      if (role === undefined || until === undefined || shown === undefined) return undefined;
      if (!timingSafeEqual(signature(role, until), Buffer.from(shown, "hex"))) return undefined;
      return Number(until) * 1000 > now ? { role, until: Number(until) * 1000 } : undefined;
    },
  };
}

interface Session {
  readonly role: Role;
  readonly until: string;
  readonly signature: string;
}

const derived = (tokens: Tokens, from: (token: string) => Buffer): Record<Role, Buffer> => ({
  viewer: from(tokens.viewer),
  operator: from(tokens.operator),
});
const hash = (token: string): Buffer => createHash("sha256").update(Buffer.from(token, "hex")).digest();
const hmac = (key: Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
