/** openapi.json: what the calls are, written from the operations and schemas that carry them out. */
import { z } from "zod";
import { apiError, runName } from "@stint/shared/api/runs.js";
import { taskNumber } from "@stint/shared/api/words.js";
import { VERSION } from "@stint/shared/version.js";
import type { Operation } from "./operation.js";
import type { RefusedStatus } from "./refused.js";

type Json = Readonly<Record<string, unknown>>;

const NAME = "openApi";

/** @param told those that are documented beside it */
export function openApiOperation(told: readonly Operation[]): Operation {
  const itself: Operation = {
    ...{ name: NAME, method: "GET", path: "/api/v1/openapi.json", who: "anyone", status: 200, refused: [] },
    about: "This document.",
    ...{ query: undefined, body: undefined },
    document: { name: NAME, schema: z.looseObject({ openapi: z.string() }) },
    carryOut: () => Promise.resolve({ document: (made ??= openApi([...told, itself])) }),
  };
  let made: Json | undefined;
  return itself;
}

export function openApi(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations)
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = written(operation);
  return {
    openapi: "3.1.0",
    info: {
      title: "stint",
      version: VERSION,
      description:
        "The master's HTTP interface, for this computer alone. Writes need an operator's token, JSON, and the header x-stint: 1.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths,
    components: { schemas: schemasOf(operations), securitySchemes: SECURITY },
  };
}

const SECURITY: Json = {
  token: { type: "http", scheme: "bearer", description: "the token of a viewer or of an operator" },
};

function written(operation: Operation): Json {
  const { name, about, who, status, body } = operation;
  return {
    operationId: name,
    summary: about,
    security: who === "anyone" ? [] : [{ token: [] }],
    ...(who === "operator" ? { description: "An operator's token is needed." } : {}),
    parameters: [...inPath(operation), ...inQuery(operation), ...inHeader(operation)],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: bodySchema(body.schema) } },
          },
        }),
    responses: { [String(status)]: answered(operation), ...refusals(operation) },
  };
}

const IN_PATH: Readonly<Record<string, z.ZodType>> = { run: runName, task: taskNumber.max(9_999_999_999) };

function inPath({ path }: Operation): Json[] {
  return [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = ""]) => ({
    ...{ name, in: "path", required: true },
    schema: schemaOf(IN_PATH[name] ?? z.string()),
  }));
}

function inQuery({ query }: Operation): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query) as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: "query", required: required.includes(name), schema },
    ...(description === undefined ? {} : { description }),
  }));
}

const inHeader = ({ method }: Operation): Json[] =>
  method === "GET"
    ? []
    : [{ name: "x-stint", in: "header", required: true, schema: { type: "string", const: "1" } }];

function answered({ document }: Operation): Json {
  if (document !== undefined) return { description: "done", content: jsonOf(document.name) };
  const header = (description: string, type: string): Json => ({
    description,
    schema: { type },
    required: true,
  });
  return {
    description: "bytes as they were printed, to be kept as a file",
    content: { "text/plain": { schema: { type: "string" } } },
    headers: {
      "x-stint-size": header("bytes that there are so far", "integer"),
      "x-stint-open": header("whether more may follow", "boolean"),
    },
  };
}

/** What a call of its kind may be refused with, whatever it does. */
function refusals({ who, method, query, refused }: Operation): Json {
  const writes: RefusedStatus[] = method === "POST" ? [400, 413, 415, 422] : [];
  const guarded: RefusedStatus[] = who === "anyone" ? [] : [401, 429];
  const all = new Set<RefusedStatus>([400, 403, 500, ...writes, ...guarded, ...refused]);
  if (query !== undefined) all.add(400);
  return Object.fromEntries(
    [...all]
      .sort((a, b) => a - b)
      .map((status) => [String(status), { description: MEANS[status], content: jsonOf("error") }]),
  );
}

const MEANS: Readonly<Record<RefusedStatus, string>> = {
  400: "not understood",
  401: "no token, or a wrong one",
  403: "not for this caller, or not from this page",
  404: "there is no such thing",
  405: "asked with another method",
  409: "not as things stand",
  413: "too long",
  415: "not JSON",
  422: "JSON, but not what is expected",
  429: "too many wrong tokens",
  500: "a mistake of the master's",
  503: "not at the moment",
};

const jsonOf = (name: string): Json => ({
  "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});

function schemasOf(operations: readonly Operation[]): Json {
  const schemas: Record<string, Json> = { error: schemaOf(apiError) };
  for (const { document } of operations)
    if (document !== undefined) schemas[document.name] = schemaOf(document.schema);
  return schemas;
}

const bodySchema = (schema: z.ZodType): Json => schemaOf(schema);

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-2020-12" }) as Record<
    string,
    unknown
  >;
  return rest;
}
