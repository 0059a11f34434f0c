/** How is a name put into a command that a person will paste? */
import { printable } from "./printable.js";

/** The name as one word of a shell, in quotes only where it needs them. */
export const shellWord = (name: string): string =>
  /^[\w@%+=:,./-]+$/u.test(name) ? name : `'${printable(name).replaceAll("'", `'\\''`)}'`;
