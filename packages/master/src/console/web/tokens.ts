/**
 * The two secrets of a master's HTTP interface: who has one may look, who has the other may act. They lie in files of
 * their own that nobody but the master's user can read, and are made once.
 */
import { randomBytes } from "node:crypto";
import { closeSync, constants, fchmodSync, fstatSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { TroubleError } from "@stint/shared/failures.js";

/** An operator may do whatever a viewer may. */
export const ROLES = ["viewer", "operator"] as const;
export type Role = (typeof ROLES)[number];
export type Tokens = Readonly<Record<Role, string>>;

const TOKEN = /^[0-9a-f]{64}$/u;
/** Of 256 bits, in hex. */
export const isToken = (text: string): boolean => TOKEN.test(text);
const makeToken = (): string => randomBytes(32).toString("hex");

/** For as long as this process lives, and written nowhere. */
export const passingTokens = (): Tokens => ({ viewer: makeToken(), operator: makeToken() });

export const tokenFile = (folder: string, role: Role): string => join(folder, `${role}.token`);

/** Those kept in the folder; made where there are none yet. */
export const keepTokens = (folder: string): Tokens => ({
  viewer: keepToken(tokenFile(folder, "viewer")),
  operator: keepToken(tokenFile(folder, "operator")),
});

function keepToken(path: string): string {
  try {
    return writeNew(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return readToken(path);
    throw unusable(path, `trouble with the file (${(cause as Error).message})`);
  }
}

function writeNew(path: string): string {
  const { O_WRONLY, O_CREAT, O_EXCL } = constants;
  const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL, 0o600);
  try {
    fchmodSync(file, 0o600);
    const token = makeToken();
    writeSync(file, `${token}\n`);
    return token;
  } finally {
    closeSync(file);
  }
}

/** A token that others can read is no secret; one behind a link may be somebody else's. */
export function readToken(path: string): string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    throw unusable(path, `a file that cannot be opened (${(cause as Error).message})`);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw unusable(path, "no regular file");
    if ((stat.mode & 0o077) !== 0) throw unusable(path, "a token that others can read");
    if (stat.size > 1000) throw unusable(path, "a file that is too long for a token");
    const token = readFileSync(file, "utf8").trim();
    if (!isToken(token)) throw unusable(path, "a file without a token");
    return token;
  } finally {
    closeSync(file);
  }
}

const unusable = (path: string, found: string): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "token-unusable",
    where: path,
    found,
    expected: "a file of one token, 64 hex digits, that its owner alone can read",
    hint: "remove the file: a new token is made at the next start",
  });
