/** What the schemas are called that stint prints; a word list of its own, as the command line needs it and no schema. */
export const SCHEMA_NAMES = [
  "summary",
  "simulate",
  "budget",
  "explain",
  "error",
  "attempts",
  "machines",
  "joblog",
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];
