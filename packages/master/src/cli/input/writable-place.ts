/** Can what somebody asks for be written where they say? Asked before anything is paid for; writes nothing. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { named, troubleAt } from "@stint/shared/misread.js";
import { shownPath } from "../../console/terminal/shown-path.js";
import { errorCode, systemWords } from "../../store/file-trouble.js";
import type { Target } from "./keep-inputs.js";

/** A folder is made with all that lie above it; a file needs its own to be there. */
export function refuseUnwritable({ option, path }: Target, what: "a folder" | "a file"): void {
  const whole = resolve(path);
  const isThere = existsSync(whole);
  const place = isThere ? whole : what === "a file" ? dirname(whole) : nearest(whole);
  const refused = (found: string): Error =>
    troubleAt(
      { kind: "usage", where: option },
      { code: "bad-value", found, expected: `${what} that can be written`, hint: "name another place" },
    );
  try {
    const isFolder = statSync(place).isDirectory();
    if (isFolder !== (!isThere || what === "a folder"))
      throw refused(`${named(shownPath(place))}, which is ${isFolder ? "a folder" : "no folder"}`);
    accessSync(place, isFolder ? constants.W_OK | constants.X_OK : constants.W_OK);
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause;
    throw refused(`${named(shownPath(place))}: ${systemWords(cause)}`);
  }
}

const nearest = (path: string): string => (existsSync(path) ? path : nearest(dirname(path)));
