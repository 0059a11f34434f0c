/** A verb's short answer, in lines that the terminal need not break; a command in it is never cut. */
import { commandLines } from "../console/terminal/command-lines.js";
import { cellsFor, foldWords } from "../console/terminal/printable.js";
import { printLines } from "./known-run.js";

/** Of a terminal that does not say it, and of a pipe. */
const COLUMNS = 80;
export const columnsNow = (): number => (process.stdout.isTTY ? process.stdout.columns : COLUMNS);

export const sayWords = (words: string): void => printLines(foldWords(words, cellsFor(columnsNow())));

/** With the command by which it goes on: beside its label, or where that is too long below it. */
export function sayAndHowOn(
  words: string,
  { label, command }: { readonly label: string; readonly command: string },
): void {
  sayWords(words);
  printLines(commandLines({ label, commands: [command], joint: ";" }, columnsNow()));
}
