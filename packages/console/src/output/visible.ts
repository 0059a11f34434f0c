/** One line of foreign text with everything written out that cannot be seen; colours and commands of terminals are left out. */
import { piecesOf } from "./terminal-text.js";

export const visible = (text: string): string =>
  piecesOf(text)
    .map((piece) => piece.text)
    .join("");
