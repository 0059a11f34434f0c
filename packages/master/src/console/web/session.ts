/** Shows a token once and gets a cookie for it, so that a page need not keep the token. */
import { session, sessionBody } from "@stint/shared/api/runs.js";
import { SESSION_SECONDS, type Doorkeeper } from "./doorkeeper.js";
import type { FailedLogins } from "./failed-logins.js";
import { reading, writing, type Operation } from "./operation.js";
import type { Role } from "./tokens.js";

/** Cookies are told apart by host and not by port, so the name says which of this computer's masters it belongs to. */
export const cookieName = (port: number): string => `stint_session_${String(port)}`;

export interface SessionParts {
  readonly doorkeeper: Doorkeeper;
  readonly failedLogins: FailedLogins;
  readonly port: number;
}

export const sessionOperations = ({ doorkeeper, failedLogins, port }: SessionParts): readonly Operation[] => [
  writing({
    ...{ name: "openSession", path: "/api/v1/session", who: "anyone", refused: [401, 429] },
    about: "Takes a token, gives a cookie.",
    body: sessionBody,
    document: { name: "session", schema: session },
    carryOut: ({ body: { token } }) => {
      const now = Date.now();
      const guest = doorkeeper.ofSecret(token);
      if (guest === undefined) return Promise.reject(failedLogins.failed(now));
      const cookie = `${cookieName(port)}=${doorkeeper.openSession(guest.role, now)}`;
      const kept = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${String(SESSION_SECONDS)}`;
      return Promise.resolve({
        document: { schema: 1 as const, role: guest.role },
        headers: { "set-cookie": `${cookie}; ${kept}` },
      });
    },
  }),
  reading({
    ...{ name: "viewSession", path: "/api/v1/session", who: "viewer" },
    about: "Which role the caller has.",
    document: { name: "session", schema: session },
    carryOut: ({ guest }) => Promise.resolve({ schema: 1 as const, role: roleOf(guest?.role) }),
  }),
];

const roleOf = (role: Role | undefined): Role => role ?? "viewer";
