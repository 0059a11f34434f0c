/**
 * How is foreign text shown without harm, and how wide is it? A task's name or a provider's message may hold
 * anything; on a screen it is one line without control characters, and never wider than it was given room.
 */

/** C0 and C1 controls, line and paragraph separators, and the marks that turn the reading direction. */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Control characters become visible, as `\x1b`; nothing else changes. */
export const printable = (text: string): string =>
  text.replace(HARMFUL, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });

/** The same for text of many lines: newlines and tabs stay, as they take over no terminal. */
export const printableText = (text: string): string => text.replace(/[^\n\t]+/gu, printable);

const segmenter = new Intl.Segmenter();
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
/** Emoji, East Asian scripts and full-width forms take two cells. */
const TWO_CELLS =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
/** Printable ASCII: the common case, a cell each. */
const PLAIN = /^[\u0020-\u007e]*$/u;

const cellsOf = (grapheme: string): number => {
  if (WITHOUT_WIDTH.test(grapheme)) return 0;
  return TWO_CELLS.test(grapheme) ? 2 : 1;
};

/** Cells of a terminal that the text takes; the text is {@link printable} and without colours. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of segmenter.segment(text)) cells += cellsOf(segment);
  return cells;
}

/** At most that many cells of it; what is left out shows as `…`. */
export function cutTo(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  if (cells <= 0) return "";
  let kept = "";
  let used = 1;
  for (const { segment } of segmenter.segment(text)) {
    used += cellsOf(segment);
    if (used > cells) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The text in lines of at most that many cells, broken at spaces; the last of `linesMost` is cut. */
export const wrapWords = (text: string, cells: number, linesMost: number): string[] =>
  brokenAtSpaces(text, cells, linesMost).map((line) => cutTo(line, cells));

/** The same with nothing cut, as a path or a command is none when it is: a word that fits no line has one of its own. */
export const foldWords = (text: string, cells: number): string[] => brokenAtSpaces(text, cells, Infinity);

function brokenAtSpaces(text: string, cells: number, linesMost: number): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(" ");
  for (const [index, word] of words.entries()) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= cells || line === "") {
      line = longer;
      continue;
    }
    if (lines.length + 1 === linesMost) {
      line = [line, ...words.slice(index)].join(" ");
      break;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

const WIDTH_LEAST = 12;
/** Beyond this a line is hard to follow with the eye. */
const WIDTH_MOST = 120;

/** Cells that a line may take in a terminal of that many columns: one less, as some wrap a full line. */
export const cellsFor = (columns: number): number => Math.max(WIDTH_LEAST, Math.min(WIDTH_MOST, columns) - 1);
