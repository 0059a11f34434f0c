/** Which operation does an address mean, and what does it name? Names are decoded once, and hold no slash. */
import type { Operation } from "./operation.js";
import { notFound, Refused } from "./refused.js";

export interface Found {
  readonly operation: Operation;
  readonly named: Readonly<Record<string, string>>;
}

export type FindOperation = (method: string, path: string) => Found;

/** What is found is refused where there is no such address, or it is not asked so. */
export function operationFinder(operations: readonly Operation[]): FindOperation {
  const known = operations.map((operation) => ({ operation, words: operation.path.split("/") }));
  return (method, path) => {
    const asked = path.split("/");
    const fitting = known.flatMap(({ operation, words }) => {
      const named = namedIn(words, asked);
      return named === undefined ? [] : [{ operation, named }];
    });
    const found = fitting.find(({ operation }) => operation.method === method);
    if (found !== undefined) return found;
    if (fitting.length === 0) throw notFound("the address", "one that /api/v1/openapi.json tells");
    throw methodNotAllowed(fitting.map(({ operation }) => operation.method));
  };
}

function namedIn(words: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  if (words.length !== asked.length) return undefined;
  const named: Record<string, string> = {};
  for (const [place, word] of words.entries()) {
    const shown = asked[place] ?? "";
    const name = /^\{(?<name>\w+)\}$/u.exec(word)?.groups?.["name"];
    if (name === undefined ? word !== shown : shown === "") return undefined;
    if (name !== undefined) named[name] = decoded(shown);
  }
  return named;
}

/** What is no sound encoding is no name either. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

export const methodNotAllowed = (allowed: readonly string[]): Refused =>
  new Refused(
    405,
    {
      code: "method-not-allowed",
      where: "the address",
      found: "another method",
      expected: allowed.join(", "),
      hint: "",
    },
    { allow: allowed.join(", ") },
  );
