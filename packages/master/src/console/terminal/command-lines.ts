/**
 * Commands that follow each other, for a person to paste. Where they do not fit side by side each has a line of its own:
 * a terminal would break them within a word, and a command that is cut is none.
 */
import { cellsFor, widthOf } from "./printable.js";

export interface CommandChain {
  /** What stands before the first one. */
  readonly label: string;
  readonly commands: readonly string[];
  /** As a shell takes it also at the end of a line. */
  readonly joint: " &&" | ";";
}

export function commandLines({ label, commands, joint }: CommandChain, columns: number): string[] {
  const whole = `${label}${commands.join(`${joint} `)}`;
  if (widthOf(whole) <= cellsFor(columns)) return [whole];
  return commands.map(
    (command, index) =>
      `${index === 0 ? label : " ".repeat(widthOf(label))}${command}${index < commands.length - 1 ? joint : ""}`,
  );
}
