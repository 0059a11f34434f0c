/** The reference, as the program itself has it: its help pages, its schemas, its exit codes, its columns. */
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { JSONL_TASK } from "@stint/shared/bag/jsonl-task.js";
import { invariant } from "@stint/shared/invariant.js";
import { WORLD } from "../../packages/master/src/cli/input/world-file.js";
import { IMAGINED_KEYS } from "../../packages/master/src/cli/input/cluster-keys.js";
import { helpCells } from "../../packages/master/src/cli/command-line/help-width.js";
import { stintProgram } from "../../packages/master/src/cli/command-line/program.js";
import { CLUSTER_KEYS, environmentText, fileText, TASK_KEYS } from "./reference-words.js";
import { keyRows, table, type KeyRow } from "./key-rows.js";

export const REFERENCE = new URL("../../docs/reference.md", import.meta.url);

export function referenceText(): string {
  const imagined = (row: KeyRow): boolean => IMAGINED_KEYS.includes(row.key);
  const clusterRows = keyRows(WORLD).filter(({ key }) => key !== "provider");
  return [
    HEAD,
    "## Verbs",
    ...helpPages(),
    "## Keys of a task",
    "In a line of a `*.jsonl` bag, and in a `*.yaml` template (there without `features`). `command` or `argv` must be there.",
    keyTable(keyRows(JSONL_TASK), TASK_KEYS),
    TEMPLATE,
    "## Keys of a cluster",
    "In `stint.yaml`, or in the file that `--clusters` names: `clusters:`, below it a name for each cluster, and below that:",
    "`provider: local`, which `stint run` needs and `stint simulate` does not; and",
    keyTable(
      clusterRows.filter((row) => !imagined(row)),
      CLUSTER_KEYS,
    ),
    "And for `stint simulate` alone, what the cluster truly is like:",
    keyTable(clusterRows.filter(imagined), CLUSTER_KEYS),
    "## What a task finds in its environment",
    environmentText(),
    "## Files of a run",
    fileText(),
  ]
    .join("\n\n")
    .concat("\n");
}

const HEAD = `# Reference

What the program says of itself, as \`npm run docs:reference\` writes it down; it is not edited by hand. How things are
meant stands in the [guide](guide.md), the words in the [glossary](../GLOSSARY.md).`;

const TEMPLATE = `A template has one or more of these besides, and a task for each combination of their values. \`{name}\` stands for a
value wherever a text stands, and \`{#}\` for the number of the task.

| key | what it is |
| --- | --- |
| params | a list of values for each name; every combination becomes a task: \`params: { frame: [1, 2], lens: [a, b] }\` |
| zip | lists of equal length that go side by side: \`zip: { frame: [1, 2], name: [one, two] }\` |
| csv | a file with a line of names, and a line of values for each task: \`csv: frames.csv\` |`;

/** Those of every verb and of the verbs below it, in the order of the command line. */
function helpPages(): string[] {
  const program = stintProgram(() => undefined);
  return [program, ...program.commands.flatMap((verb) => [verb, ...verb.commands])].map(
    (verb) => `### ${pathOf(verb)}\n\n\`\`\`\n${helpOf(verb)}\n\`\`\``,
  );
}

const pathOf = (verb: CommandUnknownOpts): string =>
  verb.parent === null ? verb.name() : `${pathOf(verb.parent)} ${verb.name()}`;

function helpOf(verb: CommandUnknownOpts): string {
  let text = "";
  // Whatever terminal it is written from.
  verb.configureOutput({
    getOutHelpWidth: () => helpCells(),
    writeOut: (more) => {
      text += more;
    },
  });
  verb.outputHelp();
  return text.trim();
}

function keyTable(rows: readonly KeyRow[], meanings: Readonly<Record<string, string>>): string {
  return table(
    ["key", "what it is", "expects"],
    rows.map(({ key, expects, otherwise }) => {
      const meaning = meanings[key];
      invariant(meaning !== undefined, "every key is explained", { key });
      return [`\`${key}\``, meaning, otherwise === "" ? expects : `${expects} (default ${otherwise})`];
    }),
  );
}
