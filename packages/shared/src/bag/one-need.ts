/**
 * Does every task of a bag need the same of a machine? How many slots a machine has is one number for the whole bag,
 * so tasks with other needs belong into another bag.
 */
import type { Misread } from "../misread.js";
import type { Task } from "./bag.js";

type Needs = Pick<Task, "cpus" | "memory">;

/** Compares the tasks of one bag with its first, in their order. */
export class OneNeed {
  #first: { readonly needs: Needs; readonly place: string } | undefined;

  /** @param place where the task stands, as `line 3` */
  unlikeFirst(needs: Needs, place: string): Misread | undefined {
    if (this.#first === undefined) {
      this.#first = { needs, place };
      return undefined;
    }
    const { needs: before, place: firstPlace } = this.#first;
    if (before.cpus !== needs.cpus) return unlike("cpus", before.cpus, needs.cpus, firstPlace);
    if (before.memory !== needs.memory) return unlike("memory", before.memory, needs.memory, firstPlace);
    return undefined;
  }
}

function unlike(
  key: keyof Needs,
  before: number | undefined,
  now: number | undefined,
  place: string,
): Misread {
  const said = (value: number | undefined): string =>
    value === undefined ? `no ${key}` : `${key} of ${String(value)}${key === "memory" ? " bytes" : ""}`;
  return {
    code: "mixed-needs",
    found: `${said(now)}, where ${place} has ${said(before)}`,
    expected: `the same ${key} for every task of a bag: it decides how many slots a machine has`,
    hint: `give all the same (or none, and --${key} for the whole bag), or make two bags of it`,
  };
}
