import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AttemptNumber, TaskId, TaskIndex } from "@stint/shared/ids.js";
import { MESSAGE_BYTES_AIM, type MasterSays } from "@stint/shared/wire/messages.js";
import type { OpenAttempt } from "./open-attempts.js";
import { Outbox } from "./outbox.js";

const attempt = (task: number): OpenAttempt => ({
  command: { task: task as TaskIndex, attempt: 1 as AttemptNumber, kind: "run", slowdown: 1 },
  cancelled: false,
  told: false,
});

/** A stream that takes so many messages and is full then. */
function bench(
  room: number,
  line = "true",
): { outbox: Outbox; said: MasterSays[]; readonly makeRoom: (more: number) => void } {
  const said: MasterSays[] = [];
  let left = room;
  const outbox = new Outbox(
    (says) => {
      said.push(says);
      left -= 1;
      return left > 0;
    },
    ({ command: { task, attempt: number, slowdown } }) => ({
      task,
      attempt: number,
      id: `t${String(task)}` as TaskId,
      command: { kind: "shell", line },
      env: {},
      slowdown,
      replica: 0,
    }),
  );
  return {
    outbox,
    said,
    makeRoom(more) {
      left = more;
      outbox.drained();
    },
  };
}

test("a full stream is handed nothing, and what waits for it is said when it has room, in order", async () => {
  const { outbox, said, makeRoom } = bench(1);
  for (let task = 0; task < 350; task += 1) outbox.start(attempt(task));
  await nextTurn();
  expect(said).toHaveLength(1);
  outbox.start(attempt(350));
  await nextTurn();
  expect(said).toHaveLength(1);
  makeRoom(10);
  await nextTurn();
  const told = said.flatMap((says) => (says.kind === "start" ? says.tasks.map(({ task }) => task) : []));
  expect(told).toEqual(Array.from({ length: 351 }, (_, task) => task));
  expect(said.map((says) => (says.kind === "start" ? says.tasks.length : 0))).toEqual([100, 100, 100, 51]);
});

test("an acknowledgement or a lease that was not said yet is replaced by a later one", async () => {
  const { outbox, said, makeRoom } = bench(1);
  outbox.ack(1);
  await nextTurn();
  for (const seq of [2, 3, 4]) outbox.ack(seq);
  for (const until of [10, 20]) outbox.renew(until);
  makeRoom(10);
  await nextTurn();
  expect(said).toEqual([
    { kind: "ack", seq: 1 },
    { kind: "ack", seq: 4 },
    { kind: "renew", paidUntilBootUs: 20 },
  ]);
});

test("long tasks make small messages", async () => {
  const { outbox, said } = bench(1_000, "x".repeat(MESSAGE_BYTES_AIM / 6));
  for (let task = 0; task < 10; task += 1) outbox.start(attempt(task));
  await nextTurn();
  expect(said.map((says) => (says.kind === "start" ? says.tasks.length : 0))).toEqual([2, 2, 2, 2, 2]);
});

test("an attempt counts as told when it was said, and not before", async () => {
  const { outbox, makeRoom } = bench(1);
  const [said, waiting] = [attempt(0), attempt(1)];
  outbox.start(said);
  await nextTurn();
  outbox.start(waiting);
  await nextTurn();
  expect([said.told, waiting.told]).toEqual([true, false]);
  makeRoom(1);
  await nextTurn();
  expect(waiting.told).toBe(true);
});

test("a closed outbox says nothing of what it still held", async () => {
  const { outbox, said, makeRoom } = bench(1);
  outbox.start(attempt(0));
  outbox.close();
  await nextTurn();
  makeRoom(5);
  outbox.ack(9);
  await nextTurn();
  expect(said).toEqual([]);
});
