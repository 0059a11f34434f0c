/** The agent's executable: `node main.js CONFIG.json`. */
import "./stay-small.js";
import { readFileSync } from "node:fs";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { runAgent } from "./run-agent.js";
import { endStrays } from "./strays.js";

const EXIT_BROKEN = 70;

const [, , file] = process.argv;
if (file === undefined) {
  process.stderr.write("usage: main.js CONFIG.json\n");
  process.exit(2);
}
const config = JSON.parse(readFileSync(file, "utf8")) as AgentConfig;

/** A defect must not leave tasks behind that nobody ends any more. */
const broken = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  endStrays(config.scratchFolder);
  process.exit(EXIT_BROKEN);
};
process.on("uncaughtException", broken);
process.on("unhandledRejection", broken);

process.exit(await runAgent(config));
