/** What is each task of one bag called? Ids that were given are kept and must differ; the others are made from the command. */
import type { TaskId } from "../ids.js";
import { named, type Misread } from "../misread.js";
import type { TaskCommand } from "./bag.js";
import { hashKey, HashTable } from "./hash-table.js";
import { TaskNames } from "./name-tasks.js";

export type Refuse = (words: Misread) => Error;

export interface ToName {
  readonly id: string | undefined;
  readonly command: TaskCommand;
  /** Of its line or task, from 1. */
  readonly number: number;
  readonly refuse: Refuse;
}

export class IdsOfBag {
  /** Who has each id. */
  readonly #numbers = new HashTable();
  readonly #names = new TaskNames();
  readonly #counted: "line" | "task";

  /** @param counted what the numbers count */
  constructor(counted: "line" | "task") {
    this.#counted = counted;
  }

  idFor({ id: given, command, number, refuse }: ToName): TaskId {
    if (given === undefined) return this.#madeUp(command, number);
    const key = hashKey(given);
    const before = this.#numbers.get(key);
    if (before !== 0) throw refuse(sameId(given, `${this.#counted} ${String(before)}`));
    this.#numbers.set(key, number);
    return given as TaskId;
  }

  #madeUp(command: TaskCommand, number: number): TaskId {
    const text = command.kind === "shell" ? command.line : JSON.stringify(command.argv);
    for (;;) {
      const id = this.#names.nameOf(text);
      const key = hashKey(id);
      // A task before may have chosen this very id; then the next occurrence's is free.
      if (this.#numbers.get(key) !== 0) continue;
      this.#numbers.set(key, number);
      return id;
    }
  }
}

const sameId = (id: string, holder: string): Misread => ({
  code: "duplicate-id",
  found: `the id ${named(id)}, which ${holder} has already`,
  expected: "an id of its own for each task",
  hint: "change one of the two, or leave ids out: then they are made from the commands",
});
