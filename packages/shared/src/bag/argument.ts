/** Can this text be handed to a process as an argument or in its environment? */
import type { Misread } from "../misread.js";

/** Linux takes no longer argument, nor variable (`MAX_ARG_STRLEN`), its closing NUL byte included. */
export const ARGUMENT_BYTES_MOST = 131_072 - 1;
/** A character of UTF-16 is at most three bytes of UTF-8. */
const SURELY_SHORT = Math.floor(ARGUMENT_BYTES_MOST / 3);

/** @param what as `a command` */
export function unfitArgument(text: string, what: string): Misread | undefined {
  if (text.includes("\0")) {
    return {
      code: "bad-bytes",
      found: `${what} with a NUL character`,
      expected: "text without NUL: a process cannot be given one",
      hint: "take it out",
    };
  }
  if (/\p{Surrogate}/u.test(text)) {
    return {
      code: "bad-bytes",
      found: `${what} with half a character (a lone surrogate)`,
      expected: "text that can be written in UTF-8",
      hint: "write the character whole, or take it out",
    };
  }
  if (text.length <= SURELY_SHORT) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes <= ARGUMENT_BYTES_MOST) return undefined;
  return {
    code: "command-too-long",
    found: `${what} of ${String(bytes)} bytes`,
    expected: `at most ${String(ARGUMENT_BYTES_MOST)} bytes, as much as Linux lets a process be given at once`,
    hint: "put it into a script, and run the script with its parameters",
  };
}
