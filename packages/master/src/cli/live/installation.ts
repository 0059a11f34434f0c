/** Where what belongs to this installation of stint is kept, and not to one run: the identity its agents trust. */
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { makeFolders } from "../../store/make-folders.js";

const OWNER_ONLY = 0o700;

/**
 * `$XDG_DATA_HOME/stint`, or `~/.local/share/stint`.
 * @param instead used where the home folder cannot be written, as in many containers
 */
export function installationFolder(instead: string): string {
  const data = process.env["XDG_DATA_HOME"] ?? "";
  const folder = join(data.startsWith("/") ? data : join(homedir(), ".local", "share"), "stint");
  try {
    makeFolders(folder, OWNER_ONLY);
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return instead;
  }
}
