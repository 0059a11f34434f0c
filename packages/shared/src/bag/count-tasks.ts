/** Is a bag neither empty nor larger than what is borne? Whoever makes tasks hands them on through here. */
import { troubleAt, type Misread } from "../misread.js";
import type { Task } from "./bag.js";

export const TASKS_MOST = 10_000_000;

/** What a bag without a task lacks. */
export type WhereTasksComeFrom = Pick<Misread, "expected" | "hint">;

/** @param name names the bag in trouble */
export async function* countTasks(
  name: string,
  tasks: AsyncIterable<Task>,
  from: WhereTasksComeFrom,
): AsyncGenerator<Task> {
  const refuse = (words: Misread): Error => troubleAt({ kind: "bad-input", where: name }, words);
  let size = 0;
  for await (const task of tasks) {
    size += 1;
    if (size > TASKS_MOST) throw refuse(TOO_MANY);
    yield task;
  }
  if (size === 0) throw refuse({ code: "empty-bag", found: "no task", ...from });
}

const TOO_MANY: Misread = {
  code: "bag-too-large",
  found: `more than ${String(TASKS_MOST)} tasks`,
  expected: `at most ${String(TASKS_MOST)}`,
  hint: "let one task do the work of many, or split the bag",
};
