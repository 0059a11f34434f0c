/**
 * Are the outputs that a task declared there, and may they go where they belong? Looks at names and kinds only: in
 * the attempt's own folder nothing but regular files and folders counts, and no link leads out of either tree.
 */
import { lstatSync, readdirSync, realpathSync, type Stats } from "node:fs";
import { join, sep } from "node:path";

/** In the folders of one output. */
const ENTRIES_MOST = 1_000_000;

/** A path below a folder, without a step that leads out of it or that says nothing. */
export const isPathBelow = (path: string): boolean =>
  path !== "" && !path.includes("\0") && path.split("/").every((step) => !["", ".", ".."].includes(step));

/** Why this output of an attempt cannot be taken, in a person's words; undefined when it can. */
export function whyNotTaken(staging: string, output: string): string | undefined {
  const missing = `declared output ${output} was not written: write it to "$STINT_OUTPUT_DIR/${output}"`;
  if (!isPathBelow(output)) return `declared output ${output} is no path below a folder`;
  const steps = output.split("/");
  // The attempt's own folder is looked at first: a link in its place would lead to what another attempt wrote.
  for (let step = 0; step <= steps.length; step += 1) {
    const path = join(staging, ...steps.slice(0, step));
    const found = look(path);
    if (found === undefined) return missing;
    if (step < steps.length && !found.isDirectory()) return missing;
    if (step === steps.length) return unfit(path, output, found);
  }
  return undefined;
}

/** All below it is looked at, as all of it is moved. */
function unfit(path: string, output: string, found: Stats): string | undefined {
  const waiting: { readonly path: string; readonly found: Stats | undefined }[] = [{ path, found }];
  for (let seen = 0; ; seen += 1) {
    const next = waiting.pop();
    if (next === undefined) return undefined;
    if (seen >= ENTRIES_MOST)
      return `declared output ${output} holds more than ${String(ENTRIES_MOST)} files`;
    if (next.found?.isDirectory() === true)
      for (const name of readdirSync(next.path)) {
        const below = join(next.path, name);
        waiting.push({ path: below, found: look(below) });
      }
    else if (next.found?.isFile() !== true)
      return `declared output ${output}: ${kindOf(next.found)} is neither a file nor a folder`;
  }
}

/**
 * Why an output cannot go below that folder; undefined when it can.
 * @param kind what is to go there, once that is known
 */
export function whyNotPlaced(base: string, output: string, kind?: "file" | "folder"): string | undefined {
  const steps = output.split("/");
  const last = steps.pop() ?? "";
  let path = base;
  for (const step of steps) {
    path = join(path, step);
    const found = look(path);
    if (found === undefined) return undefined;
    if (found.isSymbolicLink() && !leadsInside(base, path))
      return `declared output ${output} would leave ${base} through the link ${path}`;
    if (!found.isDirectory() && !found.isSymbolicLink())
      return `declared output ${output}: ${path} is in its way, ${kindOf(found)}`;
  }
  const there = look(join(path, last));
  if (kind === undefined || there === undefined || there.isDirectory() === (kind === "folder"))
    return undefined;
  return `declared output ${output} is a ${kind}, and ${kindOf(there)} is in its place`;
}

function leadsInside(base: string, link: string): boolean {
  try {
    return `${realpathSync(link)}${sep}`.startsWith(`${realpathSync(base)}${sep}`);
  } catch {
    return false;
  }
}

export const kindOfStaged = (staging: string, output: string): "file" | "folder" =>
  look(join(staging, output))?.isDirectory() === true ? "folder" : "file";

const look = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

function kindOf(found: Stats | undefined): string {
  if (found === undefined) return "what is gone";
  if (found.isDirectory()) return "a folder";
  if (found.isFile()) return "a file";
  return found.isSymbolicLink() ? "a link" : "a special file";
}
