/** Three hundred real commands of every kind on two unlike local clusters: every figure is held against another. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Summary } from "../../packages/master/src/planner/report/summary.js";
import { micro, newPlace, processesOf, type Ended, type Fields, type RunFiles } from "./stint.js";

const TASKS = 300;
const MEGABYTES = 3;

interface Kind {
  readonly command: (n: number) => string;
  readonly stdout?: (n: number) => string;
  readonly stderr?: (n: number) => string;
  /** How each attempt ends. */
  readonly outcome: "done" | "failed" | "timeout";
  readonly exit: number;
  readonly signal?: number;
  /** Only its first attempt fails. */
  readonly recovers?: true;
}

/** A line of n megabytes without an end would be no line; `head` makes exactly so many bytes. */
const KINDS: readonly Kind[] = [
  {
    command: (n) => `echo out ${n}; echo err ${n} >&2`,
    stdout: (n) => `out ${n}\n`,
    stderr: (n) => `err ${n}\n`,
    outcome: "done",
    exit: 0,
  },
  { command: (n) => `true # ${n}`, outcome: "done", exit: 0 },
  {
    command: (n) => `printf '%s\\n' "gr\u00fc\u00dfe ${n} \u65e5\u672c\u8a9e"`,
    stdout: (n) => `gr\u00fc\u00dfe ${n} \u65e5\u672c\u8a9e\n`,
    outcome: "done",
    exit: 0,
  },
  {
    command: (n) => `echo '  two  spaces ${n}' "and \\"quotes\\" \\$HOME" 'it'\\''s'`,
    stdout: (n) => `  two  spaces ${n} and "quotes" $HOME it's\n`,
    outcome: "done",
    exit: 0,
  },
  {
    command: (n) => `head -c ${MEGABYTES * 1_000_000} /dev/zero | tr '\\0' x; echo ${n} >&2`,
    stdout: () => "x".repeat(MEGABYTES * 1_000_000),
    stderr: (n) => `${n}\n`,
    outcome: "done",
    exit: 0,
  },
  {
    command: (n) => `echo before ${n}; exit ${(n % 100) + 1}`,
    stdout: (n) => `before ${n}\n`,
    outcome: "failed",
    exit: -2,
  },
  {
    command: (n) => `echo ${n}; kill -9 $$`,
    stdout: (n) => `${n}\n`,
    outcome: "failed",
    exit: -1,
    signal: 9,
  },
  { command: (n) => `echo slow ${n}; sleep 30`, stdout: (n) => `slow ${n}\n`, outcome: "timeout", exit: -1 },
  {
    command: (n) => `test $STINT_ATTEMPT -ge 2 && echo again ${n}`,
    stdout: (n) => `again ${n}\n`,
    outcome: "done",
    exit: 0,
    recovers: true,
  },
  {
    command: (n) => `cat; sleep 0.05; awk 'BEGIN { print ${n} }' | { read x; echo {$x,b}; }`,
    stdout: (n) => `{${n},b}\n`,
    outcome: "done",
    exit: 0,
  },
];
/** Of ten tasks one of each kind, but only three of three hundred run into their time limit. */
const kindOf = (n: number): Kind => {
  const kind = KINDS[n % KINDS.length] as Kind;
  return kind.outcome === "timeout" && n >= 3 * KINDS.length ? (KINDS[0] as Kind) : kind;
};

const place = newPlace();
let ended: Ended;
let run: RunFiles;
let summary: Summary;

beforeAll(async () => {
  const lines = Array.from({ length: TASKS }, (_, n) => kindOf(n).command(n));
  place.write("bag.txt", `# a comment\n\n${lines.join("\n")}\n`);
  place.write(
    "stint.yaml",
    [
      "clusters:",
      "  small: { provider: local, max: 2, slots: 1, price: 0.04 usd/h, atu: 10s }",
      "  large: { provider: local, max: 1, slots: 2, price: 0.31 usd/h, atu: 1s, minimum: 20s, speed: 0.8 }",
      "",
    ].join("\n"),
  );
  ended = await place.stint(
    "run",
    "bag.txt",
    "--budget",
    "0.5usd",
    "--choose",
    "fastest",
    "--retries",
    "1",
    "--timeout",
    "2s",
    "--json",
  );
  run = place.run();
  summary = run.summary();
}, 240_000);

afterAll(() => place.remove());

/** Attempts that were cut off as their machine was given back: no fault of theirs, and no retry of their task. */
const cutOff = (row: Fields): boolean => row["Outcome"] === "cancelled";
const attemptsOf = (rows: readonly Fields[], n: number): readonly Fields[] =>
  rows.filter((row) => row["Seq"] === String(n + 1) && !cutOff(row));

describe("300 commands of every kind on two local clusters", () => {
  test("end with the exit code that says that some failed", () => {
    expect(ended.stderr).not.toMatch(/\n\s+at .*\.[jt]s/u);
    expect(ended.code).toBe(1);
  });

  test("standard output is the summary, as it stands in the run's folder", () => {
    expect(JSON.parse(ended.stdout)).toEqual(summary);
  });

  test("every task ends in exactly one state, as its command says", () => {
    const rows = run.joblog();
    const expected = { done: 0, failed: 0 };
    for (let n = 0; n < TASKS; n += 1) {
      const kind = kindOf(n);
      const outcomes = attemptsOf(rows, n).map((row) => row["Outcome"]);
      // Its second attempt succeeds, also where the first was cut off and so has not failed.
      const cut = rows.some((row) => row["Seq"] === String(n + 1) && row["Attempt"] === "1" && cutOff(row));
      if (kind.recovers === true)
        expect(outcomes, kind.command(n)).toEqual(cut ? ["done"] : ["failed", "done"]);
      else if (kind.outcome === "done") expect(outcomes, kind.command(n)).toEqual(["done"]);
      else expect(outcomes, kind.command(n)).toEqual([kind.outcome, kind.outcome]);
      expected[kind.outcome === "done" ? "done" : "failed"] += 1;
    }
    expect(summary.tasks).toEqual({ total: TASKS, ...expected, quarantined: 0, left: 0 });
    expect(summary.state).toBe("failed-tasks");
  });

  test("an attempt is cut off only where its machine was given back before the end", () => {
    const given = new Map(run.machines().map((row) => [row["machine"], Number(row["released_at_s"])]));
    for (const row of run.attempts().filter(({ outcome }) => outcome === "cancelled")) {
      const released = given.get(row["machine"]);
      expect(released, row["machine"]).toBeDefined();
      expect(Math.abs((released ?? 0) - Number(row["ended_s"])), "seconds from its release").toBeLessThan(8);
    }
  });

  test("exit codes and signals are those of the commands", () => {
    for (const row of run.joblog().filter((each) => !cutOff(each))) {
      const n = Number(row["Seq"]) - 1;
      const kind = kindOf(n);
      if (kind.recovers === true && row["Attempt"] === "1") expect(row["Exitval"]).toBe("1");
      else expect(Number(row["Exitval"]), row["Command"]).toBe(kind.exit === -2 ? (n % 100) + 1 : kind.exit);
      if (kind.signal !== undefined) expect(Number(row["Signal"])).toBe(kind.signal);
    }
  });

  test("output is exact, each stream by itself, and an empty one leaves no file", () => {
    for (const row of run.joblog().filter((each) => !cutOff(each))) {
      const n = Number(row["Seq"]) - 1;
      const attempt = Number(row["Attempt"]);
      const kind = kindOf(n);
      const printed = kind.recovers === true && attempt === 1 ? undefined : kind.stdout?.(n);
      expect(run.output(n + 1, attempt, "stdout")?.toString(), row["Command"]).toBe(printed);
      expect(run.output(n + 1, attempt, "stderr")?.toString(), row["Command"]).toBe(kind.stderr?.(n));
      expect(Number(row["Receive"])).toBe(Buffer.byteLength(printed ?? ""));
    }
  });

  test("joblog, attempts.csv, machines.csv and summary.json agree to the micro-dollar", () => {
    const joblog = run.joblog();
    expect(run.attempts().length).toBe(joblog.length);
    expect(summary.attempts.total).toBe(joblog.length);
    const bill = run.machines().reduce((sum, row) => sum + micro(row["cost_usd"] ?? ""), 0);
    expect(micro(summary.spent_usd)).toBe(bill);
    const perCluster = Object.values(summary.clusters).reduce(
      (sum, cluster) => sum + micro(cluster.spent_usd),
      0,
    );
    expect(perCluster).toBe(bill);
    const { boot, idle, rounding, ...named } = summary.waste_usd;
    const onAttempts = joblog.reduce((sum, row) => sum + micro(row["CostUsd"] ?? ""), 0);
    const ofWaste = Object.values(named).reduce((sum, usd) => sum + micro(usd), 0);
    expect(micro(summary.useful_usd) + ofWaste).toBe(onAttempts);
    expect(onAttempts + micro(boot) + micro(idle) + micro(rounding)).toBe(bill);
    expect(bill).toBeLessThanOrEqual(500_000);
    expect(summary.committed_usd).toBe(0);
  });

  test("machines are charged whole units and the minimum at their exact price", () => {
    const terms: Record<string, { price: number; atu: number; minimum: number }> = {
      small: { price: 0.04, atu: 10, minimum: 0 },
      large: { price: 0.31, atu: 1, minimum: 20 },
    };
    for (const row of run.machines()) {
      const { price, atu, minimum } = terms[row["cluster"] ?? ""] ?? { price: 0, atu: 1, minimum: 0 };
      const billed = micro(row["billed_to_s"] ?? "") - micro(row["billed_from_s"] ?? "");
      const held = micro(row["released_at_s"] ?? "") - micro(row["rented_at_s"] ?? "");
      expect(billed).toBe(Math.ceil(Math.max(held, minimum * 1e6) / (atu * 1e6)) * atu * 1e6);
      const exact = (BigInt(billed) * BigInt(Math.round(price * 1e6)) + 3_599_999_999n) / 3_600_000_000n;
      expect(micro(row["cost_usd"] ?? "")).toBe(Number(exact));
    }
  });

  test("nothing of it is left running", () => {
    expect(processesOf(run)).toEqual([]);
  });

  test("the journal holds every law", async () => {
    const doctor = await place.stint("doctor", "latest");
    expect(doctor.stdout + doctor.stderr).not.toMatch(/violat/iu);
    expect(doctor.code).toBe(0);
  });

  test("logs shows what a task printed", async () => {
    expect((await place.stint("logs", "3")).stdout).toBe("gr\u00fc\u00dfe 2 \u65e5\u672c\u8a9e\n");
  });
});
