/** Which guest sent a request: by a token in `Authorization`, else by the cookie of a session. */
import type { IncomingMessage } from "node:http";
import type { Guest } from "./doorkeeper.js";
import { Refused } from "./refused.js";
import { cookieName, type SessionParts } from "./session.js";
import type { Role } from "./tokens.js";

const BEARER = /^Bearer (?<token>\S+)$/iu;

export interface Asker {
  readonly guest: Guest | undefined;
  /** A browser may have sent it without its user's doing. */
  readonly byCookie: boolean;
}

export function whoAsks(request: IncomingMessage, parts: SessionParts): Asker {
  const { authorization } = request.headers;
  if (authorization === undefined) return byCookie(request, parts);
  const guest = parts.doorkeeper.ofSecret(BEARER.exec(authorization)?.groups?.["token"] ?? "");
  if (guest === undefined) throw parts.failedLogins.failed(Date.now());
  return { guest, byCookie: false };
}

function byCookie({ headers }: IncomingMessage, { doorkeeper, port }: SessionParts): Asker {
  const name = `${cookieName(port)}=`;
  const sent = (headers.cookie ?? "").split(";").map((part) => part.trim());
  const values = sent.filter((part) => part.startsWith(name)).map((part) => part.slice(name.length));
  const now = Date.now();
  const guests = values.flatMap((value) => doorkeeper.ofSession(value, now) ?? []);
  return { guest: guests[0], byCookie: true };
}

/** An operator may do what a viewer may. */
export function checkRole(guest: Guest | undefined, needed: Role | "anyone"): void {
  if (needed === "anyone") return;
  if (guest === undefined) throw nobody();
  if (needed === "operator" && guest.role !== "operator") throw onlyViewer();
}

const nobody = (): Refused =>
  new Refused(
    401,
    {
      code: "no-token",
      where: "the session",
      found: "none, or one that has ended",
      expected: "a cookie of this server, or Authorization: Bearer TOKEN",
      hint: "open the address that stint printed",
    },
    { "www-authenticate": "Bearer" },
  );

const onlyViewer = (): Refused =>
  new Refused(403, {
    code: "viewer-may-not",
    where: "the token",
    found: "a viewer's",
    expected: "an operator's",
    hint: "",
  });
