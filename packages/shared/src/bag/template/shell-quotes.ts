/**
 * Which places of a shell's line lie within quotes? A word that is quoted for the shell is no word there. Here
 * documents are not known; what they hold counts as bare.
 */
import type { Braces, InputPart } from "./braces.js";

type Inside = "bare" | "single" | "double" | "substitution" | "backticks";

/** Those of the braces in a shell's line that lie within its quotes. */
export function bracesInQuotes(line: string, braces: Braces): InputPart[] {
  const inputs = braces.filter((part): part is InputPart => part.kind === "input");
  const places = inputs.map(({ at }) => at);
  const quoted = placesInQuotes(line, places);
  return inputs.filter(({ at }) => quoted.has(at));
}

/** @param places in the line, in their order */
export function placesInQuotes(line: string, places: readonly number[]): ReadonlySet<number> {
  const quoted = new Set<number>();
  const inside: Inside[] = ["bare"];
  let next = 0;
  for (let at = 0; at < line.length && next < places.length; at += 1) {
    if (places[next] === at) {
      if (inside.at(-1) === "single" || inside.at(-1) === "double") quoted.add(at);
      next += 1;
    }
    at = step(line, at, inside);
  }
  return quoted;
}

/** Takes a character in, and says which was the last that belongs to it. */
function step(line: string, at: number, inside: Inside[]): number {
  const now = inside.at(-1) ?? "bare";
  const character = line[at];
  if (now === "single") {
    if (character === "'") inside.pop();
    return at;
  }
  // A brace behind a backslash is looked at all the same.
  if (character === "\\") return line[at + 1] === "{" ? at : at + 1;
  if (character === '"') return turned(inside, "double", at);
  if (character === "`") return turned(inside, "backticks", at);
  if (character === "$" && line[at + 1] === "(") {
    inside.push("substitution");
    return at + 1;
  }
  return now === "double" ? at : stepBare(line, at, inside);
}

function stepBare(line: string, at: number, inside: Inside[]): number {
  switch (line[at]) {
    case "'":
      inside.push("single");
      return at;
    case "(":
      inside.push("substitution");
      return at;
    case ")":
      if (inside.at(-1) === "substitution") inside.pop();
      return at;
    default:
      return at;
  }
}

/** Begins it, or ends it where it has begun. */
function turned(inside: Inside[], what: Inside, at: number): number {
  if (inside.at(-1) === what) inside.pop();
  else inside.push(what);
  return at;
}
