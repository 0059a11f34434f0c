/** A YAML file as it stands there, with the line of everything in it; what its keys mean is for others to say. */
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { isAlias, isScalar, LineCounter, parseDocument, type Document, type Node } from "yaml";

export interface YamlWords {
  /** What is expected, as `a clusters file`. */
  readonly what: string;
  readonly example: string;
  /** Compares every key of a map with every other: for small files. */
  readonly uniqueKeys: boolean;
}

export interface YamlSource {
  readonly document: Document;
  placeAt(node: unknown): Place;
  /** What an alias stands for; anything else as it is. */
  resolved(node: unknown): unknown;
  /** As JavaScript has it. */
  plain(node: unknown): unknown;
}

/** Names that belong to an alias are taken that often: enough for every honest file. */
const ALIASES_MOST = 1_000;

/** @param path names the file in trouble */
export function openYaml(text: string, path: string, words: YamlWords): YamlSource {
  const lines = new LineCounter();
  const placeIn = (offset: number): Place => ({
    kind: "bad-input",
    where: `${path}, line ${String(lines.linePos(offset).line)}`,
  });
  const document = documentOf(text, lines, words, placeIn);
  const placeAt = (node: unknown): Place => placeIn((node as Node | undefined)?.range?.[0] ?? 0);
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) {
    const line = lineOf(text, wrong.pos[0]);
    throw troubleAt(placeIn(wrong.pos[0]), { ...noYaml(wrong.message, words), ...inQuotes(line) });
  }
  return {
    document,
    placeAt,
    resolved: (node) => (isAlias(node) ? node.resolve(document) : node),
    plain(node) {
      if (node === null || node === undefined) return null;
      try {
        return (node as Node).toJS(document, { maxAliasCount: ALIASES_MOST }) as unknown;
      } catch (cause) {
        throw troubleAt(placeAt(node), noYaml(messageOf(cause), words));
      }
    },
  };
}

function documentOf(
  text: string,
  lineCounter: LineCounter,
  words: YamlWords,
  placeIn: (offset: number) => Place,
): Document {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: words.uniqueKeys });
  } catch (cause) {
    // Nested so deeply that the parser's stack ended.
    if (cause instanceof RangeError) throw troubleAt(placeIn(0), noYaml(cause.message, words));
    throw cause;
  }
}

const lineOf = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf("\n", offset - 1) + 1).split("\n", 1)[0] ?? "";

/** `command: {prog} --x {x}`: a text that begins with a brace, which YAML takes for the beginning of a map. */
function inQuotes(line: string): { readonly hint?: string } {
  const [, key, value] = /^\s*([\w-]+):\s+(\{[^\s{}:,]*\}\s*[^\s#].*)$/u.exec(line) ?? [];
  return key === undefined || value === undefined || value.includes('"')
    ? {}
    : { hint: `in quotes, as it begins with a brace: ${key}: "${value.trim()}"` };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What the parser says when its stack ended, whether it throws that or lists it among its errors. */
const STACK_ENDED = /call stack/u;

/** Some messages repeat what they complain of. */
const MESSAGE_MOST = 200;

const noYaml = (message: string, { what, example }: YamlWords): Misread => ({
  code: "bad-yaml",
  found: STACK_ENDED.test(message)
    ? "lists and objects that are nested too deeply"
    : `no YAML: ${quoted(message, MESSAGE_MOST).slice(1, -1)}`,
  expected: `${what} in YAML`,
  hint: example,
});

export const keyText = (key: unknown): string => (isScalar(key) ? String(key.value) : "");
