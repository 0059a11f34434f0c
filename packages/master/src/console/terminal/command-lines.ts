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
  const fits = (line: string): boolean => widthOf(line) <= cellsFor(columns);
  const whole = `${label}${commands.join(`${joint} `)}`;
  if (fits(whole)) return [whole];
  const joined = commands.map((one, index) => (index < commands.length - 1 ? `${one}${joint}` : one));
  const beside = joined.map((one, index) => `${index === 0 ? label : " ".repeat(widthOf(label))}${one}`);
  if (label.trim() === "" || beside.every(fits)) return beside;
  return [label.trimEnd(), ...joined.map((one) => `${BELOW}${one}`)];
}

const BELOW = "    ";
