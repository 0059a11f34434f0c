import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Task } from "@stint/shared/bag/bag.js";
import type { TaskIndex } from "@stint/shared/ids.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Closed } from "../drive/ports.js";
import type { ClosedAttempt } from "../planner/attempts/closed.js";
import { keepOutputs, type OutputKeeper } from "./keep-outputs.js";

let cwd = "";
let keeper: OutputKeeper;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "stint-keep-"));
  mkdirSync(join(cwd, "out"));
  keeper = keepOutputs({
    out: join(cwd, "out"),
    cwd,
    bag: {
      declaresOutputs: (task) => task < 10,
      taskAt: (task) =>
        ({ outputs: [`x${String(task)}`], cwd: task === 5 ? "below" : "." }) as unknown as Task,
    },
  });
});
afterEach(() => rmSync(cwd, { recursive: true }));

const closed = (task: number, attempt: number, outcome: ClosedAttempt["outcome"]): Closed => ({
  attempts: [{ task: task as TaskIndex, attempt, outcome } as ClosedAttempt],
  machines: [],
});
const see = (...frames: readonly Closed[]): void => {
  for (const one of frames) keeper.seen({} as never, {} as never, one);
};
function write(task: number, attempt: number, content: string): string {
  const staging = join(cwd, "out", `${String(task + 1)}.${String(attempt)}.outputs`);
  mkdirSync(staging);
  writeFileSync(join(staging, `x${String(task)}`), content);
  return staging;
}
const read = (path: string): string => readFileSync(join(cwd, path), "utf8");

describe("the outputs of a run", () => {
  test("are those of the attempt that ended its task; what others wrote is thrown away", async () => {
    const staged = [write(1, 1, "lost"), write(1, 2, "won"), write(1, 3, "spare"), write(5, 1, "below")];
    see(closed(1, 1, "lost"), closed(1, 2, "done"), closed(1, 3, "spare"), closed(5, 1, "done"));
    expect(await keeper.settled(false)).toEqual([]);
    expect([read("x1"), read("below/x5")]).toEqual(["won", "below"]);
    expect(staged.filter((path) => existsSync(path))).toEqual([]);
  });

  test("that cannot be put in place stay, and are told; nothing else stays once the run has ended", async () => {
    mkdirSync(join(cwd, "x2"));
    const [kept, late] = [write(2, 1, "kept"), write(3, 1, "late")];
    see(closed(2, 1, "done"), closed(4, 1, "done"));
    const [inTheWay, gone] = await keeper.settled(true);
    expect(inTheWay).toMatch(/^task 3: .*a folder is in its place/u);
    expect(gone).toMatch(/^task 5: its outputs are not on this computer/u);
    expect([existsSync(kept), existsSync(late)]).toEqual([true, false]);
  });

  test("of before are moved where they still lie, and those in place are not asked for", async () => {
    write(1, 2, "again");
    keeper.seenBefore(closed(0, 1, "done"));
    keeper.seenBefore(closed(1, 2, "done"));
    expect(await keeper.settled(false)).toEqual([]);
    expect([read("x1"), existsSync(join(cwd, "x0"))]).toEqual(["again", false]);
  });
});
