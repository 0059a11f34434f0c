/** `stint schema`: the JSON Schema of what stint writes for machines, made from the schemas that it is held to. */
import { z } from "zod";
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import { printDocument, printLines } from "./known-run.js";
import * as documents from "./schemas/documents.js";
import { SCHEMA_NAMES, type SchemaName } from "./schemas/schema-names.js";
import { simulate } from "./schemas/simulate.js";
import * as tables from "./schemas/tables.js";

const SCHEMAS: Readonly<Record<SchemaName, z.ZodType>> = {
  summary: documents.summary,
  simulate,
  budget: documents.budget,
  explain: documents.explain,
  error: documents.error,
  attempts: tables.attempts,
  machines: tables.machines,
  joblog: tables.joblog,
};

export function schema(
  name: SchemaName | undefined,
  { json }: { readonly json?: true | undefined },
): ExitCode {
  if (name === undefined) {
    if (json === true) printDocument({ schema: 1, schemas: SCHEMA_NAMES });
    else printLines(SCHEMA_NAMES);
    return EXIT.done;
  }
  printDocument({ title: `stint ${name}`, ...z.toJSONSchema(SCHEMAS[name]) });
  return EXIT.done;
}
