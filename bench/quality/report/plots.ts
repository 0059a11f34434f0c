/** Two pictures of the standard set as SVG: makespans over the bound, and promises that were kept. */
import type { RunFigures } from "../run-figures.js";
import { groupBy, type Line } from "./lines.js";
import { promisesOf } from "./promises.js";

const COLOURS: Readonly<Record<string, string>> = {
  stint: "#0b6e4f",
  informed: "#8fb8a8",
  bats: "#c0392b",
  "round-robin": "#b08d2e",
};
const LEFT = 240;
const WIDTH = 900;
const ROW = 15;
const TOP = 48;

/** A row a world, a dot a policy; medians at 1.5 × the cheapest, cut at four times the bound. */
export function makespansPlot(lines: readonly Line[]): string {
  const shown = lines.filter((line) => line.budgetFactor === 1.5 && line.contender in COLOURS);
  const worlds = [...groupBy(shown, ({ world }) => world)];
  const most = 4;
  const x = (ratio: number): number =>
    LEFT + ((Math.min(ratio, most) - 1) / (most - 1)) * (WIDTH - LEFT - 20);
  const rows = worlds.map(([world, own], index) => {
    const y = TOP + index * ROW;
    const dots = own.flatMap(({ overBound, contender }) =>
      overBound === null ? [] : [circle(x(overBound), y, COLOURS[contender] ?? "black")],
    );
    return [text(LEFT - 8, y + 4, world, "end"), across(x(1), x(most), y), ...dots].join("");
  });
  const height = TOP + worlds.length * ROW + 24;
  const ticks = [1, 1.5, 2, 2.5, 3, 3.5, 4].map(
    (at) => down(x(at), height - 24, "#ddd") + text(x(at), height - 8, String(at), "middle"),
  );
  return svg(height, [
    text(8, 16, "makespan / bound at 1.5 × (median of complete runs)", "start"),
    legend(),
    ...ticks,
    ...rows,
  ]);
}

/** A bar a family and budget: the share of offers whose P90 of time was kept, beside nine of ten. */
export function promisesPlot(runs: readonly RunFigures[]): string {
  const own = runs.filter(({ contender }) => contender === "stint");
  const groups = [...groupBy(own, (run) => `${run.family}, ${String(run.budgetFactor)} ×`)];
  const x = (share: number): number => LEFT + share * (WIDTH - LEFT - 20);
  const rows = groups.map(([name, group], index) => {
    const y = TOP + index * ROW;
    const { inTime } = promisesOf(group);
    return (
      text(LEFT - 8, y + 4, name, "end") +
      `<rect x="${String(LEFT)}" y="${String(y - 4)}" width="${(x(inTime ?? 0) - LEFT).toFixed(1)}" height="8" fill="${COLOURS["stint"] ?? ""}"/>`
    );
  });
  const height = TOP + groups.length * ROW + 24;
  const ticks = [0, 0.5, 0.9, 1].map(
    (at) =>
      down(x(at), height - 24, at === 0.9 ? "#c0392b" : "#ddd") +
      text(x(at), height - 8, `${String(at * 100)} %`, "middle"),
  );
  return svg(height, [text(8, 16, "offers whose P90 of time was kept", "start"), ...rows, ...ticks]);
}

const legend = (): string =>
  Object.entries(COLOURS)
    .map(
      ([name, colour], index) =>
        circle(420 + index * 110, 12, colour) + text(428 + index * 110, 16, name, "start"),
    )
    .join("");

const svg = (height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${String(WIDTH)}" height="${String(height)}" font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>\n${parts.join("\n")}\n</svg>\n`;
const circle = (x: number, y: number, fill: string): string =>
  `<circle cx="${x.toFixed(1)}" cy="${String(y)}" r="4" fill="${fill}" fill-opacity="0.8"/>`;
const across = (x1: number, x2: number, y: number): string =>
  `<path d="M${x1.toFixed(1)} ${String(y)}H${x2.toFixed(1)}" stroke="#eee"/>`;
const down = (x: number, y: number, stroke: string): string =>
  `<path d="M${x.toFixed(1)} ${String(TOP - 10)}V${String(y)}" stroke="${stroke}"/>`;
const text = (x: number, y: number, words: string, anchor: string): string =>
  `<text x="${x.toFixed(1)}" y="${String(y)}" text-anchor="${anchor}">${words}</text>`;
