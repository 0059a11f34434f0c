/**
 * The whole story against the real master, as a person goes through it: a bag is handed in on the page, four offers are
 * seen, one is picked, the run is watched, a failed task's log is opened and the receipt is read. In between the page is
 * loaded anew and the master is killed: nothing is lost.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage, picture } from "./browser.js";

const STINT = join(import.meta.dirname, "../../packages/master/bin/stint.js");
const CLUSTERS = `clusters:
  small: { provider: local, max: 3, slots: 1, price: 0.36 usd/h, atu: 2s }
  large: { provider: local, max: 2, slots: 2, price: 1.08 usd/h, atu: 2s }
`;
const TASKS = 120;
const FAILING = 90;
const BAG = Array.from({ length: TASKS }, (_, index) =>
  index + 1 === FAILING
    ? "echo oh no >&2; exit 3"
    : `sleep 0.${String(2 + (index % 5))}; echo done ${String(index)}`,
).join("\n");

let place: string;
let browser: Browser;
let master: ChildProcess;
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), "stint-story-"));
  writeFileSync(join(place, "stint.yaml"), CLUSTERS);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  master.kill("SIGTERM");
  rmSync(place, { recursive: true, force: true, maxRetries: 20 });
});

/** @returns where it listens */
async function startMaster(): Promise<string> {
  master = spawn(process.execPath, [STINT, "master", "--home", join(place, "home"), "--json"], {
    cwd: place,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  for await (const part of master.stdout!) {
    said += String(part);
    if (said.trimEnd().endsWith("}")) break;
  }
  return (JSON.parse(said) as { url: string }).url;
}

const state = (page: Page) => page.locator(".under-title .state");

test("a bag is handed in, an offer picked, and the receipt read, whatever happens in between", async () => {
  const url = await startMaster();
  const token = readFileSync(join(place, "home/operator.token"), "utf8").trim();
  const { page, complaints } = await openPage(browser);
  await page.goto(`${url}#token=${token}`);

  await page.getByRole("link", { name: "Submit a bag" }).click();
  await page
    .getByLabel(/^Drop a bag file/u)
    .setInputFiles({ name: "tiles.txt", mimeType: "text/plain", buffer: Buffer.from(`${BAG}\n`) });
  await page.getByLabel("Budget in US dollars").fill("1");
  await picture(page, "story-1-submit");
  await page.getByRole("button", { name: "Submit" }).click();

  await page.getByRole("heading", { name: "Pick an offer" }).waitFor({ timeout: 60_000 });
  const offers = (await page.locator(".offer-list").innerText()).replaceAll("\n", " ");
  for (const name of ["Cheapest", "Cheapest + 20 %", "Fastest − 20 %", "Fastest"])
    expect(offers).toContain(name);
  await picture(page, "story-2-offers");
  await page.keyboard.press("1");
  await page.getByRole("button", { name: "Take this offer" }).click();
  await page.getByRole("heading", { name: "What was offered" }).waitFor({ timeout: 30_000 });

  await page.reload();
  await page.getByRole("heading", { name: "Running now" }).waitFor();
  await picture(page, "story-3-running");
  const died = once(master, "exit");
  master.kill("SIGKILL");
  await died;
  await page.getByText("Connection lost at").waitFor();
  expect(await startMaster()).toBe(url);
  await page.getByText("Live", { exact: true }).waitFor({ timeout: 60_000 });

  await state(page).filter({ hasText: "Done, with failed tasks" }).waitFor({ timeout: 120_000 });
  await picture(page, "story-4-ended");
  await page
    .getByRole("region", { name: "Failures" })
    .getByRole("link", { name: String(FAILING) })
    .click();
  await page.getByRole("log", { name: "stderr" }).getByText("oh no").waitFor();
  await page.getByText("exit code 3").first().waitFor();
  await picture(page, "story-5-failed-task");

  await page.getByRole("link", { name: "Receipt" }).click();
  await page.getByRole("heading", { name: "Promised, and what it came to" }).waitFor();
  const [, run = ""] = /runs\/([^/]+)/u.exec(page.url()) ?? [];
  const summary = JSON.parse(
    readFileSync(join(place, "home/runs", decodeURIComponent(run), "summary.json"), "utf8"),
  ) as {
    spent_usd: number;
    budget_usd: number;
    tasks: { done: number; failed: number };
  };
  expect(summary).toMatchObject({ budget_usd: 1, tasks: { done: TASKS - 1, failed: 1 } });
  expect(summary.spent_usd).toBeLessThanOrEqual(1);
  const receipt = await page.getByRole("article", { name: "Receipt" }).innerText();
  expect(receipt).toContain(`${String(TASKS - 1)} of ${String(TASKS)} tasks done`);
  expect(receipt).toContain(`$${summary.spent_usd.toFixed(6).replace(/0{1,4}$/u, "")}`);
  await picture(page, "story-6-receipt");
  // While the master was dead the browser complained that it could not be reached; of nothing else.
  expect(complaints.filter((words) => !/ERR_|WebSocket|Failed to load/u.test(words))).toEqual([]);
}, 300_000);
