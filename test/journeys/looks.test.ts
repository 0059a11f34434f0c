/** The verbs that look at a run's folder: what they say, and that they notice what should not be there. */
import { spawn } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Summary } from "@stint/master/planner/report/summary.js";
import { lockRun } from "@stint/master/store/lock-run.js";
import { keptRun } from "./kept-run.js";
import { micro, newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const asJson = async <T>(...words: string[]): Promise<T> => {
  const { stdout, stderr, code } = await place.stint(...words, "--json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
};

describe("stint report", () => {
  test("tells the same of a run as its summary did, with a sum that holds", async () => {
    const { imagined, folder } = await keptRun(place.path);
    const summary = await asJson<Summary>("report");
    // Why it ended and what failed is told of a run in a folder; an imagined one has neither.
    const told = { run: folder.name, ended_because: "all 60 tasks are done", failures: [] };
    expect(summary).toEqual(JSON.parse(JSON.stringify({ ...imagined.summary, ...told })));
    const parts = [summary.useful_usd, ...Object.values(summary.waste_usd)].map(micro);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(micro(summary.spent_usd));
    const text = await place.stint("report", folder.name);
    expect(text.stdout).toMatch(/receipt · all tasks done[^]*60 of 60 tasks done[^]*where the money went/u);
    expect(text.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("says of a run whose master was killed that it is running, and how to go on", async () => {
    const { folder } = await keptRun(place.path, { framesMost: 60 });
    const summary = await asJson<Summary>("report");
    expect(summary.state).toBe("running");
    expect(summary.tasks.done + summary.tasks.left).toBe(60);
    expect((await place.stint("report")).stdout).toMatch(`stint resume runs/${folder.name}`);
  });

  test("refuses a run that never began, and one without its bag", async () => {
    const { folder } = await keptRun(place.path, { framesMost: 0 });
    expect(await place.stint("report")).toMatchObject({
      code: 9,
      stderr: expect.stringMatching(/never|no event/u) as string,
    });
    rmSync(folder.bag);
    expect(await place.stint("report")).toMatchObject({
      code: 9,
      stderr: expect.stringMatching(/bag\.jsonl/u) as string,
    });
  });
});

interface Budget {
  budget_usd: number;
  spent_usd: number;
  committed_usd: number;
  machines: {
    machine: string;
    cluster: string;
    owed_until_at: string;
    paid_until_at: string;
    liability_usd: number;
  }[];
}

describe("stint budget", () => {
  test("shows what may still be spent on each machine that may exist", async () => {
    await keptRun(place.path, { framesMost: 60 });
    const budget = await asJson<Budget>("budget", "show");
    expect(budget.machines).toHaveLength(8);
    const liable = budget.machines.reduce((sum, one) => sum + micro(one.liability_usd), 0);
    expect(micro(budget.committed_usd)).toBe(liable - micro(budget.spent_usd));
    for (const one of budget.machines) {
      expect(one.machine.startsWith(one.cluster)).toBe(true);
      expect(one.owed_until_at <= one.paid_until_at).toBe(true);
    }
  });

  test("says what is owed, what is reserved, and what becomes of that", async () => {
    await keptRun(place.path, { framesMost: 60 });
    const { stdout } = await place.stint("budget", "show");
    expect(stdout).toMatch(/\nmachine +owed until +reserved until +at most\n/u);
    expect(stdout).toMatch(/\nOwed is what has begun\.[^]*free again\s[^]*given back\.\n$/u);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("add raises the budget by exactly that, in the journal and in the summary", async () => {
    const { folder } = await keptRun(place.path);
    const before = await asJson<Budget>("budget", "show");
    const after = await asJson<Budget>("budget", "add", "0.25usd");
    expect(after).toEqual({ ...before, budget_usd: 1.25 });
    expect(await asJson<Budget>("budget", "show")).toEqual(after);
    expect((JSON.parse(readFileSync(folder.summary, "utf8")) as Summary).budget_usd).toBe(1.25);
    expect((await place.stint("doctor", "latest")).code).toBe(0);
  });

  test("add after a torn end cuts what was never acknowledged, and is readable", async () => {
    const { folder } = await keptRun(place.path);
    truncateSync(folder.journal, statSync(folder.journal).size - 3);
    expect((await place.stint("budget", "add", "1usd")).code).toBe(0);
    expect((await asJson<Budget>("budget", "show")).budget_usd).toBe(2);
    expect((await place.stint("doctor", "latest")).stdout).toMatch(/all sound\n/u);
  });

  test("add waits for others who add at the same moment, and none is lost", async () => {
    await keptRun(place.path);
    const added = await Promise.all(Array.from({ length: 6 }, () => place.stint("budget", "add", "0.5usd")));
    expect(added.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect((await asJson<Budget>("budget", "show")).budget_usd).toBe(4);
  });

  test("add is refused while another process works on the run, with its number", async () => {
    const { folder } = await keptRun(place.path);
    const lock = lockRun(folder);
    const refused = await place.stint("budget", "add", "1usd");
    lock.release();
    expect(refused.code).toBe(9);
    expect(refused.stderr).toMatch(new RegExp(`process ${String(process.pid)}[^]*stop it first`, "u"));
    expect((await asJson<Budget>("budget", "show")).budget_usd).toBe(1);
  });
});

interface Doctor {
  state: string;
  frames: number;
  torn_bytes: number;
  laws: Record<string, boolean>;
  violations: { law: string; frame: number; byte: number; text: string }[];
}

describe("stint doctor", () => {
  test("finds that all laws held", async () => {
    const { imagined } = await keptRun(place.path);
    const found = await asJson<Doctor>("doctor", "latest");
    expect(found).toMatchObject({
      state: "done",
      frames: imagined.frames.length,
      torn_bytes: 0,
      violations: [],
    });
    expect(Object.values(found.laws).every((held) => held)).toBe(true);
  });

  test("names the law, the frame and the byte where more was promised than the budget holds", async () => {
    const { folder, imagined } = await keptRun(place.path, {
      spoil: (frame) =>
        frame.event.kind === "run-began"
          ? {
              ...frame,
              event: { ...frame.event, settings: { ...frame.event.settings, budget: 45_000 as never } },
            }
          : frame,
    });
    const { code, stdout } = await place.stint("doctor", "latest", "--json");
    expect(code).toBe(9);
    const found = (JSON.parse(stdout) as Doctor).violations.filter(
      ({ law }) => law === "money-within-budget",
    );
    expect(found.at(-1)?.frame).toBeGreaterThan(1);
    for (const { frame, byte } of found) {
      expect(frame).toBeLessThanOrEqual(imagined.frames.length);
      expect([...readFileSync(folder.journal).subarray(byte, byte + 8)]).toEqual([
        ...[0xff, 0x53, 0x4a, 0xff],
        ...[(frame - 1) & 0xff, (frame - 1) >> 8, 0, 0],
      ]);
    }
    expect((await place.stint("doctor", "latest")).stdout).toMatch(
      /money-within-budget: frame \d+ at byte [\d,]+/u,
    );
  });

  test("refuses a journal that is damaged in the middle, with the place", async () => {
    const { folder } = await keptRun(place.path);
    const bytes = readFileSync(folder.journal);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(folder.journal, bytes);
    const { code, stderr } = await place.stint("doctor", "latest");
    expect([code, /journal, byte \d+: found damage/u.test(stderr)]).toEqual([9, true]);
  });
});

test("what a program without its build says is how to build it", async () => {
  const bin = join(place.path, "bin", "stint.js");
  mkdirSync(join(place.path, "bin"));
  copyFileSync(new URL("../../packages/master/bin/stint.js", import.meta.url), bin);
  place.write("package.json", '{"type":"module"}');
  const child = spawn(process.execPath, [bin, "--help"]);
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/npm run build/u)]);
});
