/** What does an address of the page give, and can one give anything else? */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { served } from "../../../../../test/console/served.js";

let place: string;
let pages: string;
const SCRIPT = "console.log(1);\n".repeat(100);
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "stint-pages-"));
  pages = join(place, "dist");
  mkdirSync(join(pages, "assets"), { recursive: true });
  writeFileSync(join(place, "secret.txt"), "secret");
  writeFileSync(join(pages, "index.html"), "<!doctype html><title>stint</title>");
  writeFileSync(join(pages, "assets/main-1a2b3c4d.js"), SCRIPT);
  writeFileSync(join(pages, "style.css"), "body{}");
  writeFileSync(join(pages, "icon.png"), "png");
  writeFileSync(join(pages, "notes.md"), "not for the page");
  symlinkSync(join(place, "secret.txt"), join(pages, "link.txt"));
  symlinkSync(place, join(pages, "up"));
});
afterAll(() => rmSync(place, { recursive: true }));

test.each([
  ["/", "text/html; charset=utf-8", "no-cache"],
  ["/index.html", "text/html; charset=utf-8", "no-cache"],
  ["/index.html?x=1", "text/html; charset=utf-8", "no-cache"],
  ["/style.css", "text/css; charset=utf-8", "no-cache"],
  ["/icon.png", "image/png", "no-cache"],
  ["/assets/main-1a2b3c4d.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"],
])("%s is %s, kept: %s", async (path, type, cache) => {
  const { ask } = await served({ pages });
  const { status, headers } = await ask({ path });
  expect([status, headers["content-type"], headers["cache-control"]]).toEqual([200, type, cache]);
});

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..\\secret.txt",
  "//secret.txt",
  "/link.txt",
  "/up/secret.txt",
  "/notes.md",
  "/assets",
  "/assets/",
  "/index.html/",
  "/index.html%00",
  "/__proto__",
  "/constructor",
])("%s is no file of the page", async (path) => {
  const { ask } = await served({ pages });
  const { status, text } = await ask({ path });
  expect(status).toBe(404);
  expect(text).not.toContain("secret");
});

test("what is asked for packed is packed, and what is there already is not sent again", async () => {
  const { ask } = await served({ pages });
  const path = "/assets/main-1a2b3c4d.js";
  const packed = await ask({ path, headers: { "accept-encoding": "br, gzip" } });
  expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  expect(gunzipSync(packed.bytes).toString()).toBe(SCRIPT);
  const plain = await ask({ path, headers: { "accept-encoding": "gzip;q=0" } });
  expect(plain.headers["content-encoding"]).toBeUndefined();
  expect(plain.text).toBe(SCRIPT);
  const again = await ask({ path, headers: { "if-none-match": `W/"x", ${plain.headers.etag ?? ""}` } });
  expect([again.status, again.text]).toEqual([304, ""]);
  const head = await ask({ method: "HEAD", path });
  expect([head.status, head.headers["content-length"], head.text]).toEqual([200, String(SCRIPT.length), ""]);
});

test("a page is looked at and not written to, and there may be none", async () => {
  const { ask } = await served({ pages });
  expect((await ask({ method: "POST", path: "/", body: "x" })).status).toBe(405);
  const without = await served();
  expect((await without.ask({ path: "/" })).status).toBe(404);
  expect((await without.ask({ path: "/healthz" })).text).toBe("ok\n");
});
