/** Is every page within reach of everybody? axe-core on each of them, light and dark; and nothing is wider than a phone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, picture, until } from "./browser.js";
import { fakeMaster, OPERATOR, type FakeMaster } from "./fake-master.js";
import { fakeState, type FakeState } from "./fake-run.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN = `/runs/${fakeState().run}`;
const PAGES: readonly (readonly [name: string, place: string, state: Partial<FakeState>])[] = [
  ["runs", "/", {}],
  ["submit", "/submit", {}],
  ["boot", RUN, { atS: 20, chosen: null }],
  ["offers", RUN, { atS: 480, chosen: null }],
  ["too-little", RUN, { atS: 480, chosen: null, budget: 3 }],
  ["live", RUN, {}],
  ["paused", RUN, { paused: true }],
  ["ended", RUN, { atS: 6_000 }],
  ["tasks", `${RUN}/tasks`, {}],
  ["task", `${RUN}/tasks/312`, {}],
  ["receipt", `${RUN}/report`, { atS: 6_000 }],
];

let browser: Browser;
let master: FakeMaster;
beforeAll(async () => {
  browser = await openBrowser();
  master = await fakeMaster();
});
afterAll(async () => {
  await browser.close();
  await master.close();
});

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate<Found[]>("axe.run().then(({ violations }) => violations)");
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

async function settled(page: Page): Promise<void> {
  await until(
    page,
    "document.fonts.status === 'loaded' && !document.querySelector('.tall, .charts-to-come')",
  );
  await page.waitForTimeout(300);
}

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  test.each(PAGES)("the page %s has no serious violation", async (name, place, state) => {
    master.state = fakeState(state);
    const { page, complaints } = await openPage(browser, { colorScheme });
    await page.goto(`${master.address}/#token=${OPERATOR}${place}`);
    await settled(page);
    await picture(page, `${name}-${colorScheme}`);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a question before something is done has no serious violation", async () => {
    master.state = fakeState({ atS: 480, chosen: null });
    const { page } = await openPage(browser, { colorScheme });
    await page.goto(`${master.address}/#token=${OPERATOR}${RUN}`);
    await page.locator("button.offer").first().click();
    await page.getByRole("dialog").waitFor();
    await picture(page, `dialog-${colorScheme}`);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

test.each([...PAGES])("the page %s fits a phone of 360 px", async (name, place, state) => {
  master.state = fakeState(state);
  const { page } = await openPage(browser, { viewport: { width: 360, height: 740 } });
  await page.goto(`${master.address}/#token=${OPERATOR}${place}`);
  await settled(page);
  await picture(page, `${name}-phone`);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
  await page.context().close();
});

test("with the keyboard alone an offer is reached, seen to be reached, and picked", async () => {
  master.state = fakeState({ atS: 480, chosen: null });
  const { page } = await openPage(browser);
  await page.goto(`${master.address}/#token=${OPERATOR}${RUN}`);
  await page.locator("button.offer").first().waitFor();
  for (
    let presses = 0;
    presses < 60 && !(await page.evaluate("document.activeElement.matches('button.offer')"));
    presses++
  )
    await page.keyboard.press("Tab");
  expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Take this offer" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("What was offered").waitFor();
  expect(master.state.chosen).toBe("cheapest");
  await page.context().close();
});

test("what comes later moves nothing that is there", async () => {
  master.state = fakeState();
  const { page } = await openPage(browser);
  await page.addInitScript(
    "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shifts += entry.hadRecentInput ? 0 : entry.value; })).observe({ type: 'layout-shift', buffered: true });",
  );
  await page.goto(`${master.address}/#token=${OPERATOR}${RUN}`);
  await settled(page);
  for (let step = 0; step < 5; step++) {
    master.state = { ...master.state, atS: master.state.atS + 60 };
    master.tell();
    await page.waitForTimeout(250);
  }
  expect(await page.evaluate<number>("window.shifts")).toBeLessThan(0.05);
  await page.context().close();
});
