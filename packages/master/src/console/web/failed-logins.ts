/**
 * Too many wrong secrets within a minute are answered more shortly. A right one is taken all the same: 256 bits are
 * not guessed, and nobody may lock out whoever has the token.
 */
import { Refused } from "./refused.js";

export const FAILED_LOGINS_A_MINUTE_MOST = 20;
const WINDOW_MS = 60_000;

export interface FailedLogins {
  /** Counts one, and says how it is refused. */
  failed(now: number): Refused;
}

export function failedLogins(): FailedLogins {
  let since = -Infinity;
  let count = 0;
  return {
    failed(now) {
      if (now - since >= WINDOW_MS) [since, count] = [now, 0];
      count += 1;
      return count <= FAILED_LOGINS_A_MINUTE_MOST ? wrongSecret() : tooMany(since + WINDOW_MS - now);
    },
  };
}

const wrongSecret = (): Refused =>
  new Refused(
    401,
    {
      code: "wrong-token",
      where: "the token",
      found: "none of this master's",
      expected: "the token of a viewer or of an operator",
      hint: "open the address that stint printed",
    },
    { "www-authenticate": "Bearer" },
  );

const tooMany = (forMs: number): Refused =>
  new Refused(
    429,
    {
      code: "too-many-failed-logins",
      where: "the token",
      found: `more than ${String(FAILED_LOGINS_A_MINUTE_MOST)} wrong ones within a minute`,
      expected: "the token of a viewer or of an operator",
      hint: "",
    },
    { "retry-after": String(Math.ceil(forMs / 1000)) },
  );
