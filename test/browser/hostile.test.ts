/** Can anything that a bag or a program writes do more than be read? Nothing executes, and nothing leaves its box. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openBrowser, openPage, picture, until } from "./browser.js";
import { fakeMaster, OPERATOR, type FakeMaster } from "./fake-master.js";
import { HOSTILE_COMMANDS, printed } from "./fake-tasks.js";
import { ANSI, MARKUP } from "./hostile-words.js";

let browser: Browser;
let master: FakeMaster;
let page: Page;
let complaints: string[];
const kept = { ...printed };
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  master = await fakeMaster();
  ({ page, complaints } = await openPage(browser));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
});
afterEach(async () => {
  Object.assign(printed, kept);
  await page.context().close();
  await master.close();
});

const open = (place: string): Promise<unknown> =>
  page.goto(`${master.address}/#token=${OPERATOR}/runs/${master.state.run}${place}`);

/** What foreign text could have made of the page. */
const made = (): Promise<unknown> =>
  page.evaluate(`({
    pwned: window.pwned ?? null,
    title: document.title.includes("pwned"),
    elements: document.querySelectorAll("#app :is(script, img, iframe, object, embed, form[action], base, meta, style, video, marquee)").length,
    links: [...document.querySelectorAll("a")].filter(({ protocol }) => protocol !== location.protocol).length,
    handlers: [...document.querySelectorAll("#app *")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on"))).length,
    wide: document.documentElement.scrollWidth > innerWidth,
  })`);
const NOTHING = { pwned: null, title: false, elements: 0, links: 0, handlers: 0, wide: false };

test("commands are shown as they are written", async () => {
  await open("/tasks");
  await page.getByText("<script>window.pwned = 1</script>").waitFor();
  expect(await made()).toEqual(NOTHING);
  for (const number of HOSTILE_COMMANDS.keys()) {
    await open(`/tasks/${String(number + 1)}`);
    await page.getByRole("heading", { name: /^Task/u }).waitFor();
    expect(await made()).toEqual(NOTHING);
  }
  expect(complaints).toEqual([]);
});

test.each(MARKUP.map((words) => [words]))("markup in an output is text: %s", async (words) => {
  printed.stdout = Buffer.from(`${words}\n`);
  await open("/tasks/20");
  const log = page.getByRole("log", { name: "stdout" });
  await log.getByText("before", { exact: false }).or(log.locator(":scope")).first().waitFor();
  await until(
    page,
    "!['', 'Nothing is printed yet.'].includes(document.querySelector('[role=log]')?.textContent.trim() ?? '')",
  );
  expect((await log.textContent())?.trim()).toBe(words.trim());
  expect(await made()).toEqual(NOTHING);
  expect(complaints).toEqual([]);
});

test("commands to a terminal colour text, and do nothing else", async () => {
  printed.stdout = Buffer.concat(ANSI.map((bytes) => Buffer.concat([bytes, Buffer.from("|ok|\n")])));
  await open("/tasks/20");
  const log = page.getByRole("log", { name: "stdout" });
  await log.getByText("|ok|").first().waitFor();
  const text = (await log.textContent()) ?? "";
  expect(text.split("|ok|").length - 1).toBe(ANSI.length);
  // What moves, hides, rings or turns is nowhere in the page.
  expect(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.exec(text),
  ).toBeNull();
  expect(await made()).toEqual(NOTHING);
  await picture(page, "hostile-output");
  expect(complaints).toEqual([]);
});

test("an output that changes its colour with every letter, or is one endless line, stays in its box", async () => {
  const stripes = Array.from({ length: 30_000 }, (_, place) => `\u001b[3${String(place % 8)}mx`).join("");
  printed.stdout = Buffer.from(stripes + "w".repeat(200_000));
  await open("/tasks/20");
  const log = page.getByRole("log", { name: "stdout" });
  await until(page, "document.querySelector('[role=log]')?.textContent.length > 100000");
  expect(await log.locator("span").count()).toBeLessThan(5_000);
  expect(await made()).toEqual(NOTHING);
  await page.getByRole("button", { name: "Start" }).click();
  await until(page, "document.querySelectorAll('[role=log] span').length > 3000");
  expect(await log.locator("span").count()).toBeLessThan(5_000);
});
