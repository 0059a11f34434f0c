/** The icons of a browser's tab: how much is done, in twelfths. Files, as a strict page takes no image that is data. */

const TWELFTHS = 12;
const ROUND = 2 * Math.PI * 11;

/** @returns file names and their text */
export function progressIcons() {
  const steps = Array.from({ length: TWELFTHS + 1 }, (_, step) => step);
  return ["busy", "bad"].flatMap((kind) =>
    steps.map((step) => [
      `icon-${kind}-${step}.svg`,
      ring(step / TWELFTHS, kind === "bad" ? "#c2412d" : "#0f6ba8"),
    ]),
  );
}

const ring = (share, colour) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke-width="6">` +
  `<circle cx="16" cy="16" r="11" stroke="#8b949e" stroke-opacity=".45"/>` +
  `<circle cx="16" cy="16" r="11" stroke="${colour}" transform="rotate(-90 16 16)" ` +
  `stroke-dasharray="${(share * ROUND).toFixed(2)} 100"/></g></svg>\n`;
