/** What does the page cost to load? */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const DIST = join(import.meta.dirname, "../../packages/console/dist");
const LOADED_BYTES_MOST = 200_000;

const loaded = (): string[] =>
  readdirSync(DIST).filter((name) =>
    /^(?:index\.html|app\.(?:js|css)|.*\.woff2|icon-busy-0\.svg)$/u.test(name),
  );

test("the whole page is less than 200 KB as it is sent", () => {
  const sizes = loaded().map((name) => gzipSync(readFileSync(join(DIST, name))).length);
  expect(sizes.length).toBe(5);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LOADED_BYTES_MOST);
});

test("nothing stands in the page itself that a strict policy refuses, and nothing comes from elsewhere", () => {
  const page = readFileSync(join(DIST, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?:/u);
  expect(readFileSync(join(DIST, "app.css"), "utf8")).not.toMatch(/url\((?!"?\.?\/?inter)/u);
});
