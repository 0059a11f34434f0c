/** Does the page about the HTTP interface tell the calls that there are, each with who may make it? */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { served } from "../console/served.js";

const PAGE = join(import.meta.dirname, "../../docs/http.md");

interface Operation {
  readonly security: readonly object[];
  readonly description?: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

function callerOf({ security, description = "" }: Operation): string {
  if (security.length === 0) return "anyone";
  return description.includes("operator") ? "operator" : "viewer";
}

test("docs/http.md has a row for each call, with who may make it and the words of its address", async () => {
  const { ask } = await served();
  const { paths } = (await ask({ path: "/api/v1/openapi.json" })).json() as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  };
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const rows = readFileSync(PAGE, "utf8")
    .split("\n")
    .filter((line) => /^\| (?:GET|POST) /u.test(line));
  const beginnings = rows.map((row) => row.split(" | ").slice(0, 3).join(" | "));
  expect([...beginnings].sort()).toEqual(
    calls.map(({ path, method, operation }) => `| ${method} | \`${path}\` | ${callerOf(operation)}`).sort(),
  );
  for (const { path, method, operation } of calls) {
    const row = rows.find((line) => line.startsWith(`| ${method} | \`${path}\``)) ?? "";
    for (const { name } of operation.parameters.filter((parameter) => parameter.in === "query"))
      expect(row, `${path} names ${name}`).toMatch(new RegExp(`\`${name}(?:=|\`)`, "u"));
  }
});
