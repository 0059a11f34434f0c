import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EXIT, exitCodeOf, TroubleError } from "@stint/shared/failures.js";
import { describeProcess, isAlive, thisProcess } from "@stint/shared/process-identity.js";
import { lockRun, type RunLock } from "./lock-run.js";
import { filesOf, type RunFolder } from "./run-folder.js";

let run: RunFolder;
let other: ChildProcess | undefined;

beforeEach(() => {
  run = filesOf(mkdtempSync(join(tmpdir(), "stint-lock-")));
});
afterEach(async () => {
  if (other?.exitCode === null && other.signalCode === null) {
    other.kill("SIGKILL");
    await once(other, "close");
  }
  other = undefined;
  rmSync(run.path, { recursive: true, force: true });
});

const NO_FLOCK = "no-such-program-as-flock";
const programs = spawnSync("flock", ["--version"]).error === undefined ? ["flock", NO_FLOCK] : [NO_FLOCK];

const refusal = (program: string): TroubleError["trouble"] => {
  let lock: RunLock;
  try {
    lock = lockRun(run, program);
  } catch (error) {
    if (error instanceof TroubleError) return error.trouble;
    throw error;
  }
  lock.release();
  throw new Error("the lock was taken");
};

/** A second master: another process that takes the lock, says so and lives on. */
async function lockElsewhere(program: string, then: string): Promise<ChildProcess> {
  const module = fileURLToPath(new URL("./lock-run.ts", import.meta.url));
  const script = `import(${JSON.stringify(module)}).then(({ lockRun }) => {
    lockRun(${JSON.stringify(run)}, ${JSON.stringify(program)});
    ${then}
  });`;
  const root = fileURLToPath(new URL("../../../..", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@stint/source", "--import", "tsx", "-e", script], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

const STAY = `console.log("locked"); setInterval(() => {}, 1000);`;
/** Starts a process that outlives it, as an agent does, and ends after a while. */
const START_ONE = `
  const child = require("node:child_process").spawn("sleep", ["20"], { detached: true, stdio: "ignore" });
  child.unref(); ${STAY}`;

describe.each(programs)("a run locked with %s", (program) => {
  test("is refused to a second master, with the first one's process and exit code 9", () => {
    const lock = lockRun(run, program);
    const trouble = refusal(program);
    expect(trouble.code).toBe("run-is-held");
    expect(trouble.found).toContain(`process ${String(process.pid)}`);
    expect(exitCodeOf(trouble)).toBe(EXIT.stateUnusable);
    lock.release();
    lockRun(run, program).release();
  });

  test("is free again when the process that held it was killed", async () => {
    other = await lockElsewhere(program, STAY);
    expect(refusal(program).found).toContain(`process ${String(other.pid)}`);
    other.kill("SIGKILL");
    await once(other, "close");
    lockRun(run, program).release();
  });

  test("is known by whoever holds it to have lost its lock's file, or to have another one in its place", () => {
    const lock = lockRun(run, program);
    expect(lock.stands()).toBe(true);
    const file = program === NO_FLOCK ? `${run.lock}.pid` : run.lock;
    rmSync(file);
    expect(lock.stands()).toBe(false);
    writeFileSync(file, "");
    expect(lock.stands()).toBe(false);
    lock.release();
  });

  test("is not held on by what that process had started", async () => {
    other = await lockElsewhere(program, START_ONE);
    other.kill("SIGKILL");
    await once(other, "close");
    lockRun(run, program).release();
  });
});

test.skipIf(programs.length === 1)(
  "a run is held whether or not the second master finds the lock program",
  () => {
    for (const [first, second] of [programs, [...programs].reverse()] as [string, string][]) {
      const lock = lockRun(run, first);
      expect(refusal(second).found).toContain(`process ${String(process.pid)}`);
      lock.release();
    }
  },
);

test.skipIf(programs.length === 1)("a run is held on when its lock's file was removed", async () => {
  other = await lockElsewhere("flock", STAY);
  rmSync(run.lock);
  expect(refusal("flock").code).toBe("run-is-held");
  other.kill("SIGKILL");
  await once(other, "close");
  lockRun(run).release();
});

describe("a pid file", () => {
  const left = (text: string): void => writeFileSync(`${run.lock}.pid`, text);

  test.each([
    [
      "of another boot",
      describeProcess({ ...thisProcess(), bootId: "00000000-0000-0000-0000-000000000000" }),
    ],
    ["of an earlier process of that number", describeProcess({ ...thisProcess(), startedAt: "1" })],
    ["that is no pid file", "garbage"],
    ["that is empty", ""],
  ])("%s is taken over", (_, text) => {
    left(text);
    lockRun(run, NO_FLOCK).release();
    expect(readdirSync(run.path)).toEqual(["master.lock"]);
  });

  test("of a process that lives is left as it is", () => {
    left(describeProcess(thisProcess()));
    expect(refusal(NO_FLOCK).found).toContain(String(process.pid));
    expect(readdirSync(run.path).sort()).toEqual(["master.lock", "master.lock.pid"]);
  });

  test("this process is alive, and one that was started at another time is not", () => {
    expect(isAlive(thisProcess())).toBe(true);
    expect(isAlive({ ...thisProcess(), startedAt: "12" })).toBe(false);
  });
});

test("a folder that is not there is trouble that names the file", () => {
  rmSync(run.path, { recursive: true });
  expect(refusal("flock").where).toBe(run.lock);
});
