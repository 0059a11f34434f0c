/** `stint schema`: the JSON Schema of what stint writes for machines, made from the schemas that it is held to. */
import { z } from "zod";
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { quoted } from "@stint/shared/misread.js";
import { printDocument, printLines } from "./known-run.js";
import * as documents from "./schemas/documents.js";
import { simulate } from "./schemas/simulate.js";
import * as tables from "./schemas/tables.js";

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  summary: documents.summary,
  simulate,
  budget: documents.budget,
  explain: documents.explain,
  error: documents.error,
  attempts: tables.attempts,
  machines: tables.machines,
  joblog: tables.joblog,
};

export function schema(name: string | undefined, { json }: { readonly json?: true | undefined }): ExitCode {
  const names = Object.keys(SCHEMAS);
  if (name === undefined) {
    if (json === true) printDocument({ schema: 1, schemas: names });
    else printLines(names);
    return EXIT.done;
  }
  const found = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined;
  if (found === undefined) throw noSuchSchema(name, names);
  printDocument({ title: `stint ${name}`, ...z.toJSONSchema(found) });
  return EXIT.done;
}

const noSuchSchema = (name: string, names: readonly string[]): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: "no-such-schema",
    where: "stint schema",
    found: quoted(name),
    expected: names.join(", "),
    hint: "",
  });
