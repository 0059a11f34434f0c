/**
 * Which pieces does a text for terminals have? Colours and weights become words of a style; every other command to a
 * terminal is left out, and what cannot be seen is written out. What comes out is text and nothing else, so that no
 * output can do more than be read.
 */
export interface Piece {
  readonly text: string;
  /** Classes, at most one of a kind: `fg-1 bold`. */
  readonly style: string;
}

/** Output that changes its style with every letter is shown plain from here on. */
export const PIECES_MOST = 4_000;

const COMMAND = new RegExp(
  [
    // CSI: parameters, intermediates, a final byte; cut short at the end of what there is so far.
    "(?:\\u001b\\[|\\u009b)(?<sgr>[0-9;:]*)m",
    "(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*(?:[@-~]|$)",
    // OSC, DCS, SOS, PM, APC: up to their end, or to the end of the line where there is none.
    "(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c|(?=\\n)|(?=\\u001b)|$)",
    // Two or three bytes, as a change of the character set.
    "\\u001b[ -/]*(?:[0-~]|$)",
  ].join("|"),
  "gu",
);
/** Control characters but tab and newline, and what turns the direction of writing or cannot be seen. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let style = PLAIN;
  let from = 0;
  const put = (part: string, as: string): void => {
    if (part === "") return;
    const last = pieces.at(-1);
    if (last?.style === as) pieces[pieces.length - 1] = { text: last.text + part, style: as };
    else pieces.push({ text: part, style: as });
  };
  const show = (part: string): void => {
    let seen = 0;
    for (const match of part.matchAll(UNSEEN)) {
      put(part.slice(seen, match.index), classesOf(style));
      if (pieces.length < PIECES_MOST) put(written(match[0], part[match.index + 1]), "unseen");
      seen = match.index + match[0].length;
    }
    put(part.slice(seen), classesOf(style));
  };
  for (const match of text.matchAll(COMMAND)) {
    show(text.slice(from, match.index));
    const colours = match.groups?.["sgr"];
    if (colours !== undefined && pieces.length < PIECES_MOST) style = after(style, colours);
    from = match.index + match[0].length;
  }
  show(text.slice(from));
  return pieces;
}

/** A carriage return before a newline ends a line as on Windows; alone it writes over a line, which is shown below it. */
function written(character: string, next: string | undefined): string {
  if (character === "\r") return next === "\n" ? "" : "\\r\n";
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

interface Style {
  readonly fg: string;
  readonly bg: string;
  readonly marks: readonly string[];
}
const PLAIN: Style = { fg: "", bg: "", marks: [] };

const classesOf = ({ fg, bg, marks }: Style): string =>
  [fg, bg, ...marks].filter((one) => one !== "").join(" ");

const MARKS: Readonly<Record<number, string>> = {
  1: "bold",
  2: "dim",
  3: "italic",
  4: "underline",
  7: "inverse",
  9: "struck",
};
const OFF: Readonly<Record<number, readonly string[]>> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["struck"],
};
const PARAMETERS_MOST = 32;

function after(style: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/u, PARAMETERS_MOST).map(Number);
  let now = style;
  for (let place = 0; place < codes.length; place++) {
    const code = codes[place] ?? 0;
    if (code === 38 || code === 48) {
      // Of 256 colours the first sixteen are known here; the others keep the text's own, so that it stays readable.
      const [kind, first] = [codes[place + 1], codes[place + 2] ?? 16];
      const name = kind === 5 && first < 16 ? String(first) : "";
      now = code === 38 ? { ...now, fg: name && `fg-${name}` } : { ...now, bg: name && `bg-${name}` };
      place += kind === 5 ? 2 : 4;
    } else now = afterOne(now, code);
  }
  return now;
}

function afterOne(style: Style, code: number): Style {
  const mark = MARKS[code];
  const off = OFF[code];
  if (code === 0) return PLAIN;
  if (mark !== undefined) return { ...style, marks: [...style.marks.filter((one) => one !== mark), mark] };
  if (off !== undefined) return { ...style, marks: style.marks.filter((one) => !off.includes(one)) };
  if (code === 39) return { ...style, fg: "" };
  if (code === 49) return { ...style, bg: "" };
  if (code >= 30 && code <= 37) return { ...style, fg: `fg-${code - 30}` };
  if (code >= 90 && code <= 97) return { ...style, fg: `fg-${code - 82}` };
  if (code >= 40 && code <= 47) return { ...style, bg: `bg-${code - 40}` };
  if (code >= 100 && code <= 107) return { ...style, bg: `bg-${code - 92}` };
  return style;
}
