/**
 * Pictures as PNG files, with nothing but zlib: 8 bits for red, green and blue, and back again.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const TRUECOLOUR = 2;
const SUB_FILTER = 1;
const BYTES_PER_PIXEL = 3;

export function encodePng(width, height, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, TRUECOLOUR, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(filtered(width, height, pixels), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Reads what {@link encodePng} wrote, and checks that nothing of it was lost. */
export function decodePng(file) {
  if (!file.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error("not a PNG file");
  const chunks = new Map();
  for (let at = SIGNATURE.length; at < file.length;) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    if (crc32(body) !== file.readUInt32BE(at + 8 + length)) throw new Error(`damaged at byte ${at}`);
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at += 12 + length;
  }
  const width = chunks.get("IHDR").readUInt32BE(0);
  const height = chunks.get("IHDR").readUInt32BE(4);
  return { width, height, pixels: unfiltered(width, height, inflateSync(chunks.get("IDAT"))) };
}

function chunk(name, body) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Each byte as its difference from the pixel to its left: neighbours are alike, and zeros compress well. */
function filtered(width, height, pixels) {
  const stride = width * BYTES_PER_PIXEL;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    rows[to] = SUB_FILTER;
    for (let i = 0; i < stride; i++) {
      const left = i < BYTES_PER_PIXEL ? 0 : pixels[y * stride + i - BYTES_PER_PIXEL];
      rows[to + 1 + i] = pixels[y * stride + i] - left;
    }
  }
  return rows;
}

function unfiltered(width, height, rows) {
  const stride = width * BYTES_PER_PIXEL;
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < stride; i++) {
      const left = i < BYTES_PER_PIXEL ? 0 : pixels[y * stride + i - BYTES_PER_PIXEL];
      pixels[y * stride + i] = rows[y * (stride + 1) + 1 + i] + left;
    }
  }
  return pixels;
}
