/** What may stand in a line of a JSONL bag, and what each key expects. */
import { z } from "zod";
import { done, failed, type Result } from "../result.js";
import { misread, named, quoted, type Misread } from "../misread.js";
import { parsePositiveDuration } from "../quantities.js";
import { complain, expecting, transformBy } from "../schema-trouble.js";
import { unfitArgument } from "./argument.js";

const ID_CHARACTERS_MOST = 512;
/** `PATH_MAX` of Linux, its closing NUL byte included. */
const PATH_BYTES_MOST = 4096 - 1;
export const RETRIES_MOST = 1_000;
const FEATURES_MOST = 100;

const fit =
  (what: string) =>
  (text: string): Result<string, Misread> => {
    const unfit = unfitArgument(text, what);
    return unfit === undefined ? done(text) : failed(unfit);
  };

const COMMAND = z
  .string({ error: expecting("a command as text", '{"command": "wc -l a.txt"}') })
  .regex(/\S/u, { error: expecting("a command that is not blank", "remove the line, or say what to run") })
  .transform(transformBy(fit("a command")));

const WORD = z
  .string({ error: expecting("words as text", 'put numbers in quotes: ["sleep", "5"]') })
  .transform(transformBy(fit("an argument")));
const ARGV = z
  .array(WORD, { error: expecting("a list of words", '{"argv": ["wc", "-l", "a.txt"]}') })
  .transform(transformBy(programFirst));

function programFirst(words: readonly string[]): Result<[string, ...string[]], Misread> {
  const [program, ...more] = words;
  if (program !== undefined && program !== "") return done([program, ...more]);
  return misread("bad-value", {
    found: program === undefined ? "an empty argv" : "an argv without a program: its first word is empty",
    expected: "a program and its arguments",
    hint: '{"argv": ["wc", "-l", "a.txt"]}',
  });
}

const ID = z
  .string({ error: expecting("an id as text", 'put numbers in quotes: "id": "7"') })
  .transform(transformBy(fitId));

function fitId(text: string): Result<string, Misread> {
  if (text !== "" && text.length <= ID_CHARACTERS_MOST && !/\p{C}|\u2028|\u2029/u.test(text))
    return done(text);
  return misread("bad-id", {
    found: text.length > ID_CHARACTERS_MOST ? `an id of ${String(text.length)} characters` : named(text),
    expected: `an id of 1 to ${String(ID_CHARACTERS_MOST)} visible characters`,
    hint: "letters, digits, and - . / _ are best; or leave the id out",
  });
}

const CWD = z
  .string({ error: expecting("a directory as text", '"cwd": "data/run-7"') })
  .min(1, { error: expecting("a directory", "leave cwd out for the directory where the bag is submitted") })
  .refine((path) => Buffer.byteLength(path) <= PATH_BYTES_MOST, {
    error: expecting(`a path of at most ${String(PATH_BYTES_MOST)} bytes`, "name a shorter one"),
  })
  .transform(transformBy(fit("a directory")));

const ENV = z
  .record(
    z.string(),
    z.string({ error: expecting("values as text", 'put numbers in quotes: {"SEED": "7"}') }),
    {
      error: expecting("variables and their values", '"env": {"SEED": "7"}'),
    },
  )
  .superRefine((variables, context) => {
    for (const [name, value] of Object.entries(variables)) {
      const unfit = unfitVariable(name) ?? unfitArgument(`${name}=${value}`, `the variable ${quoted(name)}`);
      if (unfit !== undefined) {
        complain(context, variables, unfit);
        return;
      }
    }
  });

function unfitVariable(name: string): Misread | undefined {
  if (name.startsWith("STINT_")) {
    return {
      code: "reserved-name",
      found: `the variable ${quoted(name)}`,
      expected: "another name: what begins with STINT_ is told to each task by stint",
      hint: `call it ${quoted(name.replace(/^(?:STINT_)+/u, "MY_"))}`,
    };
  }
  if (name !== "" && !name.includes("=")) return undefined;
  return {
    code: "bad-name",
    found: name === "" ? "a variable without a name" : `the variable ${quoted(name)}`,
    expected: "names without =",
    hint: '"env": {"SEED": "7"}',
  };
}

const FEATURES = z
  .record(
    z.string(),
    z.union([z.number(), z.string()], {
      error: expecting("numbers or words", '"features": {"pixels": 4096}'),
    }),
    { error: expecting("what may explain the runtime", '"features": {"pixels": 4096, "codec": "av1"}') },
  )
  .refine((features) => Object.keys(features).length <= FEATURES_MOST, {
    error: expecting(`at most ${String(FEATURES_MOST)} features`, "keep those that explain the runtime"),
  })
  .refine(
    (features) =>
      Object.values(features).every(
        (value) => !(typeof value === "string" && /\p{Surrogate}|\0/u.test(value)),
      ),
    {
      error: expecting("words without NUL and lone surrogates", "take them out"),
    },
  );

/** An object of a line; that one of `command` and `argv` is there is for the caller to see. */
export const JSONL_TASK = z.strictObject({
  command: COMMAND.exactOptional(),
  argv: ARGV.exactOptional(),
  id: ID.exactOptional(),
  cwd: CWD.exactOptional(),
  env: ENV.exactOptional(),
  timeout: z
    .string({ error: expecting("a duration with its unit, as text", '"timeout": "90s"') })
    .transform(transformBy(parsePositiveDuration))
    .exactOptional(),
  retries: z
    .int({ error: expecting("a whole number of further attempts", '"retries": 2') })
    .min(0, { error: expecting("0 retries or more", '"retries": 0 means one attempt') })
    .max(RETRIES_MOST, { error: expecting(`at most ${String(RETRIES_MOST)} retries`, '"retries": 2') })
    .exactOptional(),
  replicable: z
    .boolean({ error: expecting("true or false, without quotes", '"replicable": true') })
    .exactOptional(),
  features: FEATURES.exactOptional(),
});

export const JSONL_KEYS: readonly string[] = Object.keys(JSONL_TASK.shape);

/** Keys that are understood and not taken, and why. */
export const NOT_YET: Readonly<Record<string, string>> = {
  inputs: "moving files; on this computer tasks see the files where they are",
  outputs: "moving files; on this computer tasks write where they like",
  cpus: "needs of a task; say how many slots a machine has, in the clusters file",
  memory: "needs of a task; say how many slots a machine has, in the clusters file",
  tags: "tags; ids may hold them meanwhile",
  after: "tasks that wait for others; run one bag after the other",
};
