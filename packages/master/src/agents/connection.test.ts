import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AttemptNumber, MachineId, TaskId, TaskIndex } from "@stint/shared/ids.js";
import { done } from "@stint/shared/result.js";
import { instant } from "@stint/shared/units.js";
import type { MasterSays, TaskReport } from "@stint/shared/wire/messages.js";
import type { RunEvent } from "../planner/records.js";
import { Connection, type Desk } from "./connection.js";
import { createMachineAgent, orderStarts, type MachineAgent } from "./machine-agent.js";

const MACHINE = "small-1" as MachineId;

let said: (MasterSays | "end")[];
let events: RunEvent[];
let agent: MachineAgent;
let desk: Desk;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  events = [];
  agent = createMachineAgent(
    MACHINE,
    () => instant(5),
    (event) => events.push(event),
  );
  agent.ready = "written";
  desk = {
    clock: { now: () => instant(5), ofBoot: instant, bootAt: Number, bootId: "b" },
    heartbeatMs: 10,
    post: (event, durable) => {
      events.push(event);
      durable?.();
    },
    admit: () => done({ agent, session: "s" }),
    orderOf: ({ command: { task, attempt, slowdown } }) => ({
      ...{ task, attempt, slowdown, env: {}, replica: 0 },
      id: "t" as TaskId,
      command: { kind: "shell", line: "true" },
    }),
    refused: () => undefined,
  };
});
afterEach(() => vi.useRealTimers());

const connection = (): Connection =>
  new Connection(
    {
      session: "s",
      join: undefined,
      peer: "here",
      say: (says) => said.push(says) > 0,
      pause: () => undefined,
      resume: () => undefined,
      end: () => said.push("end"),
    },
    desk,
  );

const greeted = (): Connection => {
  const opened = connection();
  opened.heard({
    ...{ kind: "hello", machine: MACHINE, agentVersion: "1", slots: 1, bootId: "b", nowBootUs: 5 },
    ...{ holding: [], containment: "cgroup" },
  });
  return opened;
};

const report = (task: number): TaskReport => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  ending: { kind: "exited", code: 0 },
  ...{ startedBootUs: 1, endedBootUs: 2, slot: 1, stdoutBytes: 0, stderrBytes: 0 },
});

test("a result that comes in one breath with the first pull keeps its attempt from being started again", () => {
  orderStarts(agent, [
    { task: 0 as TaskIndex, attempt: 1 as AttemptNumber, kind: "run", slowdown: 1 },
    { task: 1 as TaskIndex, attempt: 1 as AttemptNumber, kind: "run", slowdown: 1 },
  ]);
  const opened = greeted();
  opened.heard({ kind: "results", seq: 1, results: [report(0)] });
  opened.heard({ kind: "pull", credit: 1 });
  expect(events.map(({ kind }) => kind)).toEqual(["attempts-ended"]);
  vi.runAllTimers();
  const started = said.flatMap((says) => (says !== "end" && says.kind === "start" ? says.tasks : []));
  expect(started.map(({ task }) => task)).toEqual([1]);
});

test("whoever says no hello is refused after a while, and nobody else is", () => {
  greeted();
  vi.runAllTimers();
  expect(said.map((says) => (says === "end" ? says : says.kind))).toEqual(["welcome"]);
  connection();
  vi.runAllTimers();
  expect(said.slice(1)).toEqual([{ kind: "refused", code: "protocol", text: "no hello came" }, "end"]);
});

test("what an agent says after its connection is over is not heard", () => {
  const opened = greeted();
  opened.over();
  opened.heard({ kind: "pull", credit: 1 });
  opened.welcome();
  vi.runAllTimers();
  expect(events).toEqual([]);
  expect(agent.speaker).toBeUndefined();
});
