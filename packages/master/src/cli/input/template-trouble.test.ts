import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import { afterAll, describe, expect, test } from "vitest";
import { readBag } from "./read-bag.js";
import { tasksOfTemplate } from "./template-file.js";

const folder = mkdtempSync(join(tmpdir(), "stint-bad-template-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function troubleOf(text: string): Promise<Trouble> {
  const path = join(folder, "bag.yaml");
  writeFileSync(path, text);
  try {
    for await (const task of readBag(path)) expect(task.id).not.toBe("");
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("there was no trouble");
}

const OK = "command: a {x}\nparams: { x: [1] }\n";

describe("a bad template is refused with its line, what was found, expected, and what to do", () => {
  writeFileSync(join(folder, "head.csv"), "x\n");
  writeFileSync(join(folder, "empty.csv"), "");
  writeFileSync(join(folder, "ragged.csv"), "x,y\n1,2\n3\n");
  writeFileSync(join(folder, "open.csv"), 'x,y\n1,"2\n');
  writeFileSync(join(folder, "twice.csv"), "x,x\n1,2\n");
  writeFileSync(join(folder, "digit.csv"), "1,x\n1,2\n");

  test.each<[string, string, readonly [where: string, hint: string]]>([
    ["", "bad-value", ["line 1", "command"]],
    ["- a\n- b\n", "bad-value", ["line 1", "params"]],
    ["just text", "bad-value", ["line 1", "params"]],
    ["command: {", "bad-yaml", ["line", "params"]],
    ["command: {prog} {x}\nparams: { x: [1] }\n", "bad-yaml", ["line 1", `command: "{prog} {x}"`]],
    [`${OK}params: { y: [1] }\n`, "duplicate-name", ["line 3", "away"]],
    [`${OK}comand: b\n`, "unknown-key", ["line 3", '"command"']],
    [`${OK}after: b\n`, "not-yet", ["line 3", "not yet"]],
    [`${OK}inputs: [b]\n`, "not-yet", ["line 3", "not yet"]],
    ["? [a]\n: b\n", "bad-name", ["line 1", "command"]],
    ["params: { x: [1] }\n", "missing-key", ["line 1", "argv"]],
    [`${OK}argv: [b]\n`, "two-commands", ["line 3", "away"]],
    ["command: [a]\nparams: { x: [1] }\n", "bad-value", ["line 1", "render"]],
    ["command:\nparams: { x: [1] }\n", "bad-value", ["line 1", "render"]],
    ["argv: a {x}\nparams: { x: [1] }\n", "bad-value", ["line 1", "argv"]],
    ["argv: [{x}]\nparams: { x: [1] }\n", "bad-value", ["line 1", "argv"]],
    ["argv: ['{x}']\nparams: { x: [''] }\n", "bad-value", ["line 1, task 1", "argv"]],
    ["command: echo\n", "missing-key", ["line 1", "*.txt"]],
    ["command: echo\nparams: {}\n", "missing-key", ["line 1", "*.txt"]],
    ["command: a {x}\nparams: [1]\n", "bad-value", ["line 2", "frame"]],
    ["command: a {x}\nparams: { x: 1 }\n", "bad-value", ["line 2", "frame"]],
    ["command: a {x}\nparams:\n  x: []\n", "bad-value", ["line 3", "frame"]],
    ["command: a {x}\nparams:\n  x:\n  - 1\n  - ~\n", "bad-value", ["line 5", "frame"]],
    ["command: a {x}\nparams: { x: [[1]] }\n", "bad-value", ["line 2", "frame"]],
    ["command: a {x}\nparams:\n  x: [1]\n  x: [2]\n", "duplicate-name", ["line 4", "away"]],
    ["command: a {x}\nparams: { x: [1], 7: [1] }\n", "bad-name", ["line 2", "{frame}"]],
    ["command: a {x}\nparams: { x: [1], 'a{b': [1] }\n", "bad-name", ["line 2", "{frame}"]],
    ["command: a {x}\nparams: { x: [1] }\nzip: { x: [1] }\n", "duplicate-name", ["line 2", "rename"]],
    ["command: a {x} {y}\nzip:\n  x: [1, 2]\n  y: [1]\n", "unequal-lists", ["line 4", "params"]],
    ["command: a {x}\nzip: {}\n", "bad-value", ["line 2", "frame"]],
    ["command: a {x}\nzip: { x: [1] }\ncsv: head.csv\n", "options-conflict", ["line 3", "columns"]],
    ["command: a {x}\ncsv: [a]\n", "bad-value", ["line 2", "frames.csv"]],
    ["command: a {x}\ncsv: none.csv\n", "file-unusable", ["none.csv", "name"]],
    ["command: a {x}\ncsv: empty.csv\n", "bad-table", ["empty.csv", "first line"]],
    ["command: a {x}\ncsv: head.csv\n", "empty-bag", ["bag.yaml", "row"]],
    ["command: a {x}\ncsv: ragged.csv\n", "bad-table", ["ragged.csv, line 3", "quotes"]],
    ["command: a {x}\ncsv: open.csv\n", "bad-table", ["open.csv, line", "doubled"]],
    ["command: a {x}\ncsv: twice.csv\n", "duplicate-name", ["twice.csv, line 1", "rename"]],
    ["command: a {x}\ncsv: digit.csv\n", "bad-name", ["digit.csv, line 1", "{frame}"]],
    ["command: a {z}\ncsv: ragged.csv\n", "unused-parameter", ["ragged.csv, line 1", "{x}"]],
    [
      "command: a {frmae}\nparams: { frame: [1] }\n",
      "unused-parameter",
      ["line 2", "{frame} instead of {frmae}"],
    ],
    ["command: a {x}\nparams: { x: [1], y: [1] }\n", "unused-parameter", ["line 2", "{y}"]],
    ["command: a {2}\nparams: { x: [1] }\n", "no-such-input", ["line 1", "{x}"]],
    ["command: a {= $_ =} {x}\nparams: { x: [1] }\n", "not-yet", ["line 1", "shell"]],
    ['command: a "{x}"\nparams: { x: [1, b c] }\n', "brace-in-quotes", ["line 1, task 2", "away"]],
    ["command: sh -c 'a {x}'\nparams: { x: [$HOME] }\n", "brace-in-quotes", ["line 1, task 1", "argv"]],
    [`${OK}id: same\n`, "duplicate-id", ["line 3, task 2", "change one"]],
    [`${OK}id: "{x}{%}"\n`, "no-such-input", ["line 3", "STINT_SLOT"]],
    [`${OK}id: ["{x}"]\n`, "bad-value", ["line 3", "frame-{frame}"]],
    [`${OK}id: "a\\n{x}"\n`, "bad-id", ["line 3, task 1", "leave the id out"]],
    [`${OK}cwd: [a]\n`, "bad-value", ["line 3", "run-{frame}"]],
    [`${OK}env: [A]\n`, "bad-value", ["line 3", "SEED"]],
    [`${OK}env: { A: [b] }\n`, "bad-value", ["line 3", "SEED"]],
    [`${OK}env: { A=B: b }\n`, "bad-name", ["line 3, task 1", "SEED"]],
    [`${OK}env: { STINT_SLOT: b }\n`, "reserved-name", ["line 3, task 1", "MY_SLOT"]],
    [`${OK}outputs: a\n`, "bad-value", ["line 3", "outputs"]],
    [`${OK}outputs: [/tmp/a]\n`, "bad-path", ["line 3, task 1", "cwd"]],
    [`${OK}outputs: ["../{x}"]\n`, "bad-path", ["line 3, task 1", "cwd"]],
    [`${OK}tags: a\n`, "bad-value", ["line 3", "tags"]],
    [`${OK}tags: ['']\n`, "bad-tag", ["line 3, task 1", "tags"]],
    [`${OK}timeout: 90\n`, "bad-value", ["line 3", "90s"]],
    [`${OK}timeout: 0s\n`, "not-positive", ["line 3", "units"]],
    [`${OK}retries: two\n`, "bad-value", ["line 3", "2"]],
    [`${OK}replicable: "yes"\n`, "bad-value", ["line 3", "true"]],
    [`${OK}cpus: 0\n`, "bad-value", ["line 3", "slot"]],
    [`${OK}memory: 2\n`, "bad-value", ["line 3", "2GB"]],
  ])("%j: %s", async (text, code, [where, hint]) => {
    // Two tasks, where the template has one list of one value.
    const trouble = await troubleOf(code === "duplicate-id" ? text.replace("[1]", "[1, 2]") : text);
    expect(trouble).toMatchObject({ kind: "bad-input", code });
    expect(trouble.where).toContain(where);
    expect(trouble.hint).toContain(hint);
    expect(trouble.found).not.toBe("");
    expect(trouble.expected).not.toBe("");
  });

  test("more combinations than a bag may have are refused before the first", async () => {
    const list = `[${Array.from({ length: 300 }, (_, at) => at).join(",")}]`;
    const tasks = tasksOfTemplate(
      `command: a {}\nparams: { x: ${list}, y: ${list}, z: ${list} }\n`,
      "bag.yaml",
    );
    await expect(tasks.next()).rejects.toMatchObject({
      trouble: { code: "bag-too-large", where: "bag.yaml, line 2" },
    });
  });

  test("a file that nests without end is refused", async () => {
    expect(await troubleOf("[".repeat(500_000))).toMatchObject({ code: "bad-yaml" });
  });
});
