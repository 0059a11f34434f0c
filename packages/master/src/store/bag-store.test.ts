import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Task } from "@stint/shared/bag/bag.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import { seconds } from "@stint/shared/units.js";
import { findTask, openBag } from "./open-bag.js";
import { provenSeal, sealBag } from "./seal-bag.js";
import { writeBag } from "./write-bag.js";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-bag-"));
  path = join(folder, "bag.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (id: string, more: Partial<Task> = {}): Task => ({
  id: id as TaskId,
  command: { kind: "shell", line: `echo ${id}` },
  ...more,
});
const at = (index: number): TaskIndex => index as TaskIndex;

async function* streamed(tasks: readonly Task[]): AsyncGenerator<Task> {
  for (const task of tasks) {
    await Promise.resolve();
    yield task;
  }
}

const troubleOf = (act: () => unknown): TroubleError["trouble"] => {
  try {
    act();
  } catch (error) {
    if (error instanceof TroubleError) return error.trouble;
    throw error;
  }
  throw new Error("there was no trouble");
};

const text = fc.string({ unit: "binary", maxLength: 30 });
const anyTask = fc
  .record(
    {
      command: fc.oneof(
        text.map((shell) => ({ kind: "shell" as const, line: shell })),
        fc
          .array(text, { minLength: 1 })
          .map((argv) => ({ kind: "argv" as const, argv: argv as [string, ...string[]] })),
      ),
      cwd: text,
      env: fc.dictionary(fc.oneof(text, fc.constantFrom("retries", "replicable")), text),
      retries: fc.nat(1000),
      replicable: fc.boolean(),
      features: fc.dictionary(fc.constantFrom("retries", "size"), fc.oneof(fc.nat(), text)),
    },
    { requiredKeys: ["command"], noNullPrototype: true },
  )
  .map((task) => task as Omit<Task, "id">);
const anyBag = fc
  .uniqueArray(text, { maxLength: 20 })
  .chain((ids) => fc.tuple(...ids.map((id) => anyTask.map((task): Task => ({ ...task, id: id as TaskId })))));

test("every task is read as it was written, found by its id, and planned as it says", async () => {
  await fc.assert(
    fc.asyncProperty(anyBag, fc.nat(9), fc.boolean(), async (tasks, retries, replicable) => {
      const written = await writeBag(path, streamed(tasks));
      expect(written.size).toBe(tasks.length);
      const bag = openBag(path);
      const shape = bag.shape({ retries, replicable });
      expect(bag.size).toBe(tasks.length);
      for (const [index, task] of tasks.entries()) {
        expect(bag.taskAt(at(index))).toEqual(task);
        expect(bag.indexOfId(task.id)).toBe(index);
        expect(shape.retriesOf(at(index))).toBe(task.retries ?? retries);
        expect(shape.mayBeCopied(at(index))).toBe(task.replicable ?? replicable);
      }
      bag.close();
    }),
  );
});

describe("a kept bag", () => {
  test("is one line a task, for its owner only, and its sum is that of the file", async () => {
    const { seal } = await writeBag(path, [line("a"), line("b", { timeout: seconds(3) })]);
    const content = readFileSync(path);
    expect(content.toString()).toBe(
      '{"id":"a","command":{"kind":"shell","line":"echo a"}}\n' +
        '{"id":"b","command":{"kind":"shell","line":"echo b"},"timeout":3000000}\n',
    );
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(seal).toEqual({ bytes: content.length, sha256 });
    expect(sealBag(path)).toEqual(seal);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("that has none of its seals is refused, grown or changed; the seal of what may come next is one of them", async () => {
    const { seal } = await writeBag(path, [line("a"), line("b")]);
    const content = readFileSync(path, "utf8");
    expect(provenSeal(path, [seal])).toEqual(seal);
    writeFileSync(path, content + content.replaceAll('"a"', '"c"'));
    const next = sealBag(path);
    expect(provenSeal(path, [seal, next])).toEqual(next);
    expect(provenSeal(path, [])).toEqual(next);
    expect(troubleOf(() => provenSeal(path, [seal]))).toMatchObject({
      code: "bag-changed",
      found: `${String(content.length)} bytes behind the tasks that stint wrote`,
    });
    for (const edited of [content.replace("echo a", "echo c"), content.slice(0, -1), ""]) {
      writeFileSync(path, edited);
      expect(troubleOf(() => provenSeal(path, [seal, next]))).toMatchObject({
        code: "bag-changed",
        where: path,
      });
    }
  });

  test("is not there at all when its source fails midway", async () => {
    const broken = async function* (): AsyncGenerator<Task> {
      yield* streamed([line("a")]);
      throw new Error("bag.txt:2");
    };
    await expect(writeBag(path, broken())).rejects.toThrow("bag.txt:2");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("may be empty, and may have lines that are longer than a chunk", async () => {
    await writeBag(path, []);
    expect(openBag(path).size).toBe(0);
    const long = line("long", { command: { kind: "shell", line: "x".repeat(3_000_000) }, retries: 7 });
    const tasks = [line("a"), long, line("b", { replicable: true })];
    await writeBag(path, tasks);
    const bag = openBag(path);
    expect([0, 1, 2].map((index) => bag.taskAt(at(index)))).toEqual(tasks);
    expect(bag.shape({ retries: 0, replicable: false }).retriesOf(at(1))).toBe(7);
    expect(bag.indexOfId("b")).toBe(2);
    bag.close();
  });

  test("with many chunks has each task and each word about retries in its place", async () => {
    const tasks = Array.from({ length: 40_000 }, (_, index) =>
      line(`t${String(index)}`, index % 997 === 0 ? { retries: index } : {}),
    );
    await writeBag(path, tasks);
    const bag = openBag(path);
    const shape = bag.shape({ retries: 2, replicable: true });
    for (let index = 0; index < tasks.length; index += 1) {
      expect(shape.retriesOf(at(index))).toBe(index % 997 === 0 ? index : 2);
    }
    for (const index of [0, 1, 19_999, 39_999]) {
      expect(bag.idOf(at(index))).toBe(`t${String(index)}`);
      expect(bag.commandOf(at(index))).toBe(`echo t${String(index)}`);
      expect(bag.indexOfId(`t${String(index)}`)).toBe(index);
    }
    expect(bag.indexOfId("t40000")).toBeUndefined();
    bag.close();
  });

  test("allows copies of what declares outputs, unless it says otherwise", async () => {
    const outputs = ["a.csv"];
    await writeBag(path, [
      line("a", { outputs }),
      line("b", { outputs, replicable: false }),
      line("c", { outputs: [] }),
      line("d", { env: { outputs: "x" } }),
    ]);
    const bag = openBag(path);
    const shape = bag.shape({ retries: 0, replicable: false });
    expect([0, 1, 2, 3].map((index) => shape.mayBeCopied(at(index)))).toEqual([true, false, false, false]);
    expect([0, 1, 2, 3].map((index) => bag.declaresOutputs(at(index)))).toEqual([true, true, false, false]);
    bag.close();
  });

  test("is not searched for ids within commands", async () => {
    await writeBag(path, [
      line("a", { command: { kind: "shell", line: 'echo {"id":"b","x":1}' } }),
      line("b"),
      line("c", { env: { note: '{"id":"d",' } }),
    ]);
    const bag = openBag(path);
    expect(["a", "b", "c", "d", ""].map((id) => bag.indexOfId(id))).toEqual([0, 1, 2, undefined, undefined]);
    bag.close();
  });

  test("that was cut off or overwritten is refused with its line", async () => {
    await writeBag(path, [line("a"), line("b")]);
    truncateSync(path, statSync(path).size - 4);
    expect(troubleOf(() => openBag(path))).toMatchObject({ code: "bag-damaged", where: `${path}, line 2` });
    writeFileSync(path, '{"id":"a"}\n}{\n');
    const bag = openBag(path);
    expect(troubleOf(() => bag.taskAt(at(1))).where).toBe(`${path}, line 2`);
    bag.close();
    rmSync(path);
    expect(troubleOf(() => openBag(path))).toMatchObject({ kind: "state-unusable", where: path });
  });
});

test("a task is meant by its id first, then by its number from 1", async () => {
  await writeBag(path, [line("a"), line("1"), line("b")]);
  const bag = openBag(path);
  expect(["a", "1", "2", "3", "b"].map((word) => findTask(bag, word, "runs/one"))).toEqual([0, 1, 1, 2, 2]);
  for (const word of ["4", "0", "-1", "02", "1e0", "", "c"]) {
    expect(
      troubleOf(() => findTask(bag, word, "runs/one")),
      word,
    ).toMatchObject({ kind: "usage", code: "no-such-task", where: "runs/one" });
  }
  bag.close();
});
