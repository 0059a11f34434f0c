/** What stands on a real terminal, small and large: a demonstration, and a run that is watched from two others. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { widthOf } from "../../packages/master/src/console/terminal/printable.js";
import { BIN, newPlace, type Place } from "./stint.js";
import { newTerminals, type Terminals } from "./tmux.js";

const SMALL = { columns: 80, rows: 24 } as const;
const LARGE = { columns: 200, rows: 50 } as const;
const SIZES = [
  ["80x24", SMALL],
  ["200x50", LARGE],
] as const;
const STINT = `${process.execPath} ${BIN}`;
const golden = (name: string): string =>
  fileURLToPath(new URL(`../scenarios/golden/console/${name}.txt`, import.meta.url));

let place: Place;
let terminals: Terminals;
beforeAll(() => {
  place = newPlace();
  terminals = newTerminals();
});
afterAll(() => {
  terminals.close();
  place.remove();
});

/** Each line of a live screen is drawn once, whatever was drawn before it. */
function expectWhole(screen: string, { columns }: { readonly columns: number }): void {
  const lines = screen.split("\n");
  for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
  expect(lines.filter((line) => /^cluster .* busy/u.test(line)).length).toBeLessThanOrEqual(1);
  expect(
    lines.filter((line) => / (?:running as|waiting for a choice)/u.test(line)).length,
  ).toBeLessThanOrEqual(1);
}

describe.each(SIZES)("stint demo in a terminal of %s", (name, size) => {
  test("asks for an offer beside a plot, runs it, and ends with a receipt; each screen says that it is imagined", async () => {
    const shown = terminals.open(place.path, size, `${STINT} demo --seed 1 --speed 3000; echo exit code $?`);
    const offers = await shown.shows(/Esc: none/u);
    await expect(offers).toMatchFileSnapshot(golden(`demo-offers-${name}`));
    expect(offers).toContain("(imagined: nothing is rented)");
    shown.type("4");
    expect(await shown.shows(/● 4 fastest/u)).toMatch(/○ 2 cheapest\+20/u);
    shown.type("Enter");
    const running = await shown.shows(/running as fastest/u);
    expectWhole(running, size);
    expect(running).toContain("IMAGINED: nothing is rented, time goes 3000 times as fast");
    const ended = await shown.shows(/exit code 0/u);
    expect(ended).toMatch(/promised P50–P90/u);
    expect(shown.whole()).toMatch(
      /IMAGINED: nothing is rented.*\nreceipt · all tasks done · demo\n1,000 of 1,000/u,
    );
    expect(shown.cursor()).toBe(true);
  });

  test("Ctrl-C leaves it at once, also at the question, and the terminal is as it was", async () => {
    const shown = terminals.open(place.path, size, `${STINT} demo --seed 1; echo exit code $?`);
    await shown.shows(/sampling, /u);
    expect(shown.cursor()).toBe(false);
    shown.type("C-c");
    await shown.shows(/Left\. Nothing was rented, and nothing is kept\.\n(?:exit code )130/u);
    expect(shown.cursor()).toBe(true);
    shown.type(`clear; ${STINT} demo --seed 1 --speed 3000; echo exit code $?`, "Enter");
    await shown.shows(/Esc: none/u);
    shown.type("C-c");
    await shown.shows(/Left\. Nothing was rented, and nothing is kept\.\nexit code 130/u);
    shown.type("echo still a shell", "Enter");
    await shown.shows(/^still a shell$/mu);
  });
});

test("the same demonstration always comes to the same end, however fast it is played", async () => {
  const receipts = await Promise.all(
    ["5000", "20000"].map(async (speed) => {
      const { code, stdout } = await place.stint(
        "demo",
        "--seed",
        "1",
        "--speed",
        speed,
        "--choose",
        "fastest",
        "--json",
      );
      expect(code).toBe(0);
      return JSON.parse(stdout) as { readonly bag: string; readonly spent_usd: number };
    }),
  );
  expect(receipts[0]).toEqual(receipts[1]);
  expect(receipts[0]?.bag).toMatch(/^imagined: 1,000 tasks/u);
});

test("off a terminal each line says that it is imagined, nobody is asked, and no file is written", async () => {
  const { code, stderr, stdout } = await place.stint("demo", "--seed", "1", "--speed", "20000");
  expect(code).toBe(0);
  expect(stdout).toBe("");
  const timed = stderr.split("\n").filter((line) => line.startsWith("["));
  expect(timed.length).toBeGreaterThan(10);
  for (const line of timed) expect(line).toMatch(/^\[\d+:\d\d:\d\d imagined\] /u);
  expect(stderr).toContain("cheapest+20 accepted");
  expect(() => place.run()).toThrow();
});

test("a run is watched on a small and a large terminal: while an offer is picked, while it runs, and at its end", async () => {
  place.write("bag.txt", "sleep 0.7\n".repeat(90));
  place.write(
    "stint.yaml",
    "clusters:\n" +
      "  tortoise: {provider: local, max: 2, slots: 1, speed: 0.5, price: 0.18 usd/h, atu: 5s}\n" +
      "  hare: {provider: local, max: 4, slots: 1, price: 0.72 usd/h, atu: 5s}\n",
  );
  const run = terminals.open(place.path, SMALL, `${STINT} run bag.txt --clusters stint.yaml --budget 1usd`);
  await run.shows(/sampling, /u);
  const watching = SIZES.map(([, size]) => ({
    size,
    terminal: terminals.open(place.path, size, `${STINT} watch; echo exit code $?`),
  }));
  await run.shows(/Esc: none/u);
  for (const { size, terminal } of watching) {
    const screen = await terminal.shows(/waiting for a choice[^]*busy/u);
    expectWhole(screen, size);
    expect(terminal.whole()).toMatch(/▸ cheapest\+20 [^]*To pick one from here/u);
  }
  run.type("4", "Enter");
  await Promise.all(watching.map(({ terminal }) => terminal.shows(/(?:running|last tasks) as fastest/u)));
  const [small, large] = watching;
  expect(large?.terminal.screen()).toMatch(/^money ━.*\n[^]*runs longest[^]*\ndecided\n0:00:\d\d {2}/mu);
  expect(small?.terminal.screen()).not.toMatch(/runs longest|decided/u);
  for (const size of [{ columns: 150, rows: 30 }, { columns: 60, rows: 20 }, SMALL]) {
    small?.terminal.resize(size);
    expectWhole((await small?.terminal.shows(/as fastest/u)) ?? "", size);
  }
  for (const { size, terminal } of watching) {
    await terminal.shows(/exit code 0/u);
    expect(terminal.whole()).toMatch(/receipt · all tasks done[^]*90 of 90 tasks done/u);
    expect(terminal.cursor()).toBe(true);
    expectWhole(terminal.screen(), { columns: size.columns });
  }
});
