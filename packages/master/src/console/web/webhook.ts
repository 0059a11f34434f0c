/**
 * Tells another program that a bag has ended: its receipt, as JSON, to an address that the user gave. Tried a few times,
 * within a limit, and never a reason for a run to wait or to fail. What tasks printed is left out, as it may hold secrets.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { SummaryDocument } from "@stint/shared/api/summary.js";
import { TroubleError } from "@stint/shared/failures.js";
import { quoted } from "@stint/shared/misread.js";
import type { Log } from "./log.js";

export const TRIES_MOST = 5;
const TRY_MS = 10_000;
/** Between the first two tries; twice as long each time. */
const FIRST_PAUSE_MS = 500;
/** Of all tries together. */
export const WEBHOOK_MS_MOST = 45_000;

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** HTTPS, or HTTP to this computer; a name and password in an address would end up in logs. */
export function webhookUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const safe = url?.protocol === "https:" || (url?.protocol === "http:" && LOOPBACK.has(url.hostname));
  if (url !== undefined && safe && url.username === "" && url.password === "") return url;
  throw new TroubleError({
    kind: "usage",
    code: "bad-webhook",
    where,
    found: url?.username || url?.password ? "an address with a name or a password in it" : quoted(text),
    expected: "an address that begins with https://, or http:// on this computer",
    hint: `for example ${where} https://example.org/stint`,
  });
}

export interface Webhook {
  readonly url: URL;
  readonly log: Log;
  /** For tests, which do not wait. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Never throws. */
export async function tellEnded(summary: SummaryDocument, hook: Webhook): Promise<"told" | "given-up"> {
  const { url, log, wait = waitUnheld } = hook;
  const delivery = randomUUID();
  const body = JSON.stringify({ schema: 1, event: "run-ended", summary: withoutOutput(summary) });
  const limit = AbortSignal.timeout(WEBHOOK_MS_MOST);
  // Of the address only the host is logged: a path or a query may be the secret of whoever listens.
  const fields = { run: summary.run, host: url.host, delivery };
  for (let at = 0; at < TRIES_MOST; at += 1) {
    const outcome = await tryOnce({ url, body, delivery, limit });
    if (outcome === "told") {
      log.info(fields, "the end of a run was told");
      return "told";
    }
    log.warn({ ...fields, try: at + 1, found: outcome.found }, "the end of a run could not be told");
    if (!outcome.again || limit.aborted) return "given-up";
    if (at + 1 < TRIES_MOST) await wait(FIRST_PAUSE_MS * 2 ** at, limit).catch(() => undefined);
  }
  return "given-up";
}

const waitUnheld = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

interface Delivery {
  readonly url: URL;
  readonly body: string;
  /** The same with every try, so that whoever hears it twice can tell. */
  readonly delivery: string;
  readonly limit: AbortSignal;
}

type Outcome = "told" | { readonly again: boolean; readonly found: string };

async function tryOnce({ url, body, delivery, limit }: Delivery): Promise<Outcome> {
  try {
    const answered = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "stint", "x-stint-delivery": delivery },
      body,
      // To another address nothing is sent that nobody chose.
      redirect: "manual",
      signal: AbortSignal.any([limit, AbortSignal.timeout(TRY_MS)]),
    });
    await answered.body?.cancel();
    if (answered.ok) return "told";
    const { status } = answered;
    return { again: status >= 500 || status === 408 || status === 429, found: `status ${String(status)}` };
  } catch (cause) {
    return { again: true, found: reasonOf(cause) };
  }
}

function reasonOf(cause: unknown): string {
  const { message, cause: inner } = cause as Error;
  const { code } = (inner ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : message;
}

const withoutOutput = (summary: SummaryDocument): SummaryDocument => ({
  ...summary,
  failures: summary.failures?.map((failure) => ({ ...failure, last_line: null })) ?? null,
});
