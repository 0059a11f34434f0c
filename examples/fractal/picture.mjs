/**
 * Which picture is it, and what colour has each of its points? A small copy of the Mandelbrot set, half a
 * million times smaller than the whole and wound about by seahorse tails; coloured by how slowly a point
 * escapes and lit from the upper left. The tasks and the check both ask here.
 */

/** The picture is GRID × GRID tiles of TILE × TILE pixels. */
export const GRID = 16;
export const TILE = 64;
export const SIZE = GRID * TILE;

const VIEW = { re: -0.743643135, im: 0.131825963, width: 0.0000115 };
const ITERATIONS_MOST = 1200;
const ESCAPED = 1e4;
/** Each pixel is the mean of 2 × 2 samples, a quarter of a pixel off its middle. */
const SAMPLES = [
  [-0.25, -0.25],
  [0.25, -0.25],
  [-0.25, 0.25],
  [0.25, 0.25],
];
/** Where the light stands: from the upper left, half above the horizon. */
const LIGHT = { re: Math.cos((3 / 4) * Math.PI), im: Math.sin((3 / 4) * Math.PI), height: 1.4 };

/** Colours of the bands, in the order in which a slow escape passes through them. */
const PALETTE = [
  [9, 14, 44],
  [24, 62, 120],
  [60, 150, 190],
  [190, 229, 226],
  [255, 244, 214],
  [250, 190, 88],
  [206, 92, 46],
  [92, 28, 52],
];

/** Red, green, blue of each pixel of a part of the picture, row by row. */
export function paint(left, top, width, height) {
  const pixels = Buffer.alloc(width * height * 3);
  let at = 0;
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + width; x++) {
      for (const part of colourOfPixel(x, y)) pixels[at++] = part;
    }
  }
  return pixels;
}

function colourOfPixel(x, y) {
  const sum = [0, 0, 0];
  for (const [dx, dy] of SAMPLES) {
    const step = VIEW.width / SIZE;
    const re = VIEW.re + (x + 0.5 + dx - SIZE / 2) * step;
    const im = VIEW.im - (y + 0.5 + dy - SIZE / 2) * step;
    const colour = colourOfPoint(re, im);
    for (let part = 0; part < 3; part++) sum[part] += colour[part];
  }
  return sum.map((part) => Math.round(part / SAMPLES.length));
}

/** Iterates z ← z² + c with its derivative by c: the one says how fast, the other which way the slope faces. */
function colourOfPoint(re, im) {
  let [x, y, dx, dy] = [0, 0, 0, 0];
  for (let n = 0; n < ITERATIONS_MOST; n++) {
    const nextDx = 2 * (x * dx - y * dy) + 1;
    dy = 2 * (x * dy + y * dx);
    dx = nextDx;
    const nextX = x * x - y * y + re;
    y = 2 * x * y + im;
    x = nextX;
    const square = x * x + y * y;
    if (square > ESCAPED) return lit(band(n - Math.log2(Math.log2(square))), slope(x, y, dx, dy));
  }
  return [4, 5, 14];
}

/** Smooth in the escape: no steps between whole iterations. */
function band(escape) {
  const place = (Math.log(escape + 8) * 5.2) % PALETTE.length;
  const first = Math.floor(place);
  const share = (1 - Math.cos((place - first) * Math.PI)) / 2;
  const from = PALETTE[first];
  const to = PALETTE[(first + 1) % PALETTE.length];
  return from.map((part, index) => part + (to[index] - part) * share);
}

/** How much of the light a point of the slope gets, 0 to 1. */
function slope(x, y, dx, dy) {
  const length = dx * dx + dy * dy;
  const re = (x * dx + y * dy) / length;
  const im = (y * dx - x * dy) / length;
  const norm = Math.hypot(re, im);
  const facing = (re * LIGHT.re + im * LIGHT.im) / norm + LIGHT.height;
  return Math.max(0, facing / (1 + LIGHT.height));
}

const lit = (colour, light) => colour.map((part) => Math.min(255, part * (0.35 + 0.75 * light)));
