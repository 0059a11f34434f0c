#!/usr/bin/env node
// The program's name on a command line. What it does is built into dist; this file alone is committed, as npm
// links a program only when it is there at the time of installation.
import { existsSync } from "node:fs";

const built = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(built)) {
  try {
    const { main } = await import(built.href);
    process.exitCode = await main(process.argv.slice(2));
  } catch (cause) {
    // Where so few files may be open that the program itself cannot be read; all other failures end in main.
    if (cause?.code !== "EMFILE" && cause?.code !== "ENFILE") throw cause;
    process.stderr.write(
      "this shell: found too many open files\n  expected: room for some hundred (ulimit -n)\n  try: ulimit -n 1024\n",
    );
    process.exitCode = 9;
  }
} else {
  process.stderr.write(
    "stint: found no build of it\n  expected: dist/cli/main.js beside bin/\n  try: npm run build\n",
  );
  process.exitCode = 2;
}
