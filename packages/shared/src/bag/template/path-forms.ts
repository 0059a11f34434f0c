/** What do the forms of a brace make of a path? The same as GNU parallel: `.`, `/`, `//`, `/.`. */

export type PathForm = "" | "." | "/" | "//" | "/.";

export function inForm(path: string, form: PathForm): string {
  switch (form) {
    case "":
      return path;
    case ".":
      return withoutExtension(path);
    case "/":
      return lastStep(path);
    case "//":
      return folderOf(path);
    case "/.":
      return withoutExtension(lastStep(path));
  }
}

const withoutExtension = (path: string): string => path.replace(/\.[^/.]*\n?$/u, "");

const lastStep = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** As File::Basename has it: `a//b/` is in `a`, `x` in `.`, `/x` in `/`. */
function folderOf(path: string): string {
  const folder = withoutEnd(beginning(path));
  return lastStep(path) === "" ? withoutEnd(beginning(folder)) : folder;
}

const beginning = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1) || "./";

/** Slashes at the end, but for one that is all. */
const withoutEnd = (path: string): string => path.replace(/(?<=.)\/+$/su, "");
