/** Is a report one file that shows its receipt by itself, and reads as text without a script? */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportHtml } from "@stint/master/console/report-html.js";
import { receiptLines } from "@stint/master/console/terminal/receipt.js";
import { openBrowser, openPage, picture } from "./browser.js";
import { fakeHistory, fakeSummary } from "./fake-past.js";
import { fakeState } from "./fake-run.js";

const TEMPLATE = join(import.meta.dirname, "../../packages/console/dist/report.html");
let browser: Browser;
let place: string;
beforeAll(async () => {
  browser = await openBrowser();
  place = mkdtempSync(join(tmpdir(), "stint-report-"));
  const state = fakeState({ atS: 6_000 });
  const summary = { ...fakeSummary(state), ended_because: "</script><img src=x onerror=window.pwned=1>" };
  const lines = receiptLines(summary, 80);
  const html = reportHtml(readFileSync(TEMPLATE, "utf8"), { summary, history: fakeHistory(state), lines });
  writeFileSync(join(place, "report.html"), html);
});
afterAll(async () => {
  await browser.close();
  rmSync(place, { recursive: true, force: true });
});

test("it shows the receipt, asks nobody for anything, and runs nothing foreign", async () => {
  const { page, complaints } = await openPage(browser);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(join(place, "report.html")).href);
  await page.getByText("$9.284417").first().waitFor();
  await page.getByText("<img src=x").waitFor();
  expect(await page.locator("canvas").count()).toBe(2);
  await picture(page, "report-file");
  expect(asked.filter((url) => !url.startsWith("data:"))).toHaveLength(1);
  expect(await page.evaluate("window.pwned ?? null")).toBeNull();
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("without a script its text is read", async () => {
  const { page } = await openPage(browser, { javaScriptEnabled: false });
  await page.goto(pathToFileURL(join(place, "report.html")).href);
  const text = page.locator("noscript pre");
  expect(await text.isVisible()).toBe(true);
  expect(await text.innerText()).toMatch(/promised P50–P90.*where the money went/su);
  await page.context().close();
});
