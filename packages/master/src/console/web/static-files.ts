/**
 * The files of the page: read once when the server starts, so that an address can name nothing but what was found then,
 * and no file is looked for by what a request says.
 */
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Headers } from "./operation.js";
import type { Sent } from "./send.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};
/** Formats that are packed already. */
const PACKED: ReadonlySet<string> = new Set([".png", ".woff2", ".ico"]);

const FILES_MOST = 200;
const FILE_BYTES_MOST = 8 * 1024 * 1024;
const DEPTH_MOST = 4;
/** A bundler's hash in the name: other bytes would have another name. */
const HASHED = /-[A-Za-z0-9_]{8,}\.\w+$/u;

interface Kept {
  readonly bytes: Buffer;
  readonly type: string;
  readonly cache: string;
  readonly tag: string;
  /** Made when it is first asked for. */
  gzip: Buffer | undefined;
}

/** Undefined where there is no file of this address. */
export type StaticFiles = (path: string, headers: Asked) => Sent | undefined;
type Asked = Readonly<Record<"accept-encoding" | "if-none-match", string | undefined>>;

export function staticFiles(folder: string | undefined): StaticFiles {
  const files = new Map<string, Kept>();
  if (folder !== undefined) readFolder(folder, "/", files);
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return (path, headers) => {
    const kept = files.get(path);
    return kept === undefined ? undefined : sent(kept, headers);
  };
}

function readFolder(folder: string, at: string, files: Map<string, Kept>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && at.split("/").length <= DEPTH_MOST)
      readFolder(path, `${at}${entry.name}/`, files);
    const ending = extname(entry.name).toLowerCase();
    const type = TYPES[ending];
    // Links are left out: what they lead to is not the page's.
    if (!entry.isFile() || type === undefined || files.size >= FILES_MOST) continue;
    const bytes = readRegular(path);
    if (bytes !== undefined) files.set(`${at}${entry.name}`, kept(bytes, entry.name, type));
  }
}

function readRegular(path: string): Buffer | undefined {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return fstatSync(file).size > FILE_BYTES_MOST ? undefined : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

const kept = (bytes: Buffer, name: string, type: string): Kept => ({
  bytes,
  type,
  cache: HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache",
  tag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`,
  gzip: PACKED.has(extname(name).toLowerCase()) ? bytes : undefined,
});

function sent(file: Kept, asked: Asked): Sent {
  const headers: Headers = {
    "content-type": file.type,
    "cache-control": file.cache,
    etag: file.tag,
    vary: "accept-encoding",
  };
  if (tagsOf(asked["if-none-match"]).includes(file.tag)) return { status: 304, bytes: "", headers };
  if (!takesGzip(asked["accept-encoding"])) return { status: 200, bytes: file.bytes, headers };
  file.gzip ??= gzipSync(file.bytes, { level: 9 });
  if (file.gzip === file.bytes) return { status: 200, bytes: file.bytes, headers };
  return { status: 200, bytes: file.gzip, headers: { ...headers, "content-encoding": "gzip" } };
}

const tagsOf = (header: string | undefined): string[] =>
  (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//u, ""));

const takesGzip = (header: string | undefined): boolean =>
  (header ?? "").split(",").some((way) => /^\s*gzip\s*(;\s*q=(1|0\.\d*[1-9]\d*))?\s*$/iu.test(way));
