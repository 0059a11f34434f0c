import { describe, expect, test } from "vitest";
import {
  afterNews,
  exitCodeOf,
  NEW_AGENT,
  takesTasks,
  type AgentNews,
  type AgentState,
  type Parting,
} from "./agent-state.js";

const holds = (tasks: number, unacknowledged: number): AgentNews => ({
  kind: "holds",
  tasks,
  unacknowledged,
});
const drain: AgentNews = { kind: "drain-asked" };
const parting = (because: Parting): AgentNews => ({ kind: "parting", because });
const after = (...news: readonly AgentNews[]): AgentState => news.reduce(afterNews, NEW_AGENT);

describe("an agent", () => {
  test.each<[string, readonly AgentNews[], AgentState]>([
    ["is idle when it is new", [], { kind: "idle" }],
    ["runs while it holds tasks", [holds(1, 0)], { kind: "running" }],
    ["is idle when its tasks are over, acknowledged or not", [holds(1, 0), holds(0, 1)], { kind: "idle" }],
    ["drains until nothing is held", [drain, holds(1, 0)], { kind: "draining" }],
    ["drains until all is acknowledged", [holds(1, 0), drain, holds(0, 1)], { kind: "draining" }],
    ["is gone when it is drained", [drain, holds(0, 0)], { kind: "gone", because: { kind: "drained" } }],
    [
      "is gone at once when its lease ends",
      [holds(3, 2), parting({ kind: "lease-ends" })],
      { kind: "gone", because: { kind: "lease-ends" } },
    ],
    [
      "is gone for the first reason that it was given",
      [parting({ kind: "lease-ends" }), parting({ kind: "told-to-end" }), drain, holds(0, 0)],
      { kind: "gone", because: { kind: "lease-ends" } },
    ],
  ])("%s", (_what, news, state) => {
    expect(after(...news)).toEqual(state);
  });

  test("takes tasks while it is idle or running, and never again after a drain", () => {
    expect([after(), after(holds(1, 0)), after(drain), after(drain, holds(1, 0))].map(takesTasks)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("fails only when it was refused for another reason than its release", () => {
    const refused = (code: "released" | "bad-token"): Parting => ({ kind: "refused", code, text: "" });
    expect([refused("bad-token"), refused("released"), { kind: "drained" } as const].map(exitCodeOf)).toEqual(
      [1, 0, 0],
    );
  });
});
