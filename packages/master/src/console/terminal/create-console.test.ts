/** What the console does with a run that goes on: announce, draw not too often, ask once, bear a lost terminal. */
import { PassThrough, Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fourOffers, runningView } from "../../../../../test/scenarios/golden/console/example-run.js";
import { minutes } from "@stint/shared/units.js";
import type { Frame } from "../../planner/records.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import type { RunView } from "../../planner/view.js";
import { createConsole, type TerminalConsole } from "./create-console.js";

type SeenRun = Parameters<TerminalConsole["start"]>[0];

const view = runningView();
const NOTHING_CLOSED = { attempts: [], machines: [] };

interface Stage {
  readonly console: TerminalConsole;
  readonly run: SeenRun;
  readonly view: RunView;
  readonly written: string[];
  readonly choices: (OfferName | undefined)[];
  readonly output: Writable;
  readonly input: PassThrough;
}

function stage(isTTY: boolean): Stage {
  const written: string[] = [];
  const shownView = runningView();
  const output = Object.assign(
    new Writable({
      write(chunk: Buffer, _, done) {
        written.push(chunk.toString());
        done();
      },
    }),
    { isTTY, columns: 80, rows: 24 },
  );
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
  const choices: (OfferName | undefined)[] = [];
  const run = {
    phase: "running",
    beganAt: view.beganAt,
    settings: {
      clusters: ["small", "large", "campus"].map((name) => ({ name, tariff: { price: 40_000 } })),
      wait: minutes(5),
      review: minutes(5),
    },
    offer: { offers: undefined, awaited: undefined, pendingPick: undefined, refused: false },
    attempts: { count: { running: 2 } },
  } as unknown as SeenRun;
  const made = createConsole({
    output,
    input,
    env: {},
    folder: "runs/x",
    now: () => view.at,
    view: () => shownView,
    headline: (decision) => (decision.kind === "renew-machine" ? undefined : `${decision.kind} now`),
    onChoice: (pick) => choices.push(pick),
  });
  return { console: made, run, view: shownView, written, choices, output, input };
}

const frame = (...kinds: string[]): Frame =>
  ({
    event: { kind: "time-passed", at: view.at },
    decisions: kinds.map((kind) => ({ kind, because: { kind: "plan-wants" } })),
  }) as unknown as Frame;
const shown = (): Frame => ({
  ...frame(),
  decisions: [{ kind: "show-offers", offers: fourOffers, because: { kind: "offers-are-in" } }],
});

function offer(at: Stage): void {
  Object.assign(at.run, { phase: "choosing", offer: { ...at.run.offer, offers: fourOffers } });
  at.console.seen(shown(), at.run, NOTHING_CLOSED);
}

beforeEach(() =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }),
);
afterEach(() => vi.useRealTimers());

describe("where there is no terminal", () => {
  test("decisions are announced with the time, alike ones in one line, and what comes with every task is not", () => {
    const at = stage(false);
    at.console.seen(
      frame("rent-machine", "renew-machine", "rent-machine", "rent-machine", "adopt-plan"),
      at.run,
      NOTHING_CLOSED,
    );
    expect(at.written.join("")).toBe(
      "[0:12:34] rent-machine now (and 2 more alike)\n[0:12:34] adopt-plan now\n",
    );
  });

  test("a line says where the run stands each half minute, and no longer once it is closed", () => {
    const at = stage(false);
    at.console.start(at.run);
    vi.advanceTimersByTime(90_000);
    expect(at.written).toHaveLength(3);
    expect(at.written[0]).toMatch(/^\[0:12:34\] running as cheapest\+20: 1,420 of 5,000 done/u);
    at.console.close();
    vi.advanceTimersByTime(90_000);
    expect(at.written).toHaveLength(3);
  });

  test("offers are printed and nobody is asked", async () => {
    const at = stage(false);
    offer(at);
    at.console.seen(frame(), at.run, NOTHING_CLOSED);
    await Promise.resolve();
    expect(at.written.join("")).toContain("▸ cheapest+20  4 small + 2 large");
    expect(at.written.join("")).not.toContain("While you choose");
    expect(at.choices).toEqual([undefined]);
  });

  test("the mark stands at the offer that is picked already", () => {
    const at = stage(false);
    const [fastest] = fourOffers.offers.filter(({ name }) => name === "fastest");
    const accept = { kind: "accept-offer", offer: fastest, because: { kind: "picked" } };
    at.console.seen(
      { ...shown(), decisions: [...shown().decisions, accept] } as Frame,
      at.run,
      NOTHING_CLOSED,
    );
    const said = at.written.join("");
    expect(said).toMatch(/^▸ fastest +8 small \+ 5 large/mu);
    expect(said).toMatch(/^ {2}cheapest\+20/mu);
    expect(said).toMatch(/^▸ picked\. P50/mu);
  });

  test("nothing in it is an escape sequence", () => {
    const at = stage(false);
    offer(at);
    at.console.stopping("drain");
    at.console.close();
    expect(at.written.join("")).not.toContain("\u001b");
  });
});

describe("on a terminal", () => {
  test("a thousand steps within a second are drawn at most five times", () => {
    const at = stage(true);
    at.console.start(at.run);
    for (let step = 0; step < 1_000; step += 1) {
      Object.assign(at.view.tasks, { done: step });
      at.console.seen(frame("rent-machine"), at.run, NOTHING_CLOSED);
      vi.advanceTimersByTime(1);
    }
    const draws = at.written.filter((text) => text.includes("\u001b[?2026h")).length;
    expect(draws).toBeGreaterThan(1);
    expect(draws).toBeLessThanOrEqual(5);
    at.console.close();
  });

  test("the prompt gets what is typed, and one answer is one pick", async () => {
    vi.useRealTimers();
    const at = stage(true);
    at.console.start(at.run);
    offer(at);
    at.input.write("\u001b[B");
    at.input.write("\r");
    await vi.waitFor(() => expect(at.choices).toEqual(["fastest-20"]));
    expect(at.written.join("").replaceAll(/\s+/gu, " ")).toContain(
      "While you choose, for at most 5 min 00 s, the machines that cheapest uses go on with the bag at $0.16 an hour; " +
        "others stop before they make it dearer. Offers are computed anew for a pick after 5 min 00 s.",
    );
    at.console.close();
  });

  test("a question that is no longer open goes away without an answer", async () => {
    vi.useRealTimers();
    const at = stage(true);
    at.console.start(at.run);
    offer(at);
    Object.assign(at.run, { phase: "stopping" });
    at.console.seen(frame("begin-stopping"), at.run, NOTHING_CLOSED);
    await vi.waitFor(() => expect(at.written.at(-1)).toContain("running as cheapest+20"));
    expect(at.choices).toEqual([]);
    at.console.close();
  });

  test("a terminal that is lost while it is asked on chooses nothing, whatever fails on the way", async () => {
    vi.useRealTimers();
    const at = stage(true);
    Object.assign(at.input, { setRawMode: () => at.input.emit("error", new Error("setRawMode EIO")) });
    at.console.start(at.run);
    offer(at);
    at.input.end();
    await vi.waitFor(() => expect(at.choices).toEqual([undefined]));
    at.console.close();
  });

  test("a terminal that is lost is written to no more, and the run is none the wiser", () => {
    const at = stage(true);
    at.console.start(at.run);
    at.output.emit("error", new Error("EIO"));
    const before = at.written.length;
    at.console.seen(frame("rent-machine"), at.run, NOTHING_CLOSED);
    at.console.say(["trouble"]);
    at.console.stopping("now");
    vi.advanceTimersByTime(5_000);
    at.console.close();
    expect(at.written.slice(before).join("")).not.toMatch(/trouble|running as|Stopping/u);
  });
});
