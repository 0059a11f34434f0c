/** `stint worker`: an agent on this machine. The agent itself is loaded only here. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import { bootClock } from "@stint/shared/boot-clock.js";
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { minutes, seconds } from "@stint/shared/units.js";
import { usingFile } from "../store/file-trouble.js";
import { countOf } from "./amounts.js";
import { printDocument } from "./known-run.js";

export interface WorkerFlags {
  readonly config?: string | undefined;
  readonly master?: string | undefined;
  readonly ca?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly slots?: string | undefined;
  readonly out?: string | undefined;
  readonly scratch?: string | undefined;
  readonly json?: true | undefined;
}

export async function worker(flags: WorkerFlags): Promise<ExitCode> {
  const config = flags.config === undefined ? configFrom(flags) : configIn(flags.config);
  const { runAgent } = await import("@stint/worker/run-agent.js");
  const ended = await runAgent(config);
  const code = ended === 0 ? EXIT.done : EXIT.provider;
  if (flags.json === true)
    printDocument({ schema: 1, machine: config.machine, ended: ended === 0 ? "drained" : "refused" });
  return code;
}

const configIn = (path: string): AgentConfig =>
  usingFile(path, "an agent's configuration", () => {
    try {
      return JSON.parse(readFileSync(path, "utf8")) as AgentConfig;
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      throw new TroubleError({
        kind: "bad-input",
        code: "bad-agent-config",
        where: path,
        found: cause.message,
        expected: "an agent's configuration as one JSON object",
        hint: "give --master, --ca and --token-file instead",
      });
    }
  });

/** Before the master has said until when it is paid, an agent started by hand gives itself as long as a boot may take. */
const FIRST_LEASE = minutes(15);
const GRACE = seconds(2);
const OUTPUT_CAP_BYTES = 16 * 1024 * 1024;

function configFrom(flags: WorkerFlags): AgentConfig {
  const master = needed(flags.master, "--master HOST:PORT");
  const caFile = resolve(needed(flags.ca, "--ca FILE"));
  const tokenFile = resolve(needed(flags.tokenFile, "--token-file FILE"));
  const slots =
    flags.slots === undefined ? availableParallelism() : countOf(flags.slots, "--slots", { least: 1 });
  const machine = machineOf(tokenFile);
  const scratch =
    flags.scratch === undefined ? mkdtempSync(join(tmpdir(), `stint-${machine}-`)) : resolve(flags.scratch);
  const outFolder = flags.out === undefined ? join(scratch, "out") : resolve(flags.out);
  mkdirSync(outFolder, { recursive: true });
  const environmentFile = join(scratch, "environment.json");
  writeFileSync(environmentFile, "{}\n", { mode: 0o600 });
  return {
    machine,
    cluster: machine.replace(/-\d+$/u, ""),
    slots,
    master,
    caFile,
    tokenFile,
    sessionFile: join(scratch, "session"),
    paidUntilBootUs: Math.round(bootClock().nowUs()) + FIRST_LEASE,
    graceUs: GRACE,
    outFolder,
    spoolFile: join(scratch, "spool"),
    scratchFolder: join(scratch, "tasks"),
    environmentFile,
    cwd: scratch,
    outputCapBytes: OUTPUT_CAP_BYTES,
    bagId: machine,
    bagSize: 0,
  };
}

function needed(value: string | undefined, option: string): string {
  if (value !== undefined) return value;
  throw new TroubleError({
    kind: "usage",
    code: "option-missing",
    where: "stint worker",
    found: `no ${option}`,
    expected: "--master, --ca and --token-file, or --config",
    hint: "stint worker --help",
  });
}

/** A join token names its machine: `small-3.` and 64 hexadecimal digits. */
function machineOf(tokenFile: string): string {
  const token = usingFile(tokenFile, "a join token", () => readFileSync(tokenFile, "utf8")).trim();
  const machine = /^(.+)\.[0-9a-f]{64}$/u.exec(token)?.[1];
  if (machine !== undefined) return machine;
  throw new TroubleError({
    kind: "bad-input",
    code: "bad-token",
    where: tokenFile,
    found: "something that is no join token",
    expected: "a machine's name, a dot and 64 hexadecimal digits",
    hint: "a token works once; the master makes one for each machine it plans",
  });
}
