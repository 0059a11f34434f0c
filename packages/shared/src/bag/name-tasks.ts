/**
 * What is a task called that has no id of its own? By its command, so that an edited bag names what is old as
 * before: 12 hex digits of SHA-256(command), and for its second occurrence `-2`.
 */
import { hash } from "node:crypto";
import type { TaskId } from "../ids.js";
import { HashTable } from "./hash-table.js";

const DIGITS = 12;

/** Names the commands of one bag, in their order. */
export class TaskNames {
  readonly #occurrences = new HashTable();

  /** Commands whose digits are the same count as one: an id is never given twice. */
  nameOf(command: string): TaskId {
    const digits = hash("sha256", command, "hex").slice(0, DIGITS);
    const key = {
      first: Number.parseInt(digits.slice(0, 8), 16),
      second: Number.parseInt(digits.slice(8), 16),
      third: 0,
    };
    const occurrence = this.#occurrences.get(key) + 1;
    this.#occurrences.set(key, occurrence);
    return (occurrence === 1 ? digits : `${digits}-${String(occurrence)}`) as TaskId;
  }
}
