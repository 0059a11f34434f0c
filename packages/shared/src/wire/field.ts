/** Is a field of a message what it must be? Whatever comes over the wire is looked at here before it is believed. */
import type { AttemptNumber, AttemptRef, TaskIndex } from "../ids.js";

/** A message that cannot be what its sender meant: another version, or somebody else. */
export class UnreadableMessage extends Error {
  constructor(field: string, found: unknown, expected: string) {
    super(`${field} is ${String(found).slice(0, FOUND_LENGTH_MOST)}, expected ${expected}`);
    this.name = "UnreadableMessage";
  }
}

/** What a stranger sent is quoted no longer than this. */
const FOUND_LENGTH_MOST = 80;

/** A count or a number of microseconds that fits a number exactly. Past 2^53 it was rounded to one that does not. */
export function count(field: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new UnreadableMessage(field, value, "a whole number below 2^53");
}

export function positive(field: string, value: number): number {
  if (count(field, value) > 0) return value;
  throw new UnreadableMessage(field, value, "a whole number from 1");
}

export function atMost(field: string, value: number, most: number): number {
  if (count(field, value) <= most) return value;
  throw new UnreadableMessage(field, value, `at most ${String(most)}`);
}

export function filled(field: string, text: string): string {
  if (text !== "") return text;
  throw new UnreadableMessage(field, "empty", "a text");
}

export function oneOf<T extends string>(field: string, text: string, words: readonly T[]): T {
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw new UnreadableMessage(field, text, words.join(", "));
}

export function given<T>(field: string, value: T | null | undefined): T {
  if (value !== null && value !== undefined) return value;
  throw new UnreadableMessage(field, "missing", "to be there");
}

interface WireRef {
  readonly task: number;
  readonly attempt: number;
}

export function attemptRef(field: string, wire: WireRef | null): AttemptRef {
  const { task, attempt } = given(field, wire);
  return { task: count(field, task) as TaskIndex, attempt: positive(field, attempt) as AttemptNumber };
}
