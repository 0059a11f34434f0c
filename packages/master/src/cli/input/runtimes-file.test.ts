import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import type { ClusterName } from "@stint/shared/ids.js";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Runtimes } from "../../simulate/runtimes.js";
import { readRuntimes } from "./runtimes-file.js";

const folder = mkdtempSync(join(tmpdir(), "stint-runtimes-"));
const path = join(folder, "r.csv");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const CLUSTERS = ["a", "b.large"] as ClusterName[];

function read(content: string | Uint8Array): Promise<Runtimes> {
  writeFileSync(path, content);
  return readRuntimes(path, { clusters: CLUSTERS });
}

async function troubleOf(promise: Promise<unknown>): Promise<Trouble> {
  try {
    await promise;
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

const base = (ids: string[], seconds: number[]): Runtimes => ({
  kind: "recorded",
  ids,
  seconds: { kind: "base", base: Float64Array.from(seconds) },
});

const PARALLEL = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";
const STINT =
  "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tAttempt\tCluster\tMachine\tCostUsd\tKind\tOutcome\tCommand";

describe("runtimes of a file", () => {
  test("are one a task, in the file's order, whatever else it has", async () => {
    const text = '\ufefftask_id,runtime_s,status\r\nb,1.5,ok\r\n\r\n"a, ""1""",1.33236e+06,\r\nc,0,ok';
    expect(await read(text)).toEqual(base(["b", 'a, "1"', "c"], [1.5, 1_332_360, 0]));
  });

  test("are those of each cluster where the file has them, in the order of the clusters", async () => {
    expect(await read("kind,t_b.large,task_id,t_c,t_a,runtime_s\nx,2,1,,1,9\nx,4,2,,3,9\n")).toEqual({
      kind: "recorded",
      ids: ["1", "2"],
      seconds: { kind: "by-cluster", clusters: [Float64Array.of(1, 3), Float64Array.of(2, 4)] },
    });
  });

  test("are the base ones where a cluster was not measured", async () => {
    expect(await read("task_id,runtime_s,t_a\n1,9,1\n")).toEqual(base(["1"], [9]));
  });

  test("are refused where a row has more values than columns, or two columns one name", async () => {
    expect(await troubleOf(read("task_id,runtime_s\na,1\nb,1,5\n"))).toMatchObject({
      code: "bad-table",
      where: expect.stringMatching(/, line 3$/u) as string,
      found: "3 values",
      hint: expect.stringContaining("1.5") as string,
    });
    expect(await troubleOf(read("task_id,runtime_s,runtime_s\na,1,2\n"))).toMatchObject({
      code: "bad-table",
      found: 'the column "runtime_s" twice',
    });
    expect(await troubleOf(read("task_id,t_foo\na,1\n"))).toMatchObject({
      hint: expect.not.stringContaining("remove it") as string,
    });
    expect(await read("task_id,runtime_s,,\na,1,,,\n")).toEqual(base(["a"], [1]));
  });

  test("of a task that was repeated count each time, under a name of its own", async () => {
    expect(await read("task_id,runtime_s\nx,1\nx,2\nx-2,3\nx,4\n")).toEqual(
      base(["x", "x-2", "x-2-2", "x-3"], [1, 2, 3, 4]),
    );
  });

  test("are taken from the attempts of a joblog whose result was kept", async () => {
    const rows = [
      '2\ta-1\t0.5\t3.25\t0\t0\t0\t0\t1\ta\ta-1\t0.01\trun\tdone\techo "x',
      "1\ta-1\t0.5\t9\t0\t0\t0\t0\t2\ta\ta-1\t0.01\treplica\tspare\techo",
      "1\ta-1\t0.5\t7\t0\t0\t1\t0\t1\ta\ta-1\t0.01\trun\tfailed\techo",
      "1\ta-1\t0.5\t1.000001\t0\t0\t0\t0\t3\ta\ta-1\t0.01\tretry\tdone\techo",
    ];
    expect(await read(`${STINT}\n${rows.join("\n")}\n`)).toEqual(base(["1", "2"], [1.000001, 3.25]));
  });

  test("of a joblog are what a machine of speed 1 takes, where the speed of their cluster is known", async () => {
    const rows = [
      "1\ta-1\t0.5\t3\t0\t0\t0\t0\t1\ta\ta-1\t0.01\trun\tdone\techo",
      "2\tb-1\t0.5\t3\t0\t0\t0\t0\t1\tb.large\tb-1\t0.01\trun\tdone\techo",
      "3\tc-1\t0.5\t3\t0\t0\t0\t0\t1\tgone\tc-1\t0.01\trun\tdone\techo",
    ];
    writeFileSync(path, `${STINT}\n${rows.join("\n")}\n`);
    const speeds = new Map([
      ["a", 0.5],
      ["b.large", 4],
    ]);
    expect(await readRuntimes(path, { clusters: CLUSTERS, speeds })).toEqual(
      base(["1", "2", "3"], [1.5, 12, 3]),
    );
  });

  test("are taken from a joblog of GNU parallel as well", async () => {
    const text = `${PARALLEL}\n3\t:\t1700000000.123\t     2.500\t0\t5\t0\t0\ttrue\n1\t:\t1\t1\t0\t5\t1\t0\tfalse\n2\t:\t1\t1\t0\t5\t0\t9\tx\n`;
    expect(await read(text)).toEqual(base(["3"], [2.5]));
  });

  test("are drawn where a distribution stands in place of a file", async () => {
    expect(await readRuntimes("normal(15min,2.27min)", { tasks: 1_000, clusters: CLUSTERS })).toEqual({
      kind: "drawn",
      distribution: { kind: "normal", mean: 900, deviation: 136.2 },
      tasks: 1_000,
    });
  });
});

describe("a bad file is refused with the line, what was found, expected, and what to do", () => {
  test.each<[string, string | Uint8Array, string, readonly [where: string, hint: string]]>([
    ["empty", "", "empty-table", ["r.csv", "right file"]],
    ["a header alone", "task_id,runtime_s\n", "empty-table", ["r.csv", "right file"]],
    ["no header", "1,2\n3,4\n", "no-such-column", ["line 1", "task_id"]],
    ["no runtimes", "task_id,seconds\n1,2\n", "no-such-column", ["line 1", "runtime_s"]],
    ["no ids", "id,runtime_s\n1,2\n", "no-such-column", ["line 1", "task_id"]],
    ["a cluster too few", "task_id,t_a,t_b.lrge\n1,2,3\n", "no-such-column", ["line 1", "t_b.lrge"]],
    ["a negative runtime", "task_id,runtime_s\n1,2\n2,-3\n", "bad-number", ["line 3", "leave the task out"]],
    ["an empty runtime", "task_id,runtime_s\n1,\n", "bad-number", ["line 2", "leave the task out"]],
    ["a short row", "task_id,runtime_s\n1\n", "bad-number", ["line 2", "leave the task out"]],
    ["NaN", "task_id,runtime_s\n1,NaN\n", "bad-number", ["line 2", "leave the task out"]],
    ["infinity", "task_id,runtime_s\n1,1e400\n", "bad-number", ["line 2", "leave the task out"]],
    [
      "a comma as decimal point",
      'task_id,runtime_s\n1,"1,5"\n',
      "bad-number",
      ["line 2", "leave the task out"],
    ],
    ["a unit", "task_id,runtime_s\n1,5s\n", "bad-number", ["line 2", "leave the task out"]],
    ["hexadecimal", "task_id,runtime_s\n1,0x10\n", "bad-number", ["line 2", "leave the task out"]],
    ["no id", "task_id,runtime_s\n ,5\n", "bad-id", ["line 2", "number them"]],
    ["an open quote", 'task_id,runtime_s\n"1,5\n2,6\n', "bad-table", ["line", "doubled"]],
    ["a stray quote", 'task_id,runtime_s\n1"2,5\n', "bad-table", ["line 2", "doubled"]],
    ["bytes that are no text", Buffer.of(0xff, 0x0a), "bad-bytes", ["line 1", "iconv"]],
    ["a line without end", Buffer.alloc(3_000_000, "1"), "line-too-long", ["line 1", "file"]],
    ["a joblog without results", `${STINT}\n`, "empty-table", ["r.csv", "joblog"]],
    [
      "a joblog with a bad number",
      `${PARALLEL}\nx\t:\t1\t1\t0\t0\t0\t0\ty\n`,
      "bad-number",
      ["line 2", "as it was written"],
    ],
    [
      "a joblog with a bad time",
      `${PARALLEL}\n1\t:\t1\t\t0\t0\t0\t0\ty\n`,
      "bad-number",
      ["line 2", "as it was written"],
    ],
    [
      "two joblogs",
      `${PARALLEL}\n1\t:\t1\t1\t0\t0\t0\t0\ty\n1\t:\t1\t1\t0\t0\t0\t0\ty\n`,
      "duplicate-id",
      ["line 3", "give one"],
    ],
  ])("%s", async (_, content, code, [where, hint]) => {
    const trouble = await troubleOf(read(content));
    expect(trouble).toMatchObject({ kind: "bad-input", code });
    expect(trouble.where).toContain(where);
    expect(trouble.hint).toContain(hint);
  });

  test.each<[string, number | undefined, string, string]>([
    ["none.csv", undefined, "file-unusable", "look at the name"],
    ["a\0b", undefined, "file-unusable", "another file"],
    ["", undefined, "file-unusable", ""],
    ["nromal(1s,1s)", 5, "unknown-distribution", '"normal"'],
    ["normal(1s,1s)", undefined, "missing-flag", "--tasks 1000"],
    ["normal(1s,1s)", 0, "out-of-range", "--tasks 1000"],
    ["normal(1s,1s)", 1.5, "out-of-range", "--tasks 1000"],
    ["normal(1s,1s)", 1e12, "out-of-range", "--tasks 1000"],
    ["normal(1,1)", 5, "bare-number", "1s"],
    ["normal(1s,-1s)", 5, "out-of-range", "10s"],
    ["lognormal(1s,x)", 5, "bad-value", "lognormal("],
    ["levy(0s)", 5, "not-positive", "units"],
    ["levy(1s,2s,3s)", 5, "bad-value", "levy("],
    ["uniform()", 5, "bad-value", "uniform("],
  ])("%j with --tasks %s", async (what, tasks, code, hint) => {
    const trouble = await troubleOf(
      readRuntimes(what, { ...(tasks !== undefined && { tasks }), clusters: CLUSTERS }),
    );
    expect(trouble.code).toBe(code);
    expect(trouble.hint).toContain(hint);
  });

  test("--tasks is refused for a file", async () => {
    writeFileSync(path, "task_id,runtime_s\n1,2\n");
    expect((await troubleOf(readRuntimes(path, { tasks: 5, clusters: CLUSTERS }))).code).toBe(
      "needless-flag",
    );
  });
});

test("whatever the bytes, runtimes are read or refused with trouble that can be shown", async () => {
  const header = fc.constantFrom("task_id,runtime_s", "task_id,t_a,t_b.large", STINT, PARALLEL);
  const row = fc.array(fc.oneof(fc.constantFrom("1", "2.5", "done", '"', ""), fc.string({ unit: "binary" })));
  const content = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc
      .tuple(header, fc.array(row), fc.constantFrom(",", "\t"))
      .map(([first, rows, by]) => Buffer.from([first, ...rows.map((cells) => cells.join(by))].join("\n"))),
  );
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      try {
        const runtimes = await read(bytes);
        if (runtimes.kind === "recorded") expect(new Set(runtimes.ids).size).toBe(runtimes.ids.length);
      } catch (cause) {
        expect(cause).toBeInstanceOf(TroubleError);
        expect((cause as TroubleError).message.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 500 },
  );
});
