/** What the words of `stint run` mean: a bag, or a command with its inputs; and what is refused of them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandText } from "@stint/shared/bag/bag.js";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { markCommand } from "./command-line/mark-command.js";
import { stintProgram } from "./command-line/program.js";
import { runSource, type RunSource } from "./input/run-source.js";

const folder = mkdtempSync(join(tmpdir(), "stint-run-source-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const BAG = join(folder, "bag.txt");
const LINES = join(folder, "lines");
writeFileSync(BAG, "echo 1\n");
writeFileSync(LINES, "u\nv w\n");
writeFileSync(join(folder, "nul"), "first\nsecond\0\n");

interface Read extends RunSource {
  readonly flags: Readonly<Record<string, unknown>>;
}

/** As the command line reads these words behind `stint run`. */
function sourceOf(words: readonly string[]): Read {
  const program = stintProgram(() => undefined);
  const verb = program.commands.find((one) => one.name() === "run")!;
  const { operands, unknown } = verb.parseOptions([...markCommand(["run", ...words], program)].slice(1));
  expect(unknown).toEqual([]);
  const flags = verb.opts();
  return { ...runSource(operands, flags["input"] as string | undefined), flags };
}

async function commandsOf(words: readonly string[]): Promise<string[]> {
  const commands: string[] = [];
  for await (const { command } of sourceOf(words).tasks) commands.push(commandText(command));
  return commands;
}

test.each([
  [[BAG], BAG, "bag", ["echo 1"]],
  [[BAG, "--yes"], BAG, "bag", ["echo 1"]],
  [["gzip -k {}", ":::", "a b", "c"], "gzip -k {}", "gzip", ["gzip -k 'a b'", "gzip -k c"]],
  [["/usr/bin/gzip", "-k", ":::", "a"], "/usr/bin/gzip -k", "gzip", ["/usr/bin/gzip -k a"]],
  [[":::", "echo a", "b"], ":::", "run", ["echo a", "b"]],
  [["--input", LINES, "x {}"], "x {}", "x", ["x u", "x 'v w'"]],
  [["x {}", `--input=${LINES}`], "x {}", "x", ["x u", "x 'v w'"]],
  [["x", "--input", LINES], "x", "x", ["x u", "x 'v w'"]],
  [
    [`--input=${LINES}`, "x", "-i", "--input", "{}"],
    "x -i --input {}",
    "x",
    ["x -i --input u", "x -i --input 'v w'"],
  ],
  [["(cd {} && ls)", ":::", "a"], "(cd {} && ls)", "cd", ["(cd a && ls)"]],
  [["{}", ":::", "a"], "{}", "run", ["a"]],
  [["echo", ":::", "one\ntwo"], "echo", "echo", ["echo 'one\ntwo'"]],
])("%j is %j, called %s", async (words, bag, name, commands) => {
  expect(sourceOf(words)).toMatchObject({ bag, name });
  expect(await commandsOf(words)).toEqual(commands);
});

test.each([
  [["x {}", "--budget", "5usd", "--yes", ":::", "a"], { budget: "5usd", yes: true }, ["x a"]],
  [["--budget", "5usd", "--yes", "x", "--yes", ":::", "a"], { budget: "5usd", yes: true }, ["x --yes a"]],
  [["--budget=5usd", "x", "--budget", "6usd", ":::", "a"], { budget: "5usd" }, ["x --budget 6usd a"]],
  [["--yes", "--", "x", "-y", ":::", "a", "--json"], { yes: true }, ["x -y a", "x -y --json"]],
  [["--", "x", ":::", "--budget", "5usd"], {}, ["x --budget", "x 5usd"]],
  [["-j4", "--", "x {}", ":::", "-j4"], { jobs: "4" }, ["x -j4"]],
  [["-j", "4", "x", ":::", "a"], { jobs: "4" }, ["x a"]],
  [["x", ":::", "-head", "-4", "-"], {}, ["x -head", "x -4", "x -"]],
  [["--", "x", ":::", "-j4", "-h"], {}, ["x -j4", "x -h"]],
])("%j has these flags of its own: %j", async (words, flags, commands) => {
  expect(sourceOf(words).flags).toMatchObject(flags);
  expect(sourceOf(words).flags["budget"]).toBe((flags as { budget?: string }).budget);
  expect(await commandsOf(words)).toEqual(commands);
});

async function troubleOf(words: readonly string[]): Promise<Trouble> {
  try {
    await commandsOf(words);
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

test.each<[readonly string[], string, string, readonly [where: string, hint: string]]>([
  [["x", ":::", "a", "--budget", "5usd"], "usage", "option-among-inputs", ["stint run", "-- COMMAND"]],
  [["x", "::::", LINES, "--budget=5usd"], "usage", "option-among-inputs", ["stint run", "-- COMMAND"]],
  [["x", ":::", "1", "-j", "4"], "usage", "option-among-inputs", ["stint run", "-- COMMAND ::: -j"]],
  [["x", ":::", "1", "-j4"], "usage", "option-among-inputs", ["stint run", "-- COMMAND ::: -j4"]],
  [["x", ":::", "1", "-h"], "usage", "option-among-inputs", ["stint run", "-- COMMAND ::: -h"]],
  [["x", ":::", "--help"], "usage", "option-among-inputs", ["stint run", "-- COMMAND ::: --help"]],
  [["cp {} {.}.bak"], "usage", "no-inputs", ["stint run", "--input - 'cp {} {.}.bak'"]],
  [["sleep 1"], "usage", "no-inputs", ["stint run", "'sleep 1 {}' :::"]],
  [["ls", "-la"], "usage", "no-inputs", ["stint run", "stint run 'ls -la {}' ::: INPUT…"]],
  [["ls", "-la"], "usage", "no-inputs", ["stint run", "just once: stint run ::: 'ls -la'"]],
  [["--", "ls", "-la"], "usage", "no-inputs", ["stint run", "'ls -la {}' :::"]],
  [["sort", "-n", "--yes", "--budget", "5usd"], "usage", "no-inputs", ["stint run", "'sort -n {}' :::"]],
  [["sh", "-c", "a b"], "usage", "no-inputs", ["stint run", `::: 'sh -c '"'"'a b'`]],
  [["a", "--epochs", "3"], "usage", "no-inputs", ["stint run", "'a --epochs 3 {}' :::"]],
  [[BAG, "b.txt"], "usage", "too-many-arguments", ["stint run", ":::"]],
  [["no such.txt"], "bad-input", "file-unusable", ["no such.txt", "name"]],
  [["a", "b"], "usage", "no-inputs", ["stint run", "'a b {}' :::"]],
  [["x", ":::"], "usage", "value-missing", ["stint run", "*.txt"]],
  [["x", ":::", "a", ":::"], "usage", "value-missing", ["stint run", "*.txt"]],
  [["x", "::::"], "usage", "value-missing", ["stint run", "*.txt"]],
  [["x", ":::+", "a"], "usage", "bad-usage", ["stint run", ":::"]],
  [["x", "::::+", LINES], "usage", "bad-usage", ["stint run", "::::"]],
  [["x", "::::", "-", "-"], "usage", "options-conflict", ["stint run", "file"]],
  [["--input", "-", "x", "::::", "-"], "usage", "options-conflict", ["stint run", "file"]],
  [["x {2}", ":::", "a"], "usage", "no-such-input", ["the command", "from 1"]],
  [["x {0}", ":::", "a"], "usage", "no-such-input", ["the command", "from 1"]],
  [["x {= s/a/b/ =}", ":::", "a"], "usage", "not-yet", ["the command", "shell"]],
  [["x", "::::", join(folder, "none")], "bad-input", "file-unusable", ["none", "name"]],
  [["--input", folder, "x"], "bad-input", "file-unusable", [folder, "another"]],
  [["--input", join(folder, "nul"), "x"], "bad-input", "bad-bytes", ["nul, line 2", "file"]],
  [["--input", "/dev/null", "x"], "bad-input", "empty-bag", ["the command", "input"]],
  [["x", "::::", LINES, "/dev/null"], "bad-input", "empty-bag", ["the command", "input"]],
  [[":::", "a", " "], "bad-input", "bad-value", ["the command, task 2", "leave"]],
  [["x", ":::", "y".repeat(140_000)], "bad-input", "command-too-long", ["the command, task 1", "script"]],
])("%j is refused (%s, %s)", async (words, kind, code, [where, hint]) => {
  const trouble = await troubleOf(words);
  expect(trouble).toMatchObject({ kind, code });
  expect(trouble.where).toContain(where);
  expect(trouble.hint).toContain(hint);
});

test.each<readonly [readonly string[], readonly RegExp[]]>([
  [["x '{}'", ":::", "a"], []],
  [["x {}", ":::", "a b"], []],
  [
    ["x '{}' \"{.}\"", ":::", "a", "b c", "d e"],
    [/^note: \{\} stands within quotes[^]*"b c"/u, /quotes around \{\}/u],
  ],
  [['x "$(y {})"', ":::", "a b"], []],
  [["x", ":::", "a", "b", ":::+", "c", "d"], []],
  [
    ["x", ":::", "a", "b", "c", ":::+", "d", "e"],
    [/^note: inputs that go along with each other are 3 and 2/u],
  ],
])("of %j is noted, as it may not be meant: %j", async (words, notes) => {
  const { tasks, notes: noted } = sourceOf(words);
  for await (const task of tasks) expect(task.id).toBeDefined();
  expect(noted).toEqual(notes.map((note) => expect.stringMatching(note) as string));
});

test("whatever the words, they are tasks or trouble that can be shown", async () => {
  const word = fc.oneof(
    fc.constantFrom(
      ":::",
      ":::+",
      "::::",
      "::::+",
      "{}",
      "{1}",
      "{-2.}",
      "{#}",
      "x {.}",
      "a b",
      "--",
      LINES,
      BAG,
    ),
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "").replace(/^-+/u, "")),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
      // Then the command line has said already that there is no bag.
      fc.pre(words.some((one) => one !== "--"));
      try {
        expect((await commandsOf(words)).length).toBeGreaterThan(0);
      } catch (cause) {
        expect(cause).toBeInstanceOf(TroubleError);
        expect((cause as TroubleError).message.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 300 },
  );
});
