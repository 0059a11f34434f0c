/** How does the program tell that it could not do what was asked: as text for people, as a document for programs? */
import {
  EXIT,
  exitCodeOf,
  TroubleError,
  troubleText,
  type ExitCode,
  type Trouble,
} from "@stint/shared/failures.js";
import { BrokenInvariant } from "@stint/shared/invariant.js";

/** Not one of the documented codes: those are about a run, this one is about us. */
export const DEFECT_CODE = 70;

/** @returns the exit code */
export function tellFailure(cause: unknown, json: boolean): ExitCode | typeof DEFECT_CODE {
  if (cause instanceof TroubleError) {
    tell(cause.trouble, troubleText(cause.trouble), json);
    return exitCodeOf(cause.trouble);
  }
  if (isBrokenPipe(cause)) return EXIT.done;
  if (isFolderGone(cause)) return tellFailure(new TroubleError(FOLDER_GONE), json);
  if (isOutOfFiles(cause)) return tellFailure(new TroubleError(OUT_OF_FILES), json);
  const found = cause instanceof Error ? cause.message : String(cause);
  const details = cause instanceof Error ? (cause.stack ?? found) : found;
  const facts = cause instanceof BrokenInvariant ? `\n${JSON.stringify(cause.facts)}` : "";
  const trouble: Omit<Trouble, "kind"> = {
    code: "defect",
    where: "stint",
    found,
    expected: "no such thing: this is a mistake of stint, not yours",
    hint: "what was recorded is safe; report this with the text above, and try: stint doctor latest",
  };
  process.stderr.write(`${details}${facts}\n`);
  tell(trouble, troubleText({ kind: "usage", ...trouble }), json);
  return DEFECT_CODE;
}

function tell(
  { code, where, found, expected, hint }: Omit<Trouble, "kind">,
  text: string,
  json: boolean,
): void {
  process.stderr.write(`${text}\n`);
  if (!json) return;
  const document = { schema: 1, error: { code, where, found, expected, hint } };
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}

/** Whoever read our output has gone: nobody is left to tell. */
const isBrokenPipe = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "EPIPE";

/** The current folder was removed: Node says so the first time that anything asks where it is. */
const isFolderGone = (cause: unknown): boolean =>
  cause instanceof Error && "syscall" in cause && cause.syscall === "uv_cwd";

const FOLDER_GONE: Trouble = {
  kind: "usage",
  code: "folder-gone",
  where: "the current folder",
  found: "that it has been removed",
  expected: "a folder in which paths can begin",
  hint: "change to another folder (cd)",
};

/** The program's own files are opened when a verb needs them, so that this can come from anywhere. */
const isOutOfFiles = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && (cause.code === "EMFILE" || cause.code === "ENFILE");

const OUT_OF_FILES: Trouble = {
  kind: "state-unusable",
  code: "too-many-files",
  where: "this shell",
  found: "too many open files",
  expected: "room for some hundred (ulimit -n)",
  hint: "ulimit -n 1024, or end what else holds files open",
};
