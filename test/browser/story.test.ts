/** Does the page let its reader see, pick and order what a master tells and takes? Against a fake one, in Chromium. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, openPage, type LookedAt } from "./browser.js";
import { fakeMaster, OPERATOR, VIEWER, type FakeMaster } from "./fake-master.js";
import { printed } from "./fake-tasks.js";

let browser: Browser;
let master: FakeMaster;
let looked: LookedAt;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  master = await fakeMaster();
  looked = await openPage(browser);
  ({ page } = looked);
});
afterEach(async () => {
  await page.context().close();
  await master.close();
});

const at = (place: string, token = OPERATOR): string => `${master.address}/#token=${token}${place}`;
const run = (): string => `/runs/${master.state.run}`;
const heading = (name: string) => page.getByRole("heading", { name, exact: true });
const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });

test("a token is taken out of the address, and a reload needs it no more", async () => {
  await page.goto(at("/"));
  await page.getByText("docking-screen.txt").first().waitFor();
  expect(page.url()).toBe(`${master.address}/#/`);
  await page.reload();
  await page.getByText("Spent by all", { exact: true }).waitFor();
  expect(
    await page.evaluate("document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })"),
  ).toBe("{}");
  expect(looked.complaints).toEqual([]);
});

test("who has no token is asked for one, and a wrong one is refused in words", async () => {
  await page.goto(master.address);
  await page.getByLabel("Token").fill("nonsense");
  await button("Sign in").click();
  await page.getByRole("alert").filter({ hasText: "does not know" }).waitFor();
  await page.getByLabel("Token").fill(VIEWER);
  await button("Sign in").click();
  await page.getByText("Viewer: looks").waitFor();
});

test("the number of an offer picks it, after a question", async () => {
  master.state = { ...master.state, atS: 480, chosen: null };
  await page.goto(at(run()));
  await heading("Pick an offer").waitFor();
  expect(await page.locator(".offer-dot").count()).toBe(4);
  expect(await page.locator("button.offer").count()).toBe(4);
  await page.keyboard.press("3");
  await page.getByRole("dialog").getByText("8 small + 3 large").waitFor();
  expect(master.asked).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("2");
  await button("Take this offer").click();
  await heading("What was offered").waitFor();
  expect(master.asked).toEqual([{ path: `${run()}/choose`, body: { offer: "cheapest+20" } }]);
  expect(looked.complaints).toEqual([]);
});

test("machines of a plan are told to whoever walks along the frontier with the arrow keys", async () => {
  master.state = { ...master.state, atS: 480, chosen: null };
  await page.goto(at(run()));
  const frontier = page.getByRole("img", { name: /^Time against cost/u });
  await frontier.focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText("6 small, 2.5–2.8 h, $6.90–$7.38").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByText("8 small, 2.0–2.3 h").waitFor();
});

test("another budget is asked about without anything being changed, until it is added", async () => {
  master.state = { ...master.state, atS: 480, chosen: null };
  await page.goto(at(run()));
  const slider = page.getByLabel("What if the budget were");
  await slider.fill("0");
  await page.getByText(/^No plan ends this bag within/u).waitFor();
  expect(await page.locator("button.offer").count()).toBe(0);
  await slider.fill("150");
  await page.getByRole("button", { name: /^Add \$/u }).waitFor();
  expect(master.asked).toEqual([]);
  await page.getByRole("button", { name: /^Add \$/u }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Add \$/u })
    .click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(master.asked.map(({ path }) => path)).toEqual([`${run()}/budget`]);
});

test("a run is paused after a question, and says then why it waits", async () => {
  await page.goto(at(run()));
  await button("Pause").click();
  await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
  await page.getByText("Paused by a person").waitFor();
  await button("Resume").waitFor();
  expect(master.asked).toEqual([{ path: `${run()}/pause`, body: {} }]);
});

test("who only looks finds nothing to press", async () => {
  await page.goto(at(run(), VIEWER));
  await heading("Running now").waitFor();
  expect(await button("Pause").count()).toBe(0);
  master.state = { ...master.state, atS: 480, chosen: null };
  master.tell();
  await heading("Pick an offer").waitFor();
  expect(await page.locator("button.offer").count()).toBe(0);
});

test("a lost connection is told, with the time of what is shown, and comes back by itself", async () => {
  await page.goto(at(run()));
  await page.getByText("Live", { exact: true }).waitFor();
  const port = Number(new URL(master.address).port);
  const { state } = master;
  await master.close();
  await page.getByText("Connection lost at").waitFor();
  await page.locator(".badge.stale").waitFor();
  expect(await heading("Running now").count()).toBe(1);
  master = await fakeMaster({ ...state, atS: state.atS + 600 }, port);
  await page.getByText("Live", { exact: true }).waitFor();
  await page.locator(".badge.stale").waitFor({ state: "detached" });
  await page
    .getByText(/^2,6\d\d of 4,000$/u)
    .first()
    .waitFor();
});

test("tasks are found by state and by a part of their command, however far away", async () => {
  await page.goto(at(`${run()}/tasks`));
  await button(/^failed/u).click();
  await page.getByRole("link", { name: "1,771" }).waitFor();
  expect(await page.locator(".task-table tbody tr").count()).toBe(3);
  await button("all").click();
  await page.getByRole("searchbox").fill("ligands/3990.");
  await page.getByRole("link", { name: "3,990" }).waitFor();
  expect(await page.locator(".task-table tbody tr").count()).toBe(1);
});

test("what a failed task wrote is read as it is written", async () => {
  printed.open = true;
  await page.goto(at(run()));
  await page.getByRole("link", { name: "312", exact: true }).click();
  const log = page.getByRole("log", { name: "stderr" });
  await log.getByText("vina: out of memory").waitFor();
  printed.stderr = Buffer.concat([printed.stderr, Buffer.from("and a last word\n")]);
  await log.getByText("and a last word").waitFor();
  expect(await page.getByRole("link", { name: "Download" }).getAttribute("href")).toContain(
    "/tasks/312/output?",
  );
  printed.open = false;
});

test("a bag that is dropped is submitted with its budget", async () => {
  await page.goto(at("/submit"));
  await page
    .getByLabel(/^Drop a bag file/u)
    .setInputFiles({ name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("echo 1\necho 2\n") });
  await page.getByText("2 lines").waitFor();
  await page.getByLabel("Budget in US dollars").fill("$1,200.50");
  await button("Submit").click();
  await page.waitForURL(/#\/runs\//u);
  expect(master.asked).toEqual([
    { path: "/runs", body: { bag: { file_name: "b.txt", text: "echo 1\necho 2\n" }, budget: "1200.50usd" } },
  ]);
});

test("the receipt says what was promised and what it came to", async () => {
  master.state = { ...master.state, atS: 6_000 };
  await page.goto(at(`${run()}/report`));
  await heading("Promised, and what it came to").waitFor();
  await page.getByText("promised $8.20–$8.77 (P50 to P90); of a budget of $12.00").waitFor();
  expect(await page.getByText("$9.284417").count()).toBeGreaterThan(1);
  expect(await page.title()).toBe("99 % docking-screen.txt: Done, with failed tasks");
  expect(await page.locator("link[rel=icon]").getAttribute("href")).toBe("icon-bad-11.svg");
});
