import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AttemptNumber, TaskIndex } from "@stint/shared/ids.js";
import type { AttemptResult } from "@stint/shared/observation.js";
import { instant } from "@stint/shared/units.js";
import { createInbox, type Inbox } from "./inbox.js";

const result = (task: number): AttemptResult => ({
  task: task as TaskIndex,
  attempt: 1 as AttemptNumber,
  ending: { kind: "exited", code: 0 },
  startedAt: instant(1),
  endedAt: instant(2),
  slot: 1,
  stdoutBytes: 0,
  stderrBytes: 0,
});
const results = (count: number): AttemptResult[] => Array.from({ length: count }, (_, task) => result(task));

interface Bench {
  readonly inbox: Inbox;
  readonly events: { readonly size: number; readonly durable: () => void }[];
  readonly acked: number[];
  readonly pressed: boolean[];
}

function bench(): Bench {
  const events: Bench["events"] = [];
  const acked: number[] = [];
  const pressed: boolean[] = [];
  const inbox = createInbox({
    deliver: (delivered, durable) => events.push({ size: delivered.length, durable }),
    acked: (seq) => acked.push(seq),
    pressed: (full) => pressed.push(full),
  });
  return { inbox, events, acked, pressed };
}

test("messages that come in one turn of the loop become one event, acknowledged by the last of them", async () => {
  const { inbox, events, acked } = bench();
  for (const seq of [1, 2, 3]) inbox.take(seq, results(2));
  expect(events).toEqual([]);
  await nextTurn();
  expect(events.map(({ size }) => size)).toEqual([6]);
  events[0]!.durable();
  expect(acked).toEqual([3]);
  expect(inbox.ackedSeq()).toBe(3);
});

test("what is flushed is not delivered again", async () => {
  const { inbox, events } = bench();
  inbox.take(1, results(1));
  inbox.flush();
  inbox.flush();
  await nextTurn();
  expect(events).toHaveLength(1);
});

test("a message that comes again before it is durable waits for that", () => {
  const { inbox, events, acked } = bench();
  inbox.take(1, results(1));
  inbox.flush();
  inbox.take(1, results(1));
  expect(acked).toEqual([]);
  events[0]!.durable();
  expect(acked).toEqual([1]);
});

test("the first message that a master hears may have any number, the next only the next", () => {
  const { inbox } = bench();
  expect(inbox.take(57, results(1))).toBe(true);
  expect(inbox.take(59, results(1))).toBe(false);
  expect(inbox.take(58, results(1))).toBe(true);
});

test("it is full beyond ten thousand and has room again at half of that", () => {
  const { inbox, events, pressed } = bench();
  for (let seq = 1; seq <= 10; seq += 1) inbox.take(seq, results(1_000));
  expect(pressed).toEqual([]);
  inbox.take(11, results(1));
  expect(pressed).toEqual([true]);
  expect(inbox.isFull()).toBe(true);
  inbox.flush();
  for (const event of events.slice(0, 5)) event.durable();
  expect(pressed).toEqual([true]);
  events[5]!.durable();
  expect(pressed).toEqual([true, false]);
});
