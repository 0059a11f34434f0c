/**
 * Brings a clone to where it can run: installs when a package of the lock file is missing or has another
 * version, and builds. When nothing changed this costs a second.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, quietly, say } from "./say.mjs";

const NODE_LEAST = [20, 19];

export async function ready() {
  refuseOldNode();
  const missing = missingPackages();
  if (missing > 0) await quietly(`Installing ${missing} packages (npm ci)`, ...npm("ci", "--loglevel=error"));
  await quietly("Building (tsc -b)", process.execPath, [
    join(ROOT, "node_modules/typescript/bin/tsc"),
    "-b",
    "packages/master",
  ]);
  await quietly("Building the page (esbuild)", process.execPath, [join(ROOT, "scripts/build-page.mjs")]);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_LEAST[0] || (major === NODE_LEAST[0] && minor >= NODE_LEAST[1])) return;
  say(`stint needs Node ${NODE_LEAST.join(".")} or later; this is ${process.versions.node}.`);
  process.exit(2);
}

/** Counts what the lock file asks for and npm's own note of what is installed does not have. */
function missingPackages() {
  const wanted = packagesOf(join(ROOT, "package-lock.json"));
  const present = packagesOf(join(ROOT, "node_modules/.package-lock.json"));
  return Object.entries(wanted).filter(([path, { version, optional, link }]) => {
    // The workspace's own packages lie in packages/; an optional one may be for another platform.
    if (!path.startsWith("node_modules/") || optional === true || link === true) return false;
    return present[path]?.version !== version || !existsSync(join(ROOT, path));
  }).length;
}

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {});

/** The npm that started us, or else the one on the path. */
function npm(...args) {
  const self = process.env["npm_execpath"];
  return self?.endsWith(".js") ? [process.execPath, [self, ...args]] : ["npm", args];
}
