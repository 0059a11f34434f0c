/**
 * Where does a request come from, and whom was it meant for? A page of another site can have a browser send requests to
 * this computer; it cannot choose their Host, and cannot hide its Origin. Names are compared whole, never by pattern.
 */
import type { IncomingMessage } from "node:http";
import { TroubleError } from "@stint/shared/failures.js";
import { Refused } from "./refused.js";

export interface Door {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

const HTTP_PORT = 80;
const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

export function doorAt(port: number): Door {
  const hosts = LOOPBACK_NAMES.flatMap((name) => [
    `${name}:${String(port)}`,
    // Browsers leave the port of HTTP out.
    ...(port === HTTP_PORT ? [name] : []),
  ]);
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}

/** A name of another site that was made to point here, as in DNS rebinding, is no name of ours. */
export function checkHost(request: IncomingMessage, door: Door): void {
  const { host } = request.headers;
  if (host !== undefined && door.hosts.has(host) && timesSent(request, "host") === 1) return;
  throw new Refused(403, {
    code: "wrong-host",
    where: "the header Host",
    found: "another name than this server's",
    expected: [...door.hosts].join(", "),
    hint: "open the address that stint printed",
  });
}

/** @param needed a browser that is known by its cookie always says where a page came from */
export function checkOrigin(request: IncomingMessage, door: Door, needed: boolean): void {
  const { origin } = request.headers;
  if (origin === undefined ? !needed : door.origins.has(origin) && timesSent(request, "origin") === 1) return;
  throw new Refused(403, {
    code: "wrong-origin",
    where: "the header Origin",
    found: origin === undefined ? "none" : "another site than this server's",
    expected: "this server's own page, or a program with a token",
    hint: "",
  });
}

function timesSent({ rawHeaders }: IncomingMessage, name: string): number {
  return rawHeaders.filter((word, place) => place % 2 === 0 && word.toLowerCase() === name).length;
}

export type LoopbackHost = "127.0.0.1" | "::1" | "localhost";

/** There is no TLS yet: what is said beyond this computer could be read, token and all. */
export function loopbackOnly(host: string): LoopbackHost {
  if (host === "127.0.0.1" || host === "::1" || host === "localhost") return host;
  throw new TroubleError({
    kind: "usage",
    code: "host-not-loopback",
    where: `the address ${host}`,
    found: "an address that other computers may reach",
    expected: "127.0.0.1, ::1 or localhost: this server speaks no TLS",
    hint: "from elsewhere: ssh -L PORT:127.0.0.1:PORT",
  });
}

/** As it stands in an address. */
export const hostInUrl = (host: LoopbackHost): string => (host === "::1" ? "[::1]" : host);
