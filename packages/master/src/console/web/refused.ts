/** Why is a call not carried out, in which status and words? What nobody expected says nothing of its inside. */
import type { z } from "zod";
import type { apiError } from "@stint/shared/api/runs.js";
import { TroubleError, type Trouble, type TroubleKind } from "@stint/shared/failures.js";

export type RefusedStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
export type ErrorDocument = z.infer<typeof apiError>;
type Words = Omit<Trouble, "kind">;

/** A refusal that this server has words for. */
export class Refused extends Error {
  readonly status: RefusedStatus;
  readonly words: Words;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: RefusedStatus, words: Words, headers: Readonly<Record<string, string>> = {}) {
    super(`${words.where}: found ${words.found}`);
    this.name = "Refused";
    this.status = status;
    this.words = words;
    this.headers = headers;
  }
}

/** Any failure as a refusal. */
export function refusalOf(cause: unknown): Refused {
  if (cause instanceof Refused) return cause;
  if (cause instanceof TroubleError) return new Refused(STATUS_OF[cause.trouble.kind], cause.trouble);
  return new Refused(500, {
    code: "internal",
    where: "the master",
    found: "a mistake of its own",
    expected: "an answer",
    hint: "its log says more",
  });
}

const STATUS_OF: Readonly<Record<TroubleKind, RefusedStatus>> = {
  usage: 409,
  "bad-input": 422,
  "choice-needed": 409,
  provider: 503,
  "state-unusable": 503,
};

export const errorDocument = ({ words }: Refused): ErrorDocument => ({
  schema: 1,
  error: {
    code: words.code,
    where: words.where,
    found: words.found,
    expected: words.expected,
    hint: words.hint,
  },
});

export const notFound = (where: string, expected: string): Refused =>
  new Refused(404, { code: "not-found", where, found: "nothing of this name", expected, hint: "" });
