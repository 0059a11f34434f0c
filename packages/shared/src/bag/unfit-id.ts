/** Can a task be called that? What a person reads and types is kept visible and short. */
import { named, type Misread } from "../misread.js";

const ID_CHARACTERS_MOST = 512;
const INVISIBLE = /\p{C}|\u2028|\u2029/u;

export function unfitId(text: string): Misread | undefined {
  if (text !== "" && text.length <= ID_CHARACTERS_MOST && !INVISIBLE.test(text)) return undefined;
  return {
    code: "bad-id",
    found: text.length > ID_CHARACTERS_MOST ? `an id of ${String(text.length)} characters` : named(text),
    expected: `an id of 1 to ${String(ID_CHARACTERS_MOST)} visible characters`,
    hint: "letters, digits, and - . / _ are best; or leave the id out",
  };
}

const TAG_CHARACTERS_MOST = 128;

export function unfitTag(text: string): Misread | undefined {
  if (text !== "" && text.length <= TAG_CHARACTERS_MOST && !INVISIBLE.test(text)) return undefined;
  return {
    code: "bad-tag",
    found: text.length > TAG_CHARACTERS_MOST ? `a tag of ${String(text.length)} characters` : named(text),
    expected: `a tag of 1 to ${String(TAG_CHARACTERS_MOST)} visible characters`,
    hint: '"tags": ["night", "codec=av1"]',
  };
}
