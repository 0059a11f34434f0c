/** How would a person type this path here? Relative where it lies below the current folder, whole elsewhere. */
import { relative, sep } from "node:path";

export function shownPath(path: string, from: string = process.cwd()): string {
  const short = relative(from, path);
  return short === "" || short === ".." || short.startsWith(`..${sep}`) ? path : short;
}
