#!/usr/bin/env node
// The program's name on a command line. What it does is built into dist; this file alone is committed, as npm
// links a program only when it is there at the time of installation.
import { existsSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write(
    "stint: found no build of it\n  expected: dist/cli/main.js beside bin/\n  try: npm run build\n",
  );
  process.exitCode = 2;
}
