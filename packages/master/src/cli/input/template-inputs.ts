/** Which values does a template go through, and under which names? `params`, `zip` and `csv`, as they stand there. */
import { dirname, isAbsolute, join } from "node:path";
import { TASKS_MOST } from "@stint/shared/bag/count-tasks.js";
import type { Row } from "@stint/shared/bag/template/braces.js";
import { product, sideBySide } from "@stint/shared/bag/template/rows.js";
import { named, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { openCsv } from "./csv-rows.js";
import { entriesOf, textAt, textsAt, type Entry } from "./template-nodes.js";
import type { YamlSource } from "./yaml-source.js";

/** A name with the place where it is given; columns of a CSV file need not all be used. */
export interface InputName {
  readonly name: string;
  readonly place: Place;
  readonly column: boolean;
}

export interface TemplateInputs {
  readonly names: readonly InputName[];
  rows(): AsyncIterable<Row>;
  close(): Promise<void>;
}

const INPUTS_MOST = 100;
const LIST_EXAMPLE = "params: { frame: [1, 2, 3], lens: [wide, tele] }";
const ZIP_EXAMPLE = "zip: { frame: [1, 2], name: [one, two] }";

interface Lists {
  readonly names: readonly InputName[];
  readonly values: readonly (readonly string[])[];
}

/** @param path of the template: a CSV file is looked for from its folder */
export async function templateInputs(
  source: YamlSource,
  keys: ReadonlyMap<string, Entry>,
  path: string,
): Promise<TemplateInputs> {
  const [params, zip, csv] = [keys.get("params"), keys.get("zip"), keys.get("csv")];
  if (zip !== undefined && csv !== undefined) throw troubleAt(csv.place, ZIP_AND_CSV);
  const lists = params && listsOf(source, params, { key: "params", example: LIST_EXAMPLE });
  const zipped = zip && zippedLists(source, zip);
  const tableAt = csv && csvPath(source, csv, path);
  const table = tableAt === undefined ? undefined : await openCsv(tableAt);
  const columns = (table?.header ?? []).map((name) => ({
    name,
    place: { kind: "bad-input" as const, where: `${tableAt ?? ""}, line 1` },
    column: true,
  }));
  const inner = (lists?.values ?? []).map((values) => values.map((value): Row => [value]));
  const outer = zipped && sideBySide(zipped.values);
  return {
    names: distinct([...(zipped?.names ?? []), ...columns, ...(lists?.names ?? [])]),
    rows() {
      const most = inner.reduce((count, rows) => count * rows.length, outer?.length ?? 1);
      if (most > TASKS_MOST) throw troubleAt(params?.place ?? NOWHERE, tooMany(most));
      return product(table?.rows ?? outer ?? [[]], inner);
    },
    async close() {
      await table?.rows.return(undefined);
    },
  };
}

const NOWHERE: Place = { kind: "bad-input", where: "the template" };

function csvPath(source: YamlSource, { node, place }: Entry, path: string): string {
  const words = { key: "csv", place, expected: "the name of a file", example: "csv: frames.csv" };
  const name = textAt(source, node, words);
  return isAbsolute(name) ? name : join(dirname(path), name);
}

function listsOf(source: YamlSource, { node, place }: Entry, words: { key: string; example: string }): Lists {
  const entries = entriesOf(source, node, {
    ...words,
    place,
    expected: "a list of values for each name",
  });
  return {
    names: [...entries].map(([name, entry]) => ({ name, place: entry.place, column: false })),
    values: [...entries].map(([name, entry]) => {
      const values = textsAt(source, entry.node, {
        key: name,
        place: entry.place,
        expected: "a list of values",
        example: words.example,
      });
      if (values.length === 0) throw troubleAt(entry.place, emptyList(name));
      return values;
    }),
  };
}

function zippedLists(source: YamlSource, zip: Entry): Lists {
  const lists = listsOf(source, zip, { key: "zip", example: ZIP_EXAMPLE });
  const [first] = lists.values;
  if (first === undefined) throw troubleAt(zip.place, emptyList("zip"));
  lists.values.forEach((values, index) => {
    const { name = "", place = zip.place } = lists.names[index] ?? {};
    if (values.length !== first.length) throw troubleAt(place, unequal(name, values.length, first.length));
  });
  return lists;
}

/** What no brace could name, and what two would share, is refused. */
function distinct(names: readonly InputName[]): readonly InputName[] {
  const seen = new Set<string>();
  for (const [index, { name, place }] of names.entries()) {
    if (!/^[\p{L}_][^{}\p{C}]{0,63}$/u.test(name) || index >= INPUTS_MOST)
      throw troubleAt(place, badName(name));
    if (seen.has(name)) throw troubleAt(place, sameName(name));
    seen.add(name);
  }
  return names;
}

const ZIP_AND_CSV: Misread = {
  code: "options-conflict",
  found: "both zip and csv",
  expected: "one of the two, and params beside it where wanted",
  hint: "put the lists into the CSV file as columns",
};

const emptyList = (name: string): Misread => ({
  code: "bad-value",
  found: `no value for ${named(name)}`,
  expected: "one or more: without one there is no task",
  hint: LIST_EXAMPLE,
});

const unequal = (name: string, length: number, first: number): Misread => ({
  code: "unequal-lists",
  found: `${String(length)} values of ${named(name)}, and ${String(first)} of the first list`,
  expected: "lists of equal length under zip",
  hint: "for every combination of them, say params instead of zip",
});

const badName = (name: string): Misread => ({
  code: "bad-name",
  found: named(name),
  expected: `a name that begins with a letter, of at most 64 characters without braces; at most ${String(INPUTS_MOST)} names`,
  hint: "frame, as in {frame}",
});

const sameName = (name: string): Misread => ({
  code: "duplicate-name",
  found: `${named(name)} a second time`,
  expected: "each name once among params, zip and the columns of csv",
  hint: "rename one of the two",
});

const tooMany = (count: number): Misread => ({
  code: "bag-too-large",
  found: `${String(count)} combinations`,
  expected: `at most ${String(TASKS_MOST)} tasks`,
  hint: "let one task do the work of many, or split the bag",
});
