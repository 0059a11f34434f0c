/** What may stand in a line of a JSONL bag, and what each key expects. */
import * as z from "zod";
import { done, type Result } from "../result.js";
import { misread, type Misread } from "../misread.js";
import { parsePositiveDuration } from "../quantities.js";
import { complain, expecting, transformBy, unless } from "../schema-trouble.js";
import { unfitArgument } from "./argument.js";
import { CPUS, MEMORY, OUTPUTS, TAGS } from "./task-needs.js";
import { unfitId } from "./unfit-id.js";
import { unfitDirectory } from "./unfit-path.js";
import { unfitVariable } from "./unfit-variable.js";
import { RETRIES_MOST } from "./retries-most.js";

const FEATURES_MOST = 100;

const fit = (what: string) => unless((text) => unfitArgument(text, what));

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
  .transform(transformBy(unless(unfitId)));

const CWD = z
  .string({ error: expecting("a directory as text", '"cwd": "data/run-7"') })
  .transform(transformBy(unless(unfitDirectory)));

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
      const unfit = unfitVariable(name, value);
      if (unfit !== undefined) {
        complain(context, variables, unfit);
        return;
      }
    }
  });

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
  outputs: OUTPUTS.exactOptional(),
  cpus: CPUS.exactOptional(),
  memory: MEMORY.exactOptional(),
  tags: TAGS.exactOptional(),
  features: FEATURES.exactOptional(),
});

export const JSONL_KEYS: readonly string[] = Object.keys(JSONL_TASK.shape);

/** Keys that are understood and not taken, and why. */
export const NOT_YET: Readonly<Record<string, string>> = {
  inputs: "moving files; on this computer tasks see the files where they are",
  after: "tasks that wait for others; run one bag after the other",
};
