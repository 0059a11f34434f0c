/** `stint logs`: what a task printed, byte by byte or made harmless, and what is said where it printed nothing. */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptRun } from "./kept-run.js";
import { newPlace, type Place } from "./stint.js";

let place: Place;
beforeEach(() => (place = newPlace()));
afterEach(() => place.remove());

const asJson = async <T>(...words: string[]): Promise<T> => {
  const { stdout, stderr, code } = await place.stint(...words, "--json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
};

describe("stint logs", () => {
  const HOSTILE = "a\tb\n\u001b]0;owned\u0007\u009b31mred\u202e\n";
  const VISIBLE = "a\tb\n\\x1b]0;owned\\x07\\x9b31mred\\u202e\n";

  test("shows the attempt that counted, stream by stream, with what could harm a terminal made visible", async () => {
    const { folder, imagined } = await keptRun(place.path);
    const retried = imagined.attempts.find((one) => one.outcome === "done" && Number(one.attempt) > 1);
    const number = String(retried!.task + 1);
    const attempt = String(retried!.attempt);
    mkdirSync(folder.out, { recursive: true });
    writeFileSync(join(folder.out, `${number}.${attempt}.stdout`), HOSTILE);
    writeFileSync(join(folder.out, `${number}.${attempt}.stderr`), "warned\n");
    writeFileSync(join(folder.out, `${number}.1.stdout`), "first\n");
    expect(await place.stint("logs", number)).toMatchObject({ code: 0, stdout: VISIBLE, stderr: "warned\n" });
    expect(await place.stint("logs", `t${number}`, "--stdout", "--raw")).toMatchObject({
      stdout: HOSTILE,
      stderr: "",
    });
    expect(await place.stint("logs", number, "--stderr")).toMatchObject({ stdout: "warned\n", stderr: "" });
    const found = await asJson<{ attempt: number; stdout: string; stderr: string }>("logs", number);
    expect(found).toMatchObject({ attempt: Number(attempt), stdout: HOSTILE, stderr: "warned\n" });
  });

  test("says of an attempt that printed nothing how it ended, and not on standard output", async () => {
    const { imagined } = await keptRun(place.path);
    const failed = imagined.attempts.find((one) => one.outcome === "failed")!;
    const [task, attempt] = [String(failed.task + 1), String(failed.attempt)];
    expect(await place.stint("logs", task, "--attempt", attempt)).toMatchObject({
      code: 0,
      stdout: "",
      stderr: `attempt ${attempt} of task ${task} printed nothing (exit code 1)\n`,
    });
  });

  test("names the attempts there are when another is asked for, and the tasks there are", async () => {
    await keptRun(place.path);
    expect(await place.stint("logs", "1", "--attempt", "9")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/an attempt of task 1: 1/u) as string,
    });
    expect(await place.stint("logs", "61")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/1 to 60/u) as string,
    });
  });

  test("shows invalid UTF-8 across pieces of a file, and long output whole", async () => {
    const { folder } = await keptRun(place.path);
    const long = Buffer.concat([Buffer.from("ü".repeat(100_001)), Buffer.from([0xff, 0x0a])]);
    writeFileSync(join(folder.out, "1.1.stdout"), long);
    const { stdout } = await place.stint("logs", "1", "--attempt", "1");
    expect(stdout).toBe(`${"ü".repeat(100_001)}\ufffd\n`);
  });

  test("a reader that goes away is no trouble", async () => {
    const { folder } = await keptRun(place.path);
    writeFileSync(join(folder.out, "1.1.stdout"), "line\n".repeat(500_000));
    const bin = new URL("../../packages/master/bin/stint.js", import.meta.url).pathname;
    const shell = spawn(
      "sh",
      ["-c", `"$0" "$1" logs 1 --attempt 1 | head -n 1; exit 0`, process.execPath, bin],
      { cwd: place.path },
    );
    let stderr = "";
    shell.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    await new Promise((resolve) => shell.on("close", resolve));
    expect(stderr).toBe("");
  });
});

describe("stint logs --all", () => {
  test("shows what every task printed, in order, each under a heading on standard error", async () => {
    place.write("bag.txt", "sleep 0.3; echo one; echo warned >&2\necho two\ntrue\necho four; exit 3\n");
    await place.stint("run", "bag.txt", "--yes");
    const { code, stdout, stderr } = await place.stint("logs", "--all");
    expect([code, stdout]).toEqual([0, "one\ntwo\nfour\n"]);
    expect(stderr.replaceAll(/ [0-9a-f]{12} /gu, " ID ")).toBe(
      "==> 1 ID (exit code 0, attempt 1)\nwarned\n==> 2 ID (exit code 0, attempt 1)\n" +
        "==> 3 ID (exit code 0, attempt 1, printed nothing)\n==> 4 ID (exit code 3, attempt 1)\n",
    );
    const alone = await place.stint("logs", "--all", "--stdout");
    expect([alone.stdout, alone.stderr], "one stream comes alone").toEqual(["one\ntwo\nfour\n", ""]);
    const failed = await place.stint("logs", "4");
    expect([failed.stdout, failed.stderr]).toEqual(["four\n", "attempt 1 of task 4: exit code 3\n"]);
    const lines = (await place.stint("logs", "--all", "--json")).stdout.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { number: 1, outcome: "done", exit_code: 0, stdout: "one\n", stderr: "warned\n", stderr_bytes: 7 },
      { number: 2, outcome: "done", stdout: "two\n", stdout_at: null },
      { number: 3, stdout: "", stdout_bytes: 0 },
      { number: 4, outcome: "failed", exit_code: 3, attempt: 1, cost_usd: 0 },
    ]);
  });

  test("--failed shows what is failed now: timeouts too, and not what a retry has mended", async () => {
    const lines = ["test -e mended", "echo slow; sleep 30", "echo fine", "echo bad >&2; false"];
    place.write("bag.txt", `${lines.join("\n")}\n`);
    await place.stint("run", "bag.txt", "--yes", "--timeout", "400ms");
    place.write("mended", "");
    await place.stint("retry", "--failed");
    const { code, stdout, stderr } = await place.stint("logs", "--failed", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const found = stdout.trimEnd().split("\n");
    expect(found.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { number: 2, outcome: "timeout", attempt: 2, stdout: "slow\n" },
      { number: 4, outcome: "failed", attempt: 2, stderr: "bad\n" },
    ]);
    place.write("good.txt", "true\n");
    await place.stint("run", "good.txt");
    expect(await place.stint("logs", "--failed")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "no task is failed for good\n",
    });
  });

  test("tells output that is missing, cut, or no file from silence", async () => {
    place.write("bag.txt", "echo one\necho two\necho three\necho four\necho five\n");
    await place.stint("run", "bag.txt", "--yes");
    const out = join(place.run().path, "out");
    rmSync(join(out, "1.1.stdout"));
    truncateSync(join(out, "2.1.stdout"), 2);
    for (const task of ["3", "4"]) rmSync(join(out, `${task}.1.stdout`));
    mkdirSync(join(out, "3.1.stdout"));
    symlinkSync("/etc/hostname", join(out, "4.1.stdout"));
    const { code, stdout, stderr } = await place.stint("logs", "--all");
    expect([code, stdout]).toEqual([0, "twfive\n"]);
    const missing = "bytes of stdout recorded";
    expect(stderr.match(/\(exit.*\)/gu)).toEqual([
      `(exit code 0, attempt 1, 4 ${missing}, and the file is missing)`,
      `(exit code 0, attempt 1, 4 ${missing}, of which 2 are there)`,
      `(exit code 0, attempt 1, 6 ${missing}, and the file is missing)`,
      `(exit code 0, attempt 1, 5 ${missing}, and the file is missing)`,
      "(exit code 0, attempt 1)",
    ]);
    expect(await place.stint("logs", "3")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: `attempt 1 of task 3: 6 ${missing}, and the file is missing\n`,
    });
    expect((await place.stint("logs", "-f", "3")).stderr).toBe(
      "attempt 1 of task 3 printed what is missing now (exit code 0)\n",
    );
    const { stdout: document } = await place.stint("logs", "1", "--json");
    expect(JSON.parse(document)).toMatchObject({
      stdout: null,
      stderr: "",
      attempts: [{ missing_bytes: 4 }],
    });
    const lines = (await place.stint("logs", "--all", "--json")).stdout.split("\n");
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({ stdout: "tw", stdout_missing_bytes: 2 });
    expect(JSON.parse(lines[3] ?? "")).toMatchObject({
      stdout: null,
      stdout_at: null,
      stdout_missing_bytes: 5,
    });
    const doctor = await place.stint("doctor", "latest");
    expect([doctor.code, doctor.stdout]).toEqual([
      0,
      expect.stringContaining("output: missing or cut of 4 of 5 attempts that printed"),
    ]);
  });

  test("reads packed output like that in files of its own", async () => {
    place.write("bag.txt", "echo one\necho two; echo more >&2\n");
    await place.stint("run", "bag.txt", "--yes");
    const out = join(place.run().path, "out");
    for (const name of ["1.1.stdout", "2.1.stdout", "2.1.stderr"]) rmSync(join(out, name));
    writeFileSync(join(out, "here-1.pack"), "two\nmore\none\n");
    writeFileSync(join(out, "here-1.packed"), "\n2.1 0 4 5\n1.1 9 4 0\n");
    expect((await place.stint("logs", "--all")).stdout).toBe("one\ntwo\n");
    expect(await place.stint("logs", "2")).toMatchObject({ stdout: "two\n", stderr: "more\n" });
  });

  test.each([[[]], [["1", "--all"]], [["1", "--failed"]]])(
    "%j says that it is one task or all",
    async (words) => {
      expect(await place.stint("logs", ...words)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("a task's id or number, or --all") as string,
      });
    },
  );
});
