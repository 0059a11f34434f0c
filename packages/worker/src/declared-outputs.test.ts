import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AttemptRef } from "@stint/shared/ids.js";
import { stagingFolder } from "@stint/shared/output-names.js";
import { taskBench, type TaskBench } from "../../../test/worker/task-bench.js";

let bench: TaskBench;
beforeEach(() => {
  bench = taskBench(1);
});
afterEach(() => bench.remove());

const staging = (ref: AttemptRef): string => stagingFolder(join(bench.folder, "out"), ref);

describe("a declared output", () => {
  test("is written in the attempt's own folder, whose folders are there, and waits there to be put in place", async () => {
    const outputs = ["results/deep/a.csv", "b"];
    const report = await bench.run(
      'echo 1 > "$STINT_OUTPUT_DIR/results/deep/a.csv"; mkdir "$STINT_OUTPUT_DIR/b"; pwd -P',
      { outputs },
    );
    expect(report.ending).toEqual({ kind: "exited", code: 0 });
    expect(readFileSync(join(staging(report), "results/deep/a.csv"), "utf8")).toBe("1\n");
    expect(bench.output(report, "stdout").toString().trim()).toBe(bench.folder);
    expect(existsSync(join(bench.folder, "results"))).toBe(false);
  });

  test.each([
    ["true", 'declared output some/x was not written: write it to "$STINT_OUTPUT_DIR/some/x"'],
    ["touch x some", 'declared output some/x was not written: write it to "$STINT_OUTPUT_DIR/some/x"'],
    [
      "ln -s /etc/passwd $STINT_OUTPUT_DIR/some/x",
      "declared output some/x: a link is neither a file nor a folder",
    ],
    [
      "mkdir $STINT_OUTPUT_DIR/some/x; mkfifo $STINT_OUTPUT_DIR/some/x/y",
      "declared output some/x: a special file is neither a file nor a folder",
    ],
    [
      "cd $STINT_OUTPUT_DIR; rmdir some; mkdir other; touch other/x; ln -s other some",
      'declared output some/x was not written: write it to "$STINT_OUTPUT_DIR/some/x"',
    ],
    [
      'cd $STINT_OUTPUT_DIR/..; mkdir -p other/some; touch other/some/x; rm -r "$STINT_OUTPUT_DIR"; ln -s $PWD/other $STINT_OUTPUT_DIR',
      'declared output some/x was not written: write it to "$STINT_OUTPUT_DIR/some/x"',
    ],
  ])("that is missing or no file fails its attempt: %s", async (line, reason) => {
    const report = await bench.run(line, { outputs: ["some/x"] });
    expect(report.ending).toEqual({ kind: "no-output", reason });
  });

  test("of another kind than what stands in its place fails its attempt", async () => {
    mkdirSync(join(bench.folder, "x"));
    const report = await bench.run("touch $STINT_OUTPUT_DIR/x", { outputs: ["x"] });
    expect(report.ending).toMatchObject({
      reason: "declared output x is a file, and a folder is in its place",
    });
  });

  test.each(["elsewhere/x", "file/x", "../x", "/x", "a//x"])(
    "that cannot be placed at %s starts nothing",
    async (output) => {
      symlinkSync("/usr", join(bench.folder, "elsewhere"));
      writeFileSync(join(bench.folder, "file"), "");
      const report = await bench.run("touch started", { outputs: [output] });
      expect(report.ending.kind).toBe("not-started");
      expect(existsSync(join(bench.folder, "started"))).toBe(false);
    },
  );

  test("may lie behind a link that stays in the tree", async () => {
    mkdirSync(join(bench.folder, "inside"));
    symlinkSync("inside", join(bench.folder, "link"));
    const report = await bench.run("touch $STINT_OUTPUT_DIR/link/x", { outputs: ["link/x"] });
    expect(report.ending).toEqual({ kind: "exited", code: 0 });
  });
});

test("a task that declares nothing has no folder for outputs, not even one that its submitter had", async () => {
  const report = await bench.run('echo "${STINT_OUTPUT_DIR-none}"');
  expect(bench.output(report, "stdout").toString()).toBe("none\n");
});
