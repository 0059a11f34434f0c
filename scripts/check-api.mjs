/**
 * `npm run check:api`: a program that knows nothing of ours reads openapi.json and calls whatever stands there, with what
 * is documented and with what is not: no answer may be a mistake of ours, or one that the document does not tell.
 *
 *     npm run check:api [-- OPTIONS OF schemathesis run]      STINT_SCHEMATHESIS=PROGRAM where it is installed already
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ready } from "./ready.mjs";
import { ROOT, inTheOpen, quietly, say } from "./say.mjs";

const VERSION = "4.32.5";
const PLACE = join(ROOT, "node_modules/.cache", `schemathesis-${VERSION}`);

async function schemathesis() {
  const given = process.env["STINT_SCHEMATHESIS"];
  if (given !== undefined) return given;
  const program = join(PLACE, "bin/schemathesis");
  if (!existsSync(program)) {
    await quietly("Making a place for schemathesis (python3 -m venv)", "python3", ["-m", "venv", PLACE]);
    await quietly(`Installing schemathesis ${VERSION} (pip)`, join(PLACE, "bin/pip"), [
      ...["install", "--quiet", "--disable-pip-version-check", `schemathesis==${VERSION}`],
    ]);
  }
  return program;
}

await ready();
const program = await schemathesis();
const server = spawn(
  process.execPath,
  ["--import", "tsx", "--conditions=@stint/source", "test/console/serve-fake.ts"],
  { cwd: ROOT, stdio: ["pipe", "pipe", "inherit"] },
);
try {
  const [line] = await new Promise((told, failed) => {
    createInterface({ input: server.stdout }).once("line", (...words) => told(words));
    server.once("exit", (code) => failed(new Error(`the server ended with exit code ${code}`)));
  });
  const { url, token } = JSON.parse(line);
  say(`> Calling ${url}api/v1 (schemathesis)`);
  process.exitCode = await inTheOpen(program, [
    ...["--config-file", join(ROOT, "test/console/schemathesis.toml"), "run", `${url}api/v1/openapi.json`],
    ...["--header", `Authorization: Bearer ${token}`, ...process.argv.slice(2)],
  ]);
} finally {
  server.stdin.end();
}
