/** A bag as text: one shell command a line; blank lines, and lines that begin with `#`, are skipped. */
import { troubleAt } from "../misread.js";
import { unfitArgument } from "./argument.js";
import type { Task } from "./bag.js";
import { TaskNames } from "./name-tasks.js";
import { lineOf, linesOf, readBlocks } from "./read-lines.js";

const SKIPPED = /^\s*(?:#|$)/u;

export async function* parseTextBag(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Task> {
  const names = new TaskNames();
  for await (const block of readBlocks(name, bytes)) {
    for (const { text, number } of linesOf(block)) {
      if (SKIPPED.test(text)) continue;
      const unfit = unfitArgument(text, "a command");
      if (unfit !== undefined) throw troubleAt(lineOf(name, number), unfit);
      yield { id: names.nameOf(text), command: { kind: "shell", line: text } };
    }
  }
}
