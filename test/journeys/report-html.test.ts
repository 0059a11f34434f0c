/** Is the receipt left as a page, and written again wherever somebody wants it? */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => {
  place = newPlace();
});
afterEach(() => place.remove());

const dataOf = (html: string): unknown => {
  const [, data = ""] = /id="data">(.*?)<\/script>/su.exec(html) ?? [];
  return JSON.parse(data);
};

test("a run leaves its receipt as a page, the one that stint report --html writes", async () => {
  place.write("bag.txt", "echo '</script><b>'\necho 2\n");
  expect((await place.stint("run", "bag.txt", "--yes")).code).toBe(0);
  const { path } = place.run();
  const left = readFileSync(join(path, "report.html"), "utf8");
  const summary: unknown = JSON.parse(readFileSync(join(path, "summary.json"), "utf8"));
  expect(dataOf(left)).toMatchObject({ summary });
  const { code, stdout } = await place.stint("report", "--html", "again.html");
  expect([code, stdout]).toEqual([0, ""]);
  expect(dataOf(place.read("again.html"))).toMatchObject({ summary });
});

test("where the page cannot be written it is said, and nothing is printed in its place", async () => {
  place.write("bag.txt", "true\n");
  await place.stint("run", "bag.txt", "--yes");
  const { code, stdout, stderr } = await place.stint("report", "--html", "nowhere/report.html");
  expect([code, stdout]).toEqual([9, ""]);
  expect(stderr).toContain("nowhere/report.html");
  expect(existsSync(join(place.path, "nowhere"))).toBe(false);
});
