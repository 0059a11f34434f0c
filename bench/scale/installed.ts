/** A copy of the packed program whose agent is the one that starts nothing, and a folder to call it in. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const PACKED = join(import.meta.dirname, "../../dist/stint");

export interface Installed {
  readonly folder: string;
  /** Calls it and waits; rejects when it ends otherwise than expected. */
  call(args: readonly string[], expectedCode: number): Promise<Called>;
  remove(): void;
}

export interface Called {
  readonly seconds: number;
  /** Of the program itself, not of its agent: processor time and the most memory. */
  readonly cpuSeconds: number;
  readonly megabytesMost: number;
  readonly said: string;
}

export async function installed(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), "stint-scale-"));
  const copy = join(folder, "stint");
  cpSync(PACKED, copy, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, "no-op-agent.ts")],
    outfile: join(copy, "dist/agent.js"),
    ...{ bundle: true, platform: "node", format: "esm", conditions: ["@stint/source"] },
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
  // What it used is known only to itself, at its end.
  const used = join(folder, "used.json");
  const note = join(folder, "note.cjs");
  writeFileSync(
    note,
    `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.resourceUsage())));\n`,
  );
  return {
    folder,
    call: async (args, expectedCode) => {
      const began = process.hrtime.bigint();
      const child = spawn(process.execPath, ["-r", note, join(copy, "bin/stint.js"), ...args], {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let said = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
      const [code] = (await once(child, "close")) as [number | null];
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      if (code !== expectedCode)
        throw new Error(`stint ${args.join(" ")}: exit code ${String(code)}\n${said}`);
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(
        readFileSync(used, "utf8"),
      ) as NodeJS.ResourceUsage;
      return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytesMost: maxRSS / 1e3, said };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
