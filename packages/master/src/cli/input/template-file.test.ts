import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandText, type Task } from "@stint/shared/bag/bag.js";
import { TroubleError } from "@stint/shared/failures.js";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readBag } from "./read-bag.js";
import { tasksOfTemplate } from "./template-file.js";

const folder = mkdtempSync(join(tmpdir(), "stint-template-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const IN_FOLDER = join(folder, "bag.yaml");

async function tasksOf(text: string): Promise<Task[]> {
  writeFileSync(IN_FOLDER, text);
  const tasks: Task[] = [];
  for await (const task of readBag(IN_FOLDER)) tasks.push(task);
  return tasks;
}

const commandsOf = async (text: string): Promise<string[]> =>
  (await tasksOf(text)).map(({ command }) => commandText(command));

describe("a template", () => {
  test("is run for every combination of its lists, the last the fastest, as values were written", async () => {
    const text = "command: render {frame} {lens}\nparams: { frame: [1, 007, 0.10], lens: [wide, yes] }\n";
    expect(await commandsOf(text)).toEqual([
      "render 1 wide",
      "render 1 yes",
      "render 007 wide",
      "render 007 yes",
      "render 0.10 wide",
      "render 0.10 yes",
    ]);
  });

  test("goes through lists side by side", async () => {
    expect(await commandsOf("command: a {x} {y}\nzip:\n  x: [1, 2]\n  y:\n    - b c\n    - d\n")).toEqual([
      "a 1 'b c'",
      "a 2 d",
    ]);
  });

  test("takes the columns of a CSV file beside it, and every combination with more lists", async () => {
    writeFileSync(join(folder, "v.csv"), 'x,the y,unused\n1,"a, b",\n\n2,"c ""d""",z\n');
    const text = "csv: v.csv\nparams: { z: [p, q] }\ncommand: run {x} {the y} {z} {2}\n";
    expect(await commandsOf(text)).toEqual([
      "run 1 'a, b' p 'a, b'",
      "run 1 'a, b' q 'a, b'",
      `run 2 'c "d"' p 'c "d"'`,
      `run 2 'c "d"' q 'c "d"'`,
    ]);
  });

  test("says what holds for each of its tasks", async () => {
    const text = `
argv: [render, --frame, "{frame}", "{#}"]
id: f-{frame}
cwd: run/{frame}
env: { FRAME: "{frame}", LEVEL: 3 }
outputs: ["out/{frame}.png", ./log/]
tags: [night, "n{frame}"]
timeout: 90s
retries: 2
replicable: true
cpus: 0.5
memory: 2GB
params: { frame: [a b] }
`;
    expect(await tasksOf(text)).toEqual([
      {
        id: "f-a b",
        command: { kind: "argv", argv: ["render", "--frame", "a b", "1"] },
        cwd: "run/a b",
        env: { FRAME: "a b", LEVEL: "3" },
        outputs: ["out/a b.png", "log"],
        tags: ["night", "na b"],
        timeout: 90_000_000,
        retries: 2,
        replicable: true,
        cpus: 0.5,
        memory: 2_000_000_000,
      },
    ]);
  });

  test("names tasks that say nothing of it by their commands, as a text bag does", async () => {
    const [first] = await tasksOf("command: echo {}\nparams: { x: [1] }\n");
    writeFileSync(join(folder, "bag.txt"), "echo 1\n");
    for await (const task of readBag(join(folder, "bag.txt"))) expect(first?.id).toBe(task.id);
  });

  test("leaves other braces as they are, and braces within a value", async () => {
    expect(await commandsOf("command: awk '{print $1}' {f} {a,b}\nparams: { f: ['{f}', x] }\n")).toEqual([
      "awk '{print $1}' '{f}' {a,b}",
      "awk '{print $1}' x {a,b}",
    ]);
  });

  test("notes once which braces look like names and are none", async () => {
    const notesOf = async (command: string, more = ""): Promise<string[]> => {
      const notes: string[] = [];
      const text = `command: >-\n  ${command}\nparams: { x: [1, 2] }\n${more}`;
      for await (const task of tasksOfTemplate(text, IN_FOLDER, (line) => notes.push(line)))
        expect(task.id).not.toBe("");
      return notes;
    };
    expect(await notesOf("echo {x} {zz}")).toEqual([
      "note: {zz} is no name of this template; it stays as it is written.",
    ]);
    expect(await notesOf("echo {x} {zz} {yy} {zz}", 'outputs: ["{frame}.png"]\n')).toEqual([
      "note: {zz}, {yy}, {frame} are no names of this template; they stay as they are written.",
    ]);
    const others = ["${HOME}", "{a,b}", "awk '{print}'", "git log @{upstream}", '"{b}"', "{#} {1.}"];
    expect(await notesOf(`echo {x} ${others.join(" ")}`)).toEqual([]);
  });

  test("takes values within quotes of the command that need no quotes of their own", async () => {
    expect(await commandsOf('command: sh -c "render {f}"\nparams: { f: [1, a.b] }\n')).toEqual([
      'sh -c "render 1"',
      'sh -c "render a.b"',
    ]);
  });

  test("may name its lists once and use them again", async () => {
    const text = "params: { a: &both [1, 2], b: *both }\ncommand: x {a} {b}\n";
    expect(await commandsOf(text)).toHaveLength(4);
  });
});

const word = fc.constantFrom(
  "a {x}",
  "{y}",
  "[1, 2]",
  "{ x: [1, b c] }",
  "~",
  "7",
  "90s",
  "",
  "*a",
  "&a [1]",
  '"',
  "- 1",
);
const key = fc.constantFrom(
  "command",
  "argv",
  "params",
  "zip",
  "csv",
  "id",
  "env",
  "outputs",
  "cpus",
  "x",
  "__proto__",
  "?",
);

test("whatever the text, a template is read or refused with trouble that can be shown", async () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 100 }),
    fc
      .array(fc.tuple(key, word), { maxLength: 6 })
      .map((pairs) => pairs.map((pair) => pair.join(": ")).join("\n")),
  );
  await fc.assert(
    fc.asyncProperty(text, async (one) => {
      try {
        let number = 0;
        for await (const task of tasksOfTemplate(one, join(folder, "any.yaml")))
          number += task.id.length > 0 ? 1 : 0;
        expect(number).toBeGreaterThan(0);
      } catch (cause) {
        expect(cause).toBeInstanceOf(TroubleError);
        expect((cause as TroubleError).message.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 1_000 },
  );
});
