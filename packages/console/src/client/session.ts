/** Who looks: the token in an address is exchanged for a cookie at once, and taken out of the address. */
import type { Role } from "@stint/shared/api/runs.js";
import { call } from "./call.js";
import { CallTrouble } from "./trouble.js";

export type Session =
  { readonly kind: "in"; readonly role: Role } | { readonly kind: "out"; readonly why?: string };

/** `#token=…`, perhaps with a page behind it: `#token=…/runs/NAME`. */
const TOKEN = /^#token=([\w-]{1,200})(\/.*)?$/u;

export async function beginSession(): Promise<Session> {
  const [, token, page = "/"] = TOKEN.exec(location.hash) ?? [];
  if (token === undefined) return session(() => call.session());
  history.replaceState(null, "", `#${page}`);
  return session(() => call.signIn(token));
}

/** An address with a token that is opened in a page that is there already changes its fragment alone. */
export const hasToken = (): boolean => TOKEN.test(location.hash);

export const signIn = (token: string): Promise<Session> => session(() => call.signIn(token.trim()));

async function session(ask: () => Promise<{ readonly role: Role }>): Promise<Session> {
  try {
    return { kind: "in", role: (await ask()).role };
  } catch (reason) {
    if (reason instanceof CallTrouble && (reason.status === 401 || reason.status === 403))
      return { kind: "out" };
    return { kind: "out", why: reason instanceof Error ? reason.message : String(reason) };
  }
}
