import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { AttemptNumber, TaskIndex } from "@stint/shared/ids.js";
import type { SpooledBatch } from "@stint/shared/spool.js";
import type { Results, TaskReport } from "@stint/shared/wire/messages.js";
import { createOutbox, type Outbox } from "./outbox.js";

let outbox: Outbox;
let spooled: SpooledBatch[];
let ackedInSpool: (readonly [number, boolean])[];
let sent: Results[];

beforeEach(() => {
  [spooled, ackedInSpool, sent] = [[], [], []];
  const acked = (seq: number, empty: boolean): void => void ackedInSpool.push([seq, empty]);
  outbox = createOutbox({
    bootId: "boot",
    spool: { add: (batch) => spooled.push(batch), acked },
    changed: () => undefined,
  });
});

const report = (task: number): TaskReport => ({
  ...{ task: task as TaskIndex, attempt: 1 as AttemptNumber, ending: { kind: "exited", code: 0 } },
  ...{ startedBootUs: 0, endedBootUs: 1, slot: 1, stdoutBytes: 0, stderrBytes: 0 },
});
const addOneATurn = async (...tasks: readonly number[]): Promise<void> => {
  for (const task of tasks) {
    outbox.add(report(task), 0);
    await turn();
  }
};
const send = (results: Results): boolean => sent.push(results) > 0;
const tasksIn = (batches: readonly Results[]) =>
  batches.map(({ results }) => results.map(({ task }) => task));

describe("the outbox", () => {
  test("sends together what ends in the same turn, in parts of a hundred", async () => {
    outbox.connected(send);
    for (let task = 0; task < 230; task += 1) outbox.add(report(task), 0);
    await turn();
    expect(sent.map(({ seq, results }) => [seq, results.length])).toEqual([
      [1, 100],
      [2, 100],
      [3, 30],
    ]);
  });

  test("lets a result wait for others as long as it may, and not when one of them may not", async () => {
    outbox.connected(send);
    for (const task of [1, 2]) {
      outbox.add(report(task), 60_000);
      await turn();
    }
    expect(sent).toEqual([]);
    await addOneATurn(3);
    expect(tasksIn(sent)).toEqual([[1, 2, 3]]);
  });

  test("gathers while four batches are under way, and sends the rest when one is acknowledged", async () => {
    outbox.connected(send);
    await addOneATurn(1, 2, 3, 4, 5, 6, 7);
    expect(tasksIn(sent)).toEqual([[1], [2], [3], [4]]);
    outbox.acked(1);
    expect(tasksIn(sent)).toEqual([[1], [2], [3], [4], [5, 6, 7]]);
  });

  test("has put every batch in the spool before it is sent, and says there what is acknowledged", async () => {
    outbox.connected((results) => {
      expect(spooled.at(-1)).toEqual({ seq: results.seq, bootId: "boot", reports: results.results });
      return send(results);
    });
    await addOneATurn(1, 2);
    outbox.acked(1);
    outbox.acked(2);
    expect(ackedInSpool).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  test("spools at once what ends while nobody listens, and when it is told to", async () => {
    await addOneATurn(1);
    outbox.add(report(2), 60_000);
    outbox.flush();
    expect(spooled.map(({ seq, reports }) => [seq, reports.length])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test("sends all that is unacknowledged again, in order and under the same numbers, to whoever listens next", async () => {
    outbox.connected(send);
    await addOneATurn(1, 2, 3, 4, 5, 6);
    outbox.acked(2);
    outbox.disconnected();
    await addOneATurn(7);
    sent = [];
    outbox.connected(send);
    expect(sent.map(({ seq, results }) => [seq, results.map(({ task }) => task)])).toEqual([
      [3, [3]],
      [4, [4]],
      [5, [5, 6]],
      [6, [7]],
    ]);
  });

  test("stops when the line is full, and goes on when it is not", async () => {
    outbox.connected((results) => send(results) && false);
    await addOneATurn(1, 2);
    expect(tasksIn(sent)).toEqual([[1]]);
    outbox.drained();
    expect(tasksIn(sent)).toEqual([[1], [2]]);
  });

  test("knows what it has until that is acknowledged", async () => {
    outbox.connected(send);
    await addOneATurn(1, 2);
    outbox.acked(1);
    expect([report(1), report(2)].map((one) => outbox.has(one))).toEqual([false, true]);
    expect(outbox.unacknowledged()).toBe(1);
    outbox.acked(2);
    expect(outbox.unacknowledged()).toBe(0);
  });
});
