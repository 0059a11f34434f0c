/** What a person sees of a run: each text is short enough to be read as it stands. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import type { ClusterName } from "@stint/shared/ids.js";
import {
  clusterView,
  doneSummary,
  fourOffers,
  freeView,
  manyClustersView,
  noOffers,
  riskyOffers,
  runningView,
  samplingView,
  usd,
} from "../../../../../test/scenarios/golden/console/example-run.js";
import { commandLines } from "./command-lines.js";
import { droppedLines } from "./dropped-lines.js";
import { failureLines } from "./failure-lines.js";
import { NO_INK } from "./ink.js";
import { offerTable } from "./offer-table.js";
import { plainLine } from "./plain-line.js";
import { widthOf } from "./printable.js";
import { receiptLines } from "./receipt.js";
import { screenLines } from "./screen.js";
import { shortfallLines } from "./shortfall.js";
import { stopLines } from "./stop-words.js";
import { wayOnLines } from "./way-on.js";

const NAMES = ["small", "large", "campus"] as ClusterName[];
const FOLDER = "runs/2026-01-02T03-04-05-render-frames";
const text = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const golden = (name: string): string =>
  fileURLToPath(new URL(`../../../../../test/scenarios/golden/console/${name}.txt`, import.meta.url));

test("the screen of a running run", async () => {
  await expect(text(screenLines(runningView(), 80))).toMatchFileSnapshot(golden("screen-running"));
});

test("the screen while sampling, with nothing running yet", async () => {
  await expect(
    text(screenLines(samplingView({ waitingFor: "4 machines are starting" }), 80)),
  ).toMatchFileSnapshot(golden("screen-sampling"));
});

test("a run that costs nothing says nothing of money", async () => {
  await expect(text(screenLines(freeView(), 80))).toMatchFileSnapshot(golden("screen-free"));
  expect(text(receiptLines(doneSummary({ budget_usd: null, spent_usd: 0 }), 80))).not.toContain("$");
});

test("a run that is paused is called so in one word, with the command that lets it go on", () => {
  const paused = { ...runningView(), paused: true as const, waitingFor: "the run is paused" };
  const look = { ink: NO_INK, clustersMost: 4, folder: FOLDER };
  const shown = text(screenLines(paused, 80, look));
  expect(shown).toMatch(/^\S+ · paused +\d/u);
  expect(shown).toContain(`\nto go on: stint resume ${FOLDER}\n`);
  expect(shown).not.toMatch(/running as|nothing runs| left\b/u);
  expect(text(screenLines(runningView(), 80, look))).not.toContain("to go on");
});

test("of a cluster's machines those that start and those that are wanted are told apart", () => {
  const machines = (
    rest: Partial<ReturnType<typeof clusterView>>,
    more: { readonly paused?: true } = {},
  ): string | undefined =>
    screenLines(runningView({ clusters: [clusterView("x", { booting: 0, ...rest })], ...more }), 80)
      .find((line) => line.startsWith("x "))
      ?.split(/ +/u)[1];
  expect(machines({ machines: 2, wanted: 2 })).toBe("2");
  expect(machines({ machines: 1, booting: 1, wanted: 2 })).toBe("1+1");
  expect(machines({ machines: 1, booting: 2, wanted: 4 })).toBe("1+2→4");
  expect(machines({ machines: 2, wanted: 1 })).toBe("2→1");
  expect(machines({ machines: 1, wanted: 2 }, { paused: true }), "paused, it rents nothing").toBe("1");
});

test("clusters where nothing goes on are one line", async () => {
  await expect(
    text(screenLines(manyClustersView(), 80, { ink: NO_INK, clustersMost: 4 })),
  ).toMatchFileSnapshot(golden("screen-many-clusters"));
});

test("the line of a log", async () => {
  await expect(text([plainLine(runningView())])).toMatchFileSnapshot(golden("plain-line"));
});

test("four offers side by side", async () => {
  await expect(text(offerTable(fourOffers, NAMES, { columns: 80 }))).toMatchFileSnapshot(golden("offers"));
});

test("risky offers are marked, and what copies would gain is said", async () => {
  await expect(text(offerTable(riskyOffers, NAMES, { columns: 80 }))).toMatchFileSnapshot(
    golden("offers-risky"),
  );
});

test("the receipt", async () => {
  await expect(text(receiptLines(doneSummary(), 80))).toMatchFileSnapshot(golden("receipt"));
});

test("a plan without offers is told as a run that has not begun, and no choice is asked for", () => {
  const planned = doneSummary({ state: "needs-choice", offers: [], chosen: null });
  expect(text(receiptLines(planned, 80))).toMatch(/^receipt · not begun, there is nothing to choose · /u);
  const offered = doneSummary({ state: "needs-choice", chosen: null });
  expect(text(receiptLines(offered, 80))).toMatch(/^receipt · stopped, a choice is needed · /u);
  const { offers: _, ...view } = runningView({ phase: "ended", endState: "needs-choice" });
  expect(text(screenLines(view, 80))).toMatch(/ · not begun, there is nothing to choose /u);
});

test("commands that follow each other are broken between them, and only where they do not fit", () => {
  const chain = { label: "so: ", commands: ["stint pause", "stint resume x"], joint: " &&" as const };
  expect(commandLines(chain, 34)).toEqual(["so: stint pause && stint resume x"]);
  expect(commandLines(chain, 33)).toEqual(["so: stint pause &&", "    stint resume x"]);
  expect(commandLines(chain, 18)).toEqual(["so:", "    stint pause &&", "    stint resume x"]);
});

test("money that buys only a part says what it buys, and both ways on", async () => {
  const short = noOffers.shortfall!;
  await expect(
    text(shortfallLines(short, { budget: usd(0.3), tasks: 1_000, done: 28, folder: FOLDER }, 80)),
  ).toMatchFileSnapshot(golden("shortfall"));
});

describe("what can be done after a run", () => {
  const after = (rest: Parameters<typeof doneSummary>[0], held = false): string =>
    wayOnLines(doneSummary(rest), { folder: FOLDER, columns: 80, held }).join("\n");
  const short = { tasks_bought: { p50: 730, p90: 700 }, budget_needed_usd: 6.4113, whole_unknown: false };

  test("is nothing when somebody is at work on it", () => {
    expect(after({ state: "running" }, true)).toBe("");
  });
  test.each([
    [{ state: "running" as const }, `stint resume ${FOLDER}`],
    [{ state: "stopped" as const }, `stint resume ${FOLDER}`],
    [{ state: "failed-tasks" as const }, `stint logs NUMBER --run ${FOLDER}`],
    [{ state: "needs-choice" as const }, `stint resume ${FOLDER} --choose fastest`],
    [
      { state: "budget-too-low" as const, accepted_at: null, shortfall: short },
      `  stint budget add 1.42usd ${FOLDER} &&\n    stint resume ${FOLDER}\n`,
    ],
    [
      {
        state: "budget-too-low" as const,
        budget_usd: 5,
        spent_usd: 4.9,
        shortfall: { tasks_bought: { p50: 700, p90: 700 }, budget_needed_usd: 7, whole_unknown: false },
        tasks: { total: 1_000, done: 700, failed: 0, quarantined: 0, left: 300 },
      },
      `\n  stint budget add 2.00usd ${FOLDER} &&\n  stint resume ${FOLDER}`,
    ],
  ])("of %j is %s", (rest, command) => {
    expect(after(rest)).toContain(command);
  });
});

test("Ctrl-C says what happens now, and how to come back", async () => {
  await expect(text(stopLines("drain", 14, FOLDER))).toMatchFileSnapshot(golden("stopping"));
  expect(stopLines("now", 14, FOLDER)[0]).toMatch(/cancelled/u);
});

test("attempts that failed are shown in their own last words, and those harm no terminal", () => {
  const failures = [
    { number: 12, command: "render --frame 12", how: "exit code 127", said: "sh: 1: render: not found\r\n" },
    { number: 13, command: "x\u001b[2J\ny", how: "timed out", said: "1\n2\n\n3\n4\n\u001b]0;owned\u0007\n" },
    { number: 14, command: "quiet", how: "ended by SIGKILL", said: "" },
  ];
  const failed = { numbers: [12, 13, 14], count: 5 };
  const quarantined = { numbers: [99], count: 1 };
  expect(failureLines(failures, { failed, quarantined }, 80)).toEqual([
    "",
    "What the first tasks that failed said:",
    "  task 12, exit code 127: render --frame 12",
    "    sh: 1: render: not found",
    "  task 13, timed out: x\\x1b[2J\\x0ay",
    "    2",
    "    3",
    "    4",
    "    \\x1b]0;owned\\x07",
    "  task 14, ended by SIGKILL: quiet",
    "    (nothing)",
    "",
    "Failed for good: tasks 12, 13, 14 and 2 more.",
    "",
    "In quarantine, as machine after machine went away with it: task 99.",
  ]);
  const none = { numbers: [], count: 0 };
  expect(failureLines([], { failed: none, quarantined: none }, 80)).toEqual([]);
});

test("variables that tasks do not get are named, with the way to give them one", () => {
  expect(droppedLines([])).toEqual([]);
  expect(droppedLines(["A_TOKEN", "B\u001b_KEY"]).join(" ")).toBe(
    "Tasks do not get what looks secret: A_TOKEN, B\\x1b_KEY (--env NAME gives one).",
  );
  expect(droppedLines(["A", "B", "C", "D", "E", "F", "G"]).join(" ")).toContain("D, E and 2 more");
});

test("a cluster that was not used is named below the others, and its name moves none of their columns", () => {
  const { campus, ...used } = doneSummary().clusters;
  const idle = { machines: 0, atus: 0, spent_usd: 0, tasks: 0, mean_s: null };
  const lines = receiptLines(doneSummary({ clusters: { ...used, "a-cluster-nobody-took": idle } }), 80);
  expect(campus).toBeDefined();
  expect(lines).toContain("not used: a-cluster-nobody-took");
  expect(lines).toContain("cluster  rented in all  tasks  runtime   units       paid");
});

const anyText = fc.string({ unit: "binary", maxLength: 40 });
const columns = fc.integer({ min: 20, max: 250 });

test("no line of the screen is as wide as the terminal, or moves its cursor, whatever the names", () => {
  fc.assert(
    fc.property(columns, anyText, anyText, fc.nat(2_000_000), (width, name, decision, done) => {
      const view = runningView({
        name,
        clusters: [
          clusterView(name, { done, machines: done, slots: done, busySlots: done, spent: usd(done) }),
        ],
        tasks: { total: 2_000_000, done, failed: 0, running: 0, waiting: 0, left: done },
        waitingFor: decision,
        lastDecision: { at: runningView().at, text: decision },
      });
      for (const line of screenLines(view, width)) {
        expect(widthOf(line)).toBeLessThan(width);
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/u);
      }
    }),
  );
});

test("a receipt fits into 80 columns however large its figures", () => {
  fc.assert(
    fc.property(columns, fc.nat(1_000_000_000), fc.nat(2_000_000), anyText, (width, micro, tasks, name) => {
      const summary = doneSummary({
        run: name,
        spent_usd: micro / 1e6,
        useful_usd: micro / 1e6,
        budget_usd: 1_000,
        tasks: { total: tasks, done: tasks, failed: tasks, quarantined: 0, left: tasks },
        clusters: {
          [name]: { machines: tasks + 1, atus: micro, spent_usd: micro / 1e6, tasks, mean_s: micro },
        },
      });
      for (const line of receiptLines(summary, width))
        expect(widthOf(line)).toBeLessThan(Math.min(81, width));
    }),
  );
});
