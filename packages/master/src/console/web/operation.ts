/**
 * One call of the HTTP interface: its address, who may make it, what it is given and answers. The server carries it out
 * from this, and openapi.json is written from the same.
 */
import type { z } from "zod";
import type { Guest } from "./doorkeeper.js";
import type { RefusedStatus } from "./refused.js";
import type { Role } from "./tokens.js";

/** A body of a few words. */
export const BODY_BYTES_MOST = 16 * 1024;

/** What came with a call, read by the schemas of its operation. */
export interface Call<Query = unknown, Body = unknown> {
  /** By the names in braces of the operation's path. */
  readonly named: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** Absent where anyone may call, and nobody known did. */
  readonly guest: Guest | undefined;
}

export type Headers = Readonly<Record<string, string>>;
export type Answer =
  | { readonly document: object; readonly headers?: Headers }
  | { readonly bytes: Uint8Array; readonly headers: Headers };

export interface Operation {
  /** Its operationId, and in the log. */
  readonly name: string;
  readonly method: "GET" | "POST";
  /** As `/api/v1/runs/{run}`; `run` is a run's name and `task` a task's number. */
  readonly path: string;
  readonly about: string;
  readonly who: Role | "anyone";
  readonly query: z.ZodObject | undefined;
  readonly body: { readonly schema: z.ZodObject; readonly bytesMost: number } | undefined;
  readonly status: 200 | 201;
  /** Absent: text, as a task printed it. */
  readonly document: { readonly name: string; readonly schema: z.ZodType } | undefined;
  /** Beyond those that every call of its kind may be refused with. */
  readonly refused: readonly RefusedStatus[];
  carryOut(call: Call): Promise<Answer>;
}

interface Told<S extends z.ZodType> {
  readonly name: string;
  readonly path: string;
  readonly about: string;
  readonly who: Role | "anyone";
  readonly document: { readonly name: string; readonly schema: S };
  readonly refused?: readonly RefusedStatus[];
}

/** A call that looks, and changes nothing. */
export function reading<S extends z.ZodType, Q extends z.ZodObject>(
  told: Told<S> & { readonly query?: Q; readonly carryOut: (call: Call<z.output<Q>>) => Promise<z.input<S>> },
): Operation {
  const { query, refused = [], carryOut, ...rest } = told;
  return {
    ...rest,
    ...{ method: "GET", status: 200, query, body: undefined, refused },
    carryOut: async (call) => ({ document: (await carryOut(call as Call<z.output<Q>>)) as object }),
  };
}

/** A call that changes something. */
export function writing<S extends z.ZodType, B extends z.ZodObject>(
  told: Told<S> & {
    readonly body: B;
    readonly bytesMost?: number;
    readonly status?: 200 | 201;
    readonly carryOut: (
      call: Call<unknown, z.output<B>>,
    ) => Promise<{ readonly document: z.input<S>; readonly headers?: Headers }>;
  },
): Operation {
  const { body, bytesMost = BODY_BYTES_MOST, status = 200, refused = [], carryOut, ...rest } = told;
  return {
    ...rest,
    ...{ method: "POST", status, query: undefined, body: { schema: body, bytesMost }, refused },
    carryOut: async (call) => {
      const { document, headers } = await carryOut(call as Call<unknown, z.output<B>>);
      return { document: document as object, ...(headers === undefined ? {} : { headers }) };
    },
  };
}
