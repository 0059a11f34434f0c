/** What the command line refuses, in which form and with which exit code; nothing is started by any of it. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN, newPlace, type Place } from "./stint.js";

let place: Place;
beforeAll(() => {
  place = newPlace();
  place.write("bag.txt", "true\n");
  place.write("bad.yaml", "command: render {frmae}\nparams: { frame: [1] }\n");
  place.write("mixed.jsonl", '{"argv":["a"],"cpus":1}\n{"argv":["b"],"cpus":2}\n');
  place.write("maximum.yaml", "clusters:\n  a: { provider: local, maximum: 2 }\n");
  place.write("paid.yaml", "clusters:\n  a: { provider: local, price: 0.04 usd/h }\n");
});
afterAll(() => place.remove());

const RUN = ["run", "bag.txt"];
const PAID = [...RUN, "--clusters", "paid.yaml"];

/** The words, the exit code, the word for machines, and what a person must be able to read. */
const REFUSED: readonly (readonly [readonly string[], number, string, RegExp])[] = [
  [["rnu", "bag.txt"], 2, "unknown-verb", /unknown verb rnu[^]*try: run/u],
  [["budget", "ad", "2usd"], 2, "unknown-verb", /unknown verb ad[^]*try: add/u],
  [["run"], 2, "argument-missing", /no BAG[^]*try: stint run bag\.txt; stint run - for standard input/u],
  [[...RUN, "more.txt"], 2, "too-many-arguments", /2 words where 1 is expected/u],
  [[...RUN, "--budgt", "5usd"], 2, "unknown-option", /--budgt[^]*try: --budget/u],
  [["run", "--name", "x", "bag.txt", "--budget"], 2, "value-missing", /--budget without a value/u],
  [[...RUN, "--budget", "5"], 2, "bare-number", /--budget: found "5"[^]*usd/u],
  [[...RUN, "--budget", "5eur"], 2, "not-yet", /--budget[^]*not yet/u],
  [[...RUN, "--budget", "0usd"], 2, "not-positive", /--budget[^]*above 0/u],
  [[...RUN, "--choose", "dearest"], 2, "bad-value", /"dearest" for --choose[^]*cheapest\+20/u],
  [[...RUN, "--when-short", "borrow"], 2, "bad-value", /"borrow" for --when-short[^]*finish-paid/u],
  [
    [...RUN, "--retries", "some"],
    2,
    "not-a-count",
    /--retries: found "some"[^]*try: for example --retries 3/u,
  ],
  [[...RUN, "--halt", "never", "--max-failures", "2"], 2, "not-a-halt", /--max-failures 2 alone/u],
  [[...RUN, "--runs", "/proc/x"], 9, "file-unusable", /try: keep runs where you may write/u],
  [[...RUN, "--clusters", "maximum.yaml"], 3, "unknown-key", /try: did you mean "max"/u],
  [[...RUN, "--retries", "-1"], 2, "not-a-count", /--retries/u],
  [[...RUN, "--timeout", "90"], 2, "bare-number", /--timeout: found "90"/u],
  [[...RUN, "--review", "0s"], 2, "not-positive", /--review/u],
  [[...RUN, "--seed", "1.5"], 2, "not-a-count", /--seed/u],
  [[...RUN, "--env", "NO_SUCH_VARIABLE"], 2, "not-set", /NO_SUCH_VARIABLE/u],
  [PAID, 2, "budget-needed", /--budget[^]*0\.04|--budget/u],
  [["run", "sort {}", ":::", "a", "--dry-run"], 2, "option-among-inputs", /its own option --dry-run/u],
  [["run", "no-such-bag.txt"], 3, "file-unusable", /no-such-bag\.txt/u],
  [[...RUN, "--clusters", "none.yaml"], 3, "file-unusable", /none\.yaml/u],
  [["run", "x", ":::"], 2, "value-missing", /::: with nothing behind it[^]*gzip/u],
  [["run", ":::+", "a"], 2, "bad-usage", /:::\+ before any other inputs/u],
  [["run", "bag.txt", "--choose", "fast"], 2, "bad-value", /try: --choose fastest\n/u],
  [
    ["run", "bag.txt", "--jobs", "200%"],
    2,
    "not-a-count",
    /as GNU parallel has it[^]*try: --jobs \d+, as there/u,
  ],
  [["run", "x {3}", ":::", "a"], 2, "no-such-input", /the command: found \{3\}/u],
  [["run", "--input", "none", "x"], 3, "file-unusable", /none: found no such file/u],
  [["run", "bad.yaml"], 3, "unused-parameter", /bad\.yaml, line 2[^]*\{frame\} instead of \{frmae\}/u],
  [["run", "mixed.jsonl"], 3, "mixed-needs", /mixed\.jsonl, line 2: found cpus of 2, where line 1/u],
  [["resume", "nothing"], 2, "no-such-run", /nothing: found no run of this name/u],
  [["report"], 2, "no-such-run", /runs: found no such folder in \/[^]*try: begin one with: stint run BAG/u],
  [["budget", "show", "nothing"], 2, "no-such-run", /nothing/u],
  [["budget", "add", "2"], 2, "bare-number", /found "2"/u],
  [["budget", "add", "0usd"], 2, "not-positive", /try: say how much more/u],
  [["budget", "add", "-1usd"], 2, "bad-value", /found "-1usd"[^]*only raised/u],
  [["logs", "1"], 2, "no-such-run", /runs/u],
  [["logs", "1", "--stdout", "--stderr"], 2, "options-conflict", /--stdout/u],
  [["logs", "1", "--attempt", "0"], 2, "not-a-count", /--attempt/u],
  [["doctor", "nothing"], 2, "no-such-run", /nothing/u],
  [["status", "nothing"], 2, "no-such-run", /nothing/u],
  [["watch", "nothing"], 2, "no-such-run", /nothing/u],
  [["pause", "nothing"], 2, "no-such-run", /nothing/u],
  [["cancel", "nothing"], 2, "no-such-run", /nothing/u],
  [["retry", "nothing"], 2, "option-missing", /try: stint retry --failed/u],
  [["retry", "--failed", "nothing"], 2, "no-such-run", /nothing/u],
  [["explain", "task", "1", "--run", "nothing"], 2, "no-such-run", /nothing/u],
  [["explain", "task"], 2, "argument-missing", /TASK/u],
  [["explain", "decision", "zero"], 2, "not-a-count", /zero/u],
  [["schema", "sumary"], 2, "bad-value", /"sumary" for NAME[^]*try: stint schema summary/u],
  [["completion", "tcsh"], 2, "bad-value", /"tcsh" for SHELL[^]*one of: bash, zsh, fish/u],
  [["plan"], 2, "argument-missing", /BAG/u],
  [["plan", "bag.txt", "--choose", "fastest"], 2, "unknown-option", /--choose/u],
  [["plan", "bag.txt", "--dry-run"], 2, "unknown-option", /--dry-run[^]*try: stint run --dry-run/u],
  [["worker"], 2, "option-missing", /--master HOST:PORT/u],
  [["worker", "--config", "none.json"], 9, "file-unusable", /none\.json/u],
  [["simulate", "bag.csv"], 2, "option-missing", /--clusters/u],
];

/** Options that users of GNU parallel and xargs know, and what must be said to them. */
const OF_PARALLEL: readonly (readonly [option: string, instead: RegExp])[] = [
  ["-P4", /--jobs COUNT, or slots and max/u],
  ["-k", /--all --stdout[^]*order/u],
  ["--joblog", /joblog\.tsv is always written/u],
  ["-a", /--input FILE/u],
  ["-0", /tr '\\0' '\\n'/u],
  ["--bar", /the live screen/u],
  ["--eta", /the live screen/u],
  ["-q", /always quoted/u],
  ["--tag", /--all says which task/u],
  ["-X", /one input of each list/u],
  ["-n1", /one input of each list/u],
  ["-I{}", /\{\} is the input/u],
  ["--colsep=,", /csv: FILE/u],
];

test.each(OF_PARALLEL)(
  "of %s, which another program has, it is said what stint has instead",
  async (option, instead) => {
    const { code, stderr } = await place.stint("run", option, "bag.txt");
    expect([code, stderr]).toEqual([2, expect.stringMatching(instead)]);
    expect(stderr).toContain(`the unknown option ${option.replace(/=.*/u, "")}`);
  },
);

/** Before a last option that waits for its value, and before inputs, as those would take it. */
const asDocument = (words: readonly string[]): string[] =>
  words[0] === "run" ? ["run", "--json", ...words.slice(1)] : [...words, "--json"];

describe("a mistake on the command line", () => {
  test.each(REFUSED)("%j ends with %i as %s", async (words, code, word, text) => {
    // One after the other: a folder of runs that both make stays for the other's sake.
    const plain = await place.stint(...words);
    const json = await place.stint(...asDocument(words));
    expect(plain.stderr).toMatch(text);
    expect(plain.stderr).toMatch(/: found .*\n {2}expected: .*\n {2}try: \S/u);
    expect(plain.stdout).toBe("");
    expect([plain.code, json.code]).toEqual([code, code]);
    const document = JSON.parse(json.stdout) as { schema: number; error: Record<string, unknown> };
    expect(document.schema).toBe(1);
    expect(document.error["code"]).toBe(word);
    for (const key of ["where", "found", "expected", "hint"])
      expect(typeof document.error[key]).toBe("string");
    expect(existsSync(join(place.path, "runs"))).toBe(false);
  });
});

test("a folder that was removed under the caller is named as what is wrong", async () => {
  const gone = newPlace();
  const script = `rmdir "$PWD" && exec "$0" "$1" run bag.txt`;
  const child = spawn("/bin/sh", ["-c", script, process.execPath, BIN], { cwd: gone.path });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, said]).toEqual([
    2,
    expect.stringContaining("the current folder: found that it has been removed"),
  ]);
});

test("a verb that is a group of verbs shows them when none is named", async () => {
  const { code, stdout, stderr } = await place.stint("budget");
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/show \[run\][^]*add <amount>[^]*stint budget: found no verb/u);
});

test("no words at all show the verbs, examples, and what was missing", async () => {
  const { code, stdout, stderr } = await place.stint();
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/run <bag>[^]*Examples:[^]*Exit codes:[^]*\nstint: found no verb behind it\n/u);
});

describe("help", () => {
  test.each([
    ...[
      "run",
      "plan",
      "simulate",
      "resume",
      "retry",
      "status",
      "watch",
      "pause",
      "cancel",
      "budget",
      "report",
    ],
    ...["logs", "explain", "doctor", "schema", "completion", "worker"],
  ])("of %s fits into 80 columns, says how it is called, and needs nothing", async (verb) => {
    const { code, stdout, stderr } = await place.stint(verb, "--help");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(new RegExp(`^Usage: stint ${verb}`, "u"));
    expect(stdout).toMatch(/\nExamples:\n {2}\S/u);
    expect(stdout.split("\n").filter((line) => line.length > 79)).toEqual([]);
  });

  test("of the program lists every verb and the exit codes", async () => {
    const { code, stdout } = await place.stint("--help");
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect((await place.stint("help")).stdout).toBe(stdout);
    const none = await place.stint();
    expect(none.code).toBe(2);
    expect(none.stderr.slice(0, stdout.length)).toBe(stdout);
    expect(none.stderr.slice(stdout.length)).toMatch(/^stint: found no verb[^]*\n {2}try: stint --help\n$/u);
  });

  test("the version is that of the package", async () => {
    const file = readFileSync(new URL("../../packages/master/package.json", import.meta.url), "utf8");
    expect((await place.stint("--version")).stdout.trim()).toBe(
      (JSON.parse(file) as { version: string }).version,
    );
  });
});
