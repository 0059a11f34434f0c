/**
 * How the two commands of a fresh clone speak and run other programs: a line for each step, what it took, and
 * the whole output of a step only when it failed. Nothing but Node's own modules: nothing is installed yet.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a program in the open, on this terminal; resolves with its exit code. */
export function inTheOpen(program, args, environment = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: "inherit", env: environment });
    // A Ctrl-C reaches the child by itself: it explains itself and ends, and its code is passed on.
    const stay = () => undefined;
    process.on("SIGINT", stay);
    const passOn = () => child.kill("SIGTERM");
    process.on("SIGTERM", passOn);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", stay);
      process.off("SIGTERM", passOn);
      resolve(code ?? (signal === "SIGINT" ? 130 : 1));
    });
  });
}

/** Runs a step whose output matters only when it fails; ends this process with its code then. */
export async function quietly(what, program, args) {
  const since = Date.now();
  say(`> ${what} …`);
  const { code, output } = await gathered(program, args);
  if (code !== 0) {
    process.stderr.write(output);
    say(`> ${what}: failed with exit code ${code}`);
    process.exit(code);
  }
  say(`> ${what}: done in ${((Date.now() - since) / 1000).toFixed(1)} s`);
}

function gathered(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    const pieces = [];
    child.stdout.on("data", (piece) => pieces.push(piece));
    child.stderr.on("data", (piece) => pieces.push(piece));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(pieces).toString() }));
  });
}
