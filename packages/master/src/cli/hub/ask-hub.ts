/** Speaks to the long-lived master of a home over its HTTP interface, as the operator whose token lies there. */
import { z } from "zod";
import { apiError, runs, submitted, type RunList, type Submission } from "@stint/shared/api/runs.js";
import { TroubleError } from "@stint/shared/failures.js";
import { readToken, tokenFile } from "../../console/web/tokens.js";
import type { Home } from "./home.js";
import { masterAt } from "./lock-home.js";

/** The reading of a large bag is waited for. */
const ANSWER_MS = 60_000;

export interface AskedHub {
  list(): Promise<RunList>;
  submit(submission: Submission): Promise<string>;
  /** @param body of a call that changes something */
  act(
    run: string,
    what: "choose" | "cancel" | "pause" | "resume" | "budget" | "retry",
    body: object,
  ): Promise<void>;
}

/** Undefined where no master is at work. */
export function askHub(home: Home): AskedHub | undefined {
  const at = masterAt(home);
  if (at === undefined) return undefined;
  const call = <T>(path: string, schema: z.ZodType<T>, body?: object): Promise<T> =>
    callMaster({ home, url: new URL(`/api/v1${path}`, at.url) }, schema, body);
  return {
    list: () => call("/runs", runs),
    submit: async (submission) => (await call("/runs", submitted, submission)).run,
    act: async (run, what, body) => {
      await call(`/runs/${encodeURIComponent(run)}/${what}`, z.unknown(), body);
    },
  };
}

/** The same, where one is needed. */
export function hubAt(home: Home): AskedHub {
  const hub = askHub(home);
  if (hub !== undefined) return hub;
  throw new TroubleError({
    kind: "usage",
    code: "no-master",
    where: home.path,
    found: "no master at work in this home",
    expected: "one that takes bags",
    hint: "begin one with: stint master --detach",
  });
}

async function callMaster<T>(
  { home, url }: { readonly home: Home; readonly url: URL },
  schema: z.ZodType<T>,
  body: object | undefined,
): Promise<T> {
  let answered: Response;
  try {
    answered = await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${readToken(tokenFile(home.path, "operator"))}`,
        ...(body !== undefined && { "content-type": "application/json", "x-stint": "1" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch (cause) {
    if (cause instanceof TroubleError) throw cause;
    throw silent(home, (cause as Error).message);
  }
  const document: unknown = await answered.json().catch(() => undefined);
  if (answered.ok) return schema.parse(document);
  const refused = apiError.safeParse(document);
  if (!refused.success) throw silent(home, `status ${String(answered.status)}`);
  throw new TroubleError({ kind: KIND_OF[answered.status] ?? "usage", ...refused.data.error });
}

const KIND_OF: Readonly<Record<number, "bad-input" | "state-unusable">> = {
  400: "bad-input",
  413: "bad-input",
  422: "bad-input",
  500: "state-unusable",
  503: "state-unusable",
};

const silent = (home: Home, found: string): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "master-silent",
    where: home.path,
    found: `a master that cannot be spoken to (${found})`,
    expected: "an answer",
    hint: `is it stopped (kill -CONT)? its log: ${home.log}`,
  });
