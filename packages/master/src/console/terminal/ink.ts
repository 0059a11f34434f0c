/** Which colours does the console use, and for what? Each meaning has one name, so that a theme is one place. */
import pc from "picocolors";

export type Paint = (text: string) => string;

export interface Ink {
  readonly strong: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly careful: Paint;
  readonly active: Paint;
}

export function inkOf(color: boolean): Ink {
  const paint = pc.createColors(color);
  return {
    strong: paint.bold,
    faint: paint.dim,
    good: paint.green,
    bad: paint.red,
    careful: paint.yellow,
    active: paint.cyan,
  };
}

/** No colours at all: what a file, a test or `NO_COLOR` gets. */
export const NO_INK: Ink = inkOf(false);

/** What a stream may be used for: colours only when nobody forbids them, a live screen only where it can move. */
export function abilitiesOf(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): { readonly isTerminal: boolean; readonly color: boolean } {
  const isTerminal = stream.isTTY === true && env["TERM"] !== "dumb";
  return { isTerminal, color: isTerminal && (env["NO_COLOR"] ?? "") === "" };
}
