/**
 * What was handed in, as it lies in the run's folder: all that the process which carries it out needs, so that another
 * one can begin it where the first did not.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { z } from "zod";
import type { Submission } from "@stint/shared/api/runs.js";
import { offerName } from "@stint/shared/api/words.js";
import type { Trouble } from "@stint/shared/failures.js";
import { usingFile } from "../../store/file-trouble.js";
import type { RunFolder } from "../../store/run-folder.js";
import { writeAtomically } from "../../store/write-atomically.js";

const order = z.strictObject({
  schema: z.literal(1),
  name: z.string(),
  /** As whoever handed it in called it. */
  bag: z.string(),
  /** Files in the folder. */
  bag_file: z.string(),
  clusters_file: z.string().nullable(),
  cwd: z.string(),
  budget: z.string().nullable(),
  choose: offerName.nullable(),
  retries: z.number().nullable(),
  timeout: z.string().nullable(),
  replicable: z.boolean(),
});
export type Order = z.infer<typeof order>;

const OWNER_ONLY = { file: 0o600, folder: 0o700 } as const;

export interface OrderFiles {
  readonly folder: string;
  readonly order: string;
  /** What the process says. */
  readonly log: string;
  /** Why nothing was begun. */
  readonly refused: string;
}

export const orderFiles = ({ path }: Pick<RunFolder, "path">): OrderFiles => {
  const folder = join(path, "submitted");
  return {
    folder,
    order: join(folder, "order.json"),
    log: join(path, "master.log"),
    refused: join(folder, "refused.json"),
  };
};

/** @param given where the submission is silent */
export function keepOrder(
  run: RunFolder,
  submission: Submission,
  given: { readonly name: string; readonly cwd: string; readonly clusters?: string },
): void {
  const files = orderFiles(run);
  usingFile(files.folder, "a folder that can be written", () => {
    mkdirSync(files.folder, { mode: OWNER_ONLY.folder });
    const bagFile = `bag${formatOf(submission.bag.file_name)}`;
    writeFileSync(join(files.folder, bagFile), submission.bag.text, { mode: OWNER_ONLY.file });
    const clusters = submission.clusters ?? given.clusters;
    const clustersFile = clusters === undefined ? null : "clusters.yaml";
    if (clusters !== undefined && clustersFile !== null)
      writeFileSync(join(files.folder, clustersFile), clusters, { mode: OWNER_ONLY.file });
    const kept: Order = {
      schema: 1,
      name: given.name,
      bag: submission.bag.file_name,
      bag_file: bagFile,
      clusters_file: clustersFile,
      cwd: submission.cwd ?? given.cwd,
      budget: submission.budget ?? null,
      choose: submission.choose ?? null,
      retries: submission.retries ?? null,
      timeout: submission.timeout ?? null,
      replicable: submission.replicable === true,
    };
    writeAtomically(files.order, `${JSON.stringify(kept, undefined, 2)}\n`, OWNER_ONLY.file);
  });
}

/** Only endings that tell a format mean something; of the rest of a name nothing becomes a path. */
function formatOf(name: string): string {
  const ending = extname(name).toLowerCase();
  return /^\.[a-z]{1,10}$/u.test(ending) ? ending : ".txt";
}

export const readOrder = (run: RunFolder): Order => {
  const { order: path } = orderFiles(run);
  return usingFile(path, "what was handed in", () => order.parse(JSON.parse(readFileSync(path, "utf8"))));
};

export function keepRefusal(run: RunFolder, trouble: Trouble): void {
  writeAtomically(orderFiles(run).refused, JSON.stringify(trouble), OWNER_ONLY.file);
}

/** Why nothing was begun; undefined where nothing was refused. */
export function refusalOf(run: RunFolder): Trouble | undefined {
  const { refused } = orderFiles(run);
  return existsSync(refused) ? (JSON.parse(readFileSync(refused, "utf8")) as Trouble) : undefined;
}

/** Nothing is left to begin or go on with; tasks that still end may have made a part of the folder again. */
export const isGone = (run: RunFolder): boolean =>
  !existsSync(run.journal) && !existsSync(orderFiles(run).order);
