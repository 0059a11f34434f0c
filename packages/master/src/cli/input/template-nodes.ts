/** What stands at a key of a template: texts as they were written (`007`, `0.10`), lists of them, and texts by name. */
import { named, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { isMap, isScalar, isSeq, type Scalar } from "yaml";
import { keyText, type YamlSource } from "./yaml-source.js";

/** The values of a map by their keys, in their order; a key that stands twice is trouble. */
export function entriesOf(source: YamlSource, node: unknown, what: KeyWords): Map<string, Entry> {
  const map = source.resolved(node);
  if (!isMap(map)) throw troubleAt(what.place, wrongKind(source, map, what));
  const entries = new Map<string, Entry>();
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? writtenText(key) : undefined;
    const place = source.placeAt(key);
    if (name === undefined) throw troubleAt(place, noName(what));
    if (entries.has(name)) throw troubleAt(place, twice(name));
    entries.set(name, { node: value, place });
  }
  return entries;
}

export interface Entry {
  readonly node: unknown;
  readonly place: Place;
}

export interface KeyWords {
  readonly key: string;
  readonly place: Place;
  readonly expected: string;
  readonly example: string;
}

export function textAt(source: YamlSource, node: unknown, what: KeyWords): string {
  const scalar = source.resolved(node);
  const text = isScalar(scalar) ? writtenText(scalar) : undefined;
  if (text === undefined) throw troubleAt(what.place, wrongKind(source, scalar, what));
  return text;
}

export function textsAt(source: YamlSource, node: unknown, what: KeyWords): string[] {
  const list = source.resolved(node);
  if (!isSeq(list)) throw troubleAt(what.place, wrongKind(source, list, what));
  return list.items.map((item) => textAt(source, item, { ...what, place: source.placeAt(item) }));
}

/** A number keeps its form: it is put in where a person would have typed it. Nothing (`~`) is no text. */
function writtenText(scalar: Scalar): string | undefined {
  if (typeof scalar.value === "string") return scalar.value;
  if (scalar.value === null || scalar.value === undefined) return undefined;
  return scalar.source ?? keyText(scalar);
}

const wrongKind = (source: YamlSource, node: unknown, { key, expected, example }: KeyWords): Misread => ({
  code: "bad-value",
  found: `${key === "" ? "" : `${key}: `}${kindOf(source, node)}`,
  expected,
  hint: example,
});

function kindOf(source: YamlSource, node: unknown): string {
  if (isMap(node)) return "keys and values";
  if (isSeq(node)) return "a list";
  return named(source.plain(node));
}

const noName = ({ key, example }: KeyWords): Misread => ({
  code: "bad-name",
  found: `a key of ${key === "" ? "the template" : key} that is no text`,
  expected: "a name",
  hint: example,
});

const twice = (name: string): Misread => ({
  code: "duplicate-name",
  found: `${named(name)} a second time`,
  expected: "each name once",
  hint: "take one of the two away",
});
