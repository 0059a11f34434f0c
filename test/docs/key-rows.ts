/** What does a schema say of its keys? Each is given something that it refuses, so that it says what it expects. */
import { invariant } from "@stint/shared/invariant.js";
import { firstComplaint } from "@stint/shared/schema-trouble.js";
import * as z from "zod";

export interface KeyRow {
  readonly key: string;
  readonly expects: string;
  /** As a person would write it; empty where the key has none. */
  readonly otherwise: string;
}

export function keyRows(schema: z.ZodObject): KeyRow[] {
  return Object.entries<z.core.$ZodType>(schema.shape).map(([key, value]) => {
    const refused = z.object({ [key]: value }).safeParse({ [key]: null });
    invariant(!refused.success, "no key of a schema takes nothing for a value", { key });
    const { expected } = firstComplaint(refused.error, { [key]: null }, []).misread;
    return { key, expects: expected, otherwise: defaultOf(value) };
  });
}

/** In both of zod's forms: before the value is read, and after. */
function defaultOf(schema: z.core.$ZodType): string {
  const { def } = schema._zod;
  return def.type === "default" || def.type === "prefault"
    ? String((def as z.core.$ZodDefaultDef).defaultValue)
    : "";
}

/** A table in Markdown. A bar within a cell is escaped. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
