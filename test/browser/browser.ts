/** Debian's Chromium, driven for tests of the page; what a page complains of is kept. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

const PROGRAM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** Pictures of pages, kept for people to look at. */
export const PICTURES = join(import.meta.dirname, "pictures");

export function openBrowser(): Promise<Browser> {
  if (!existsSync(PROGRAM))
    throw new Error(`${PROGRAM} is missing: apt-get install --no-install-recommends chromium`);
  mkdirSync(PICTURES, { recursive: true });
  return chromium.launch({ executablePath: PROGRAM, args: ["--no-sandbox", "--disable-gpu"] });
}

export interface LookedAt {
  readonly page: Page;
  /** Errors, and refusals by the content security policy. */
  readonly complaints: string[];
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<LookedAt> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: "Europe/Berlin",
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (said) => {
    if (said.type() === "error") complaints.push(said.text());
  });
  return { page, complaints };
}

/** Until an expression holds in the page; its policy lets it be evaluated from outside alone. */
export async function until(page: Page, expression: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await page.evaluate<boolean>(`Boolean(${expression})`)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`never came true: ${expression}`);
}

export const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
