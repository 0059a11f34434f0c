/** Are amounts, spans and waits told in words that are true? */
import { expect, test } from "vitest";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { waitBefore } from "../client/backoff.js";
import { machinesIn } from "./count.js";
import { aboutUsd, columnOfUsd, exactUsd, usdRange, usdWord } from "./money.js";
import { calledAs, waitsFor } from "./run.js";
import { clock, inUtc, spanRange } from "./time.js";

test("money has its sign, and a column the same decimals", () => {
  expect([
    exactUsd(0.1 + 0.2),
    aboutUsd(1.2345),
    aboutUsd(0.012345),
    usdRange({ p50: 4.308, p90: 4.8 }),
  ]).toEqual(["$0.30", "$1.23", "$0.0123", "$4.31–$4.80"]);
  expect([1, 0.000001].map(columnOfUsd([1, 0.000001]))).toEqual(["$1.000000", "$0.000001"]);
});

test.each([
  ["5", "5usd"],
  [" $1,200.50 ", "1200.50usd"],
  ["0.5 USD", "0.5usd"],
  ["0", undefined],
  ["-3", undefined],
  ["5 eur", undefined],
  ["1e3", undefined],
  ["0.0000001", undefined],
])("an amount that is typed as %s is %s", (typed, word) => {
  expect(usdWord(typed)).toBe(word);
});

test("an instant is told in the reader's zone, and in UTC beside", () => {
  const at = Date.parse("2026-11-29T06:05:07Z");
  expect(clock(at, at)).toBe(
    new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at),
  );
  expect(clock(at, at + 86_400_000)).toContain(", ");
  expect(inUtc(at)).toBe("2026-11-29 06:05:07 UTC");
  expect(spanRange({ p50: 720, p90: 1_080 })).toBe("12–18 min");
});

test("machines that there are none of are left out", () => {
  expect([machinesIn({ small: 2, large: 0 }), machinesIn({ a: 1, b: 3 }), machinesIn({})]).toEqual([
    "2 small",
    "1 a + 3 b",
    "no machine",
  ]);
});

const VIEW = {
  phase: "running",
  paused: false,
  awaits_choice: false,
  waiting_for: null,
  machines_silent: 0,
  tasks: { running: 2 },
  clusters: [{ booting: 0, machines: 1 }],
} as unknown as LiveView;
test.each<[Partial<LiveView>, RegExp | undefined]>([
  [{}, undefined],
  [{ phase: "ended", paused: true }, undefined],
  [{ paused: true }, /^Paused by a person/u],
  [{ awaits_choice: true, phase: "choosing" }, /pick an offer/u],
  [{ waiting_for: "no money is free" }, /^no money is free$/u],
  [{ phase: "stopping" }, /^Stopping: 2 tasks still running/u],
  [{ clusters: [{ booting: 2, machines: 0 }] as never }, /^Waiting for 2 machines to boot/u],
  [{ phase: "choosing" }, /offers are being computed/u],
  [{ machines_silent: 1 }, /^1 machine silent/u],
])("a run that is %j says why it waits", (over, why) => {
  const words = waitsFor({ ...VIEW, ...over });
  if (why === undefined) expect(words).toBeUndefined();
  else expect(words).toMatch(why);
});

test("tries to connect come at longer and longer intervals, never all at once, and never give up", () => {
  const waits = [0, 1, 2, 3, 50].map((tries) => [waitBefore(tries, 0), waitBefore(tries, 0.999)]);
  expect(waits).toEqual([
    [200, 400],
    [400, 800],
    [800, 1_599],
    [1_600, 3_198],
    [7_500, 14_993],
  ]);
});

test.each([
  ["2026-11-29T08-21-12-d", "d.txt", "d.txt"],
  ["2026-11-29T0612-docking", "docking-screen.txt", "docking-screen.txt"],
  ["2026-11-29T08-21-12-nightly", "d.txt", "nightly: d.txt"],
  ["2026-11-29T08-21-12-2d", "d.txt", "d.txt"],
  ["by-hand", "d.txt", "d.txt"],
])("the run %s of %s is called %s", (run, bag, called) => {
  expect(calledAs({ run, bag })).toBe(called);
});
