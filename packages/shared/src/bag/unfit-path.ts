/** Can a task run there, or leave a file behind of this name? Outputs lie below the task's directory, and nowhere else. */
import { quoted, type Misread } from "../misread.js";
import { done, failed, type Result } from "../result.js";
import { unfitArgument } from "./argument.js";

/** `PATH_MAX` of Linux, its closing NUL byte included. */
const PATH_BYTES_MOST = 4096 - 1;

export function unfitDirectory(path: string): Misread | undefined {
  if (path === "") {
    return {
      code: "bad-value",
      found: "an empty text",
      expected: "a directory",
      hint: "leave cwd out for the directory where the bag is submitted",
    };
  }
  return unfitPath(path, "a directory");
}

/** An output's path without steps that say nothing: `./a//b/` is `a/b`. */
export function parseOutput(path: string): Result<string, Misread> {
  const steps = path.split("/").filter((step) => step !== "" && step !== ".");
  if (path.startsWith("/")) return failed(notBelow(`an absolute path: ${quoted(path)}`));
  if (steps.includes("..")) return failed(notBelow(`a path that leads out: ${quoted(path)}`));
  if (steps.length === 0) return failed(notBelow(path === "" ? "an empty text" : quoted(path)));
  const unfit = unfitPath(path, "an output");
  return unfit === undefined ? done(steps.join("/")) : failed(unfit);
}

const notBelow = (found: string): Misread => ({
  code: "bad-path",
  found,
  expected: "a file or folder below the task's directory, by its relative path without ..",
  hint: "write it there: outputs: [results/7.csv]; cwd says which directory that is",
});

function unfitPath(path: string, what: string): Misread | undefined {
  const bytes = Buffer.byteLength(path);
  if (bytes <= PATH_BYTES_MOST) return unfitArgument(path, what);
  return {
    code: "bad-value",
    found: `a path of ${String(bytes)} bytes`,
    expected: `a path of at most ${String(PATH_BYTES_MOST)} bytes`,
    hint: "name a shorter one",
  };
}
