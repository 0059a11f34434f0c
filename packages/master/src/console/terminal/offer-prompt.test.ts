/** The question for an offer, and the small plot beside it. */
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { fourOffers, usd } from "../../../../../test/scenarios/golden/console/example-run.js";
import type { Offers } from "../../planner/offer/records.js";
import { askOffer } from "./ask-offer.js";
import { frontierPlot } from "./frontier-plot.js";
import { inkOf, NO_INK } from "./ink.js";
import { lettersOf } from "./letters.js";
import { promptLines } from "./offer-prompt.js";
import { widthOf } from "./printable.js";

const golden = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test/scenarios/golden/console/${name}.txt`, import.meta.url));
const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;

/** Between the offers, and beyond the cheapest. */
const frontier = fourOffers.offers.flatMap((offer, index) => {
  const next = fourOffers.offers[index + 1];
  if (next === undefined) return [offer];
  const middle = (of: (one: typeof offer) => number): number => (of(offer) + of(next)) / 2;
  const time = { p50: middle((one) => one.time.p50), p90: middle((one) => one.time.p90) };
  const cost = { p50: middle((one) => one.cost.p50), p90: middle((one) => one.cost.p90) };
  return [offer, { ...offer, time, cost } as typeof offer];
});
const offered: Offers = { ...fourOffers, frontier };
const open = { cursor: 1, state: "open" } as const;
const look = (columns: number, rows: number) => ({ columns, rows, ink: NO_INK });

test("the question with its plot at 80 columns", async () => {
  await expect(text(promptLines(offered, open, look(80, 24)))).toMatchFileSnapshot(golden("offer-prompt"));
});

test("where there is room the plot is larger", async () => {
  await expect(text(promptLines(offered, open, look(200, 50)))).toMatchFileSnapshot(
    golden("offer-prompt-wide"),
  );
});

test("a locale without UTF-8 gets ASCII, and one that is not set gets everything", () => {
  const shown = text(promptLines(offered, open, look(80, 24)));
  const plain = lettersOf({ LANG: "C" })(shown);
  expect(plain).toMatch(/^[\n\u0020-\u007e]*$/u);
  expect(plain.split("\n").map((line) => line.length)).toEqual(shown.split("\n").map(widthOf));
  expect(lettersOf({})(shown)).toBe(shown);
  expect(lettersOf({ LC_ALL: "C.UTF-8", LANG: "C" })(shown)).toBe(shown);
  expect(lettersOf({ LC_ALL: "POSIX", LANG: "en_US.UTF-8" })(shown)).toBe(plain);
});

test("no line is as wide as the terminal, and the plot goes before a word of the question is cut", () => {
  for (let columns = 20; columns <= 220; columns += 1) {
    const lines = promptLines(offered, open, look(columns, 24));
    for (const line of lines) expect(widthOf(line), `${String(columns)}: ${line}`).toBeLessThan(columns);
    if (columns >= 60) expect(lines[2]).toContain("$2.50–$2.61");
    expect(lines.length).toBeLessThanOrEqual(7);
  }
});

describe("the plot", () => {
  const plot = { lines: 7, cells: 30, ink: NO_INK };
  test("is none where nothing costs anything, or where it would show nothing", () => {
    const free = fourOffers.offers.map((offer) => ({ ...offer, cost: { p50: usd(0), p90: usd(0) } }));
    expect(frontierPlot({ offers: free, frontier: free }, plot)).toEqual([]);
    expect(frontierPlot(offered, { ...plot, cells: 12 })).toEqual([]);
    expect(frontierPlot({ offers: [], frontier: [] }, plot)).toEqual([]);
  });

  test("has a place for one plan alone", () => {
    const [one] = fourOffers.offers;
    const lines = frontierPlot({ offers: one === undefined ? [] : [one], frontier: [] }, plot);
    expect(lines.filter((line) => /│ +1$/u.test(line))).toHaveLength(1);
  });

  test("shows the number of the marked offer where two are the same plan", () => {
    const [one, two] = fourOffers.offers;
    if (one === undefined || two === undefined) throw new Error("there are four offers");
    const same = { offers: [one, { ...one, name: two.name, sameAs: one.name }], frontier: [] };
    const numbers = (lines: readonly string[]): string | undefined =>
      /[1-9]$/mu.exec(lines.slice(0, 5).join("\n"))?.[0];
    expect(numbers(frontierPlot(same, plot))).toBe("1");
    expect(numbers(frontierPlot(same, { ...plot, marked: two.name }))).toBe("2");
  });
});

describe("the keyboard", () => {
  const asked = (): {
    readonly input: PassThrough;
    readonly shown: () => string;
    readonly pick: Promise<unknown>;
  } => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = new PassThrough();
    const written: string[] = [];
    output.on("data", (chunk: Buffer) => written.push(chunk.toString()));
    const pick = askOffer(offered, new AbortController().signal, { input, output, ink: inkOf(false) });
    return { input, shown: () => written.join(""), pick };
  };

  test("a number goes to its offer, and Enter takes it", async () => {
    const { input, pick, shown } = asked();
    input.write("4");
    input.write("\r");
    expect(await pick).toBe("fastest");
    expect(shown()).toContain("● 4 fastest");
  });

  test("arrows go on from there, and a number without an offer goes nowhere", async () => {
    const { input, pick } = asked();
    for (const key of ["1", "9", "\u001b[B", "\r"]) input.write(key);
    expect(await pick).toBe("cheapest+20");
  });

  test("Escape leaves it", async () => {
    const { input, pick } = asked();
    input.write("\u001b");
    expect(await pick).toBeUndefined();
  });
});
