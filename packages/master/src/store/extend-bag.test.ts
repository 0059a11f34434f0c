import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Task } from "@stint/shared/bag/bag.js";
import { TroubleError } from "@stint/shared/failures.js";
import type { TaskId, TaskIndex } from "@stint/shared/ids.js";
import { extendBag, type Extension } from "./extend-bag.js";
import { openBag } from "./open-bag.js";
import { sealBag, type BagSeal } from "./seal-bag.js";
import { writeBag } from "./write-bag.js";

let folder = "";
let path = "";
/** Of what was about to take the kept bag's place. */
let sealed: BagSeal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stint-bag-"));
  path = join(folder, "bag.jsonl");
  sealed = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const task = (id: string, more: Partial<Task> = {}): Task => ({
  id: id as TaskId,
  command: { kind: "shell", line: `echo ${id}` },
  ...more,
});

async function* streamed(tasks: readonly Task[], end?: Error): AsyncGenerator<Task> {
  for (const one of tasks) {
    await Promise.resolve();
    yield one;
  }
  if (end !== undefined) throw end;
}

const extend = (tasks: readonly Task[], end?: Error): Promise<Extension> =>
  extendBag(path, { name: "bag.txt", tasks: streamed(tasks, end) }, (seal) => sealed.push(seal));

function idsOf(): string[] {
  const bag = openBag(path);
  const ids = Array.from({ length: bag.size }, (_, index) => String(bag.idOf(index as TaskIndex)));
  bag.close();
  return ids;
}

test("what is new stands behind what was there, in the order of the edited bag, with all that it says", async () => {
  await writeBag(path, [task("a"), task("b")]);
  const extension = await extend([task("d", { retries: 7 }), task("b"), task("c")]);
  expect(extension).toEqual({ name: "bag.txt", added: 2, gone: 1, changed: 0 });
  expect(idsOf()).toEqual(["a", "b", "d", "c"]);
  expect(sealed).toEqual([sealBag(path)]);
  const bag = openBag(path);
  expect(bag.shape({ retries: 1, replicable: false }).retriesOf(2 as TaskIndex)).toBe(7);
  bag.close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a task with a known id and other words is counted, and stays as it was", async () => {
  await writeBag(path, [task("a"), task("b")]);
  const before = readFileSync(path);
  expect(await extend([task("a", { retries: 1 }), task("b")])).toMatchObject({
    added: 0,
    gone: 0,
    changed: 1,
  });
  expect(readFileSync(path)).toEqual(before);
});

test("a bad line or other needs leave the kept bag as it was, and nothing beside it", async () => {
  await writeBag(path, [task("a", { cpus: 1 })]);
  const before = readFileSync(path);
  await expect(extend([task("b", { cpus: 1 })], new Error("line 2"))).rejects.toThrow("line 2");
  const mixed = extend([task("b", { cpus: 1 }), task("c", { cpus: 2 })]);
  await expect(mixed).rejects.toThrow(TroubleError);
  await expect(mixed).rejects.toThrow(/bag\.txt: found cpus of 2, where the run's first task has cpus of 1/u);
  expect(readFileSync(path)).toEqual(before);
  expect(readdirSync(folder)).toEqual(["bag.jsonl"]);
});

test("edited again and again, a bag has every task once, and those first that it had first", async () => {
  const ids = fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(ids, fc.array(ids, { maxLength: 4 }), async (first, edits) => {
      await writeBag(
        path,
        first.map((id) => task(`t${String(id)}`)),
      );
      let known = first;
      for (const edited of edits) {
        const added = edited.filter((id) => !known.includes(id));
        const extension = await extend(edited.map((id) => task(`t${String(id)}`)));
        expect(extension).toMatchObject({
          added: added.length,
          gone: known.filter((id) => !edited.includes(id)).length,
          changed: 0,
        });
        known = [...known, ...added];
      }
      expect(idsOf()).toEqual(known.map((id) => `t${String(id)}`));
    }),
    { numRuns: 50 },
  );
});
