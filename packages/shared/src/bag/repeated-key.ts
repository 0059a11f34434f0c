/**
 * Does an object of a line of JSON have a key twice? A parser keeps the last and says nothing. Every text between quotes
 * stands once in what was parsed, as a key or as a value; where there are more of them in the line, a key was repeated.
 */
const QUOTE = '"';
const BACKSLASH = 0x5c;

/**
 * The key that stands twice, if any. One pass over the line, and one over the value.
 * @param line is JSON
 * @param value what a parser made of it
 */
export function repeatedKey(line: string, value: unknown): string | undefined {
  let texts = 0;
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, endOf(line, at) + 1)) texts += 1;
  return texts === textsIn(value) ? undefined : findRepeated(line);
}

/** Where the text ends that begins here. */
function endOf(line: string, begin: number): number {
  let at = line.indexOf(QUOTE, begin + 1);
  while (isEscaped(line, at)) at = line.indexOf(QUOTE, at + 1);
  return at;
}

function isEscaped(line: string, at: number): boolean {
  let before = at - 1;
  while (line.charCodeAt(before) === BACKSLASH) before -= 1;
  return (at - before) % 2 === 0;
}

/** Of a value whose depth is known to be small. */
function textsIn(value: unknown): number {
  if (typeof value === "string") return 1;
  if (typeof value !== "object" || value === null) return 0;
  let texts = 0;
  if (Array.isArray(value)) for (const one of value) texts += textsIn(one);
  else
    for (const key in value) {
      texts += 1 + textsIn((value as Readonly<Record<string, unknown>>)[key]);
    }
  return texts;
}

/** Slow, and only for a line in which there is one. */
function findRepeated(line: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === QUOTE) {
      const end = endOf(line, at);
      if (/^\s*:/u.test(line.slice(end + 1))) {
        const key = JSON.parse(line.slice(at, end + 1)) as string;
        if (open.at(-1)?.has(key) === true) return key;
        open.at(-1)?.add(key);
      }
      at = end;
    }
  }
  return undefined;
}
