/** The table as a picture: how often water comes through, by density, a curve for each size. */
const WIDTH = 720;
const HEIGHT = 440;
const PLOT = { left: 70, right: WIDTH - 110, top: 50, bottom: HEIGHT - 60 };
const DENSITIES = { least: 0.5, most: 0.68, step: 0.03 };
const COLOURS = ["#0072b2", "#d55e00", "#009e73"];
/** Where a square without bounds changes its mind. */
const THRESHOLD = 0.592746;

/** @param rows objects with the columns of the table */
export function plotOf(rows) {
  const sizes = [...new Set(rows.map(({ size }) => size))];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="14">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text({ x: PLOT.left, y: 28, words: "How often does water come through a random square?", size: 17 }),
    ...axes(),
    ...threshold(),
    ...sizes.flatMap((size, index) =>
      curve(
        rows.filter((row) => row.size === size),
        { size, colour: COLOURS[index % COLOURS.length] },
      ),
    ),
    "</svg>\n",
  ].join("\n");
}

const x = (density) =>
  round(
    PLOT.left + ((density - DENSITIES.least) / (DENSITIES.most - DENSITIES.least)) * (PLOT.right - PLOT.left),
  );
const y = (share) => round(PLOT.bottom - share * (PLOT.bottom - PLOT.top));
const round = (number) => Number(number.toFixed(1));

function axes() {
  const ticks = Math.round((DENSITIES.most - DENSITIES.least) / DENSITIES.step);
  const densities = Array.from({ length: ticks + 1 }, (_, tick) => DENSITIES.least + tick * DENSITIES.step);
  const shares = [0, 0.25, 0.5, 0.75, 1];
  return [
    ...shares.map((share) => line(PLOT.left, y(share), PLOT.right, y(share))),
    ...shares.map((share) =>
      text({ x: PLOT.left - 8, y: y(share) + 5, words: `${share * 100} %`, anchor: "end" }),
    ),
    ...densities.map((density) =>
      text({ x: x(density), y: PLOT.bottom + 20, words: density.toFixed(2), anchor: "middle" }),
    ),
    text({ x: (PLOT.left + PLOT.right) / 2, y: HEIGHT - 16, words: "open cells", anchor: "middle" }),
  ];
}

const threshold = () => [
  line(x(THRESHOLD), PLOT.top, x(THRESHOLD), PLOT.bottom, 'stroke="#888" stroke-dasharray="5 4"'),
  text({ x: x(THRESHOLD) - 6, y: PLOT.top + 14, words: String(THRESHOLD.toFixed(4)), anchor: "end" }),
];

/** The seeds of a point are one sample. */
function curve(rows, { size, colour }) {
  const sums = new Map();
  for (const { density, trials, through } of rows) {
    const sum = sums.get(density) ?? { trials: 0, through: 0 };
    sums.set(density, { trials: sum.trials + Number(trials), through: sum.through + Number(through) });
  }
  const points = [...sums].map(([density, sum]) => [x(Number(density)), y(sum.through / sum.trials)]);
  const side = Math.round(COLOURS.indexOf(colour) * 20);
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => point.join(",")).join(" ")}"/>`,
    ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`),
    text({ x: PLOT.right + 12, y: PLOT.top + 5 + side, words: `${size} × ${size}`, colour }),
  ];
}

const line = (x1, y1, x2, y2, look = 'stroke="#ddd"') =>
  `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${look}/>`;

const text = ({ x: left, y: base, words, anchor = "start", colour = "#222", size = 14 }) =>
  `<text x="${left}" y="${base}" text-anchor="${anchor}" fill="${colour}" font-size="${size}">${words}</text>`;
