/**
 * Which letters can this terminal show? All of them, unless its locale says in so many words that it knows no UTF-8:
 * then lines, marks and dashes are drawn in ASCII, a letter for a letter, so that columns stay where they are.
 */
export type Letters = (text: string) => string;

export const ALL_LETTERS: Letters = (text) => text;

export function lettersOf(env: Readonly<Record<string, string | undefined>>): Letters {
  // As libc takes them: the first that is set decides.
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((one) => one !== undefined && one !== "");
  return locale === undefined || /utf-?8/iu.test(locale) ? ALL_LETTERS : inAscii;
}

const ASCII: Readonly<Record<string, string>> = {
  "━": "=",
  "╌": "~",
  "─": "-",
  "│": "|",
  "┤": "|",
  "└": "+",
  "·": ".",
  "–": "-",
  "→": ">",
  "▸": ">",
  "…": ".",
  "×": "x",
  "◆": "*",
  "◇": "*",
  "●": "*",
  "○": "o",
  "↑": "^",
  "↓": "v",
};

const inAscii: Letters = (text) => text.replace(/[^\u0000-\u007e]/gu, (letter) => ASCII[letter] ?? letter);
