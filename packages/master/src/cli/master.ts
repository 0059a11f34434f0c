/**
 * `stint master`: takes bags and carries them out, many at a time, until it is stopped. Runs go on without it, and the
 * next one takes them back.
 */
import { readFileSync, realpathSync } from "node:fs";
import { EXIT, TroubleError, type ExitCode } from "@stint/shared/failures.js";
import { openLog, type OpenLog } from "../console/web/open-log.js";
import { serveConsole, type ServedConsole } from "../console/web/serve-console.js";
import { serveMetrics } from "../console/web/serve-metrics.js";
import { keepTokens, tokenFile, type Tokens } from "../console/web/tokens.js";
import { webhookUrl } from "../console/web/webhook.js";
import { makeFolders } from "../store/make-folders.js";
import { amountOf, countOf } from "./amounts.js";
import { homeAt, type Home } from "./hub/home.js";
import { openHub, type Hub } from "./hub/hub.js";
import { keepAddress, lastAddress, lockHome } from "./hub/lock-home.js";
import { pageFolder } from "./page-folder.js";
import { masterInBackground } from "./hub/background.js";
import { tellEnds } from "./hub/tell-ends.js";
import { CLUSTERS_FILE, readClusters } from "./input/clusters-file.js";
import { fileExists } from "./input/open-file.js";
import { refuseElsewhere } from "./platform.js";
import { printDocument, printLines } from "./known-run.js";

export interface MasterFlags {
  readonly home?: string | undefined;
  readonly port?: string | undefined;
  readonly budget?: string | undefined;
  readonly clusters?: string | undefined;
  readonly metricsPort?: string | undefined;
  readonly webhook?: string | undefined;
  readonly detach?: true | undefined;
  readonly json?: true | undefined;
}

const OWNER_ONLY = 0o700;
const PORT_MOST = 65_535;

export async function master(flags: MasterFlags): Promise<ExitCode> {
  refuseElsewhere();
  const home = homeAt(flags.home);
  const wishes = wishesOf(flags);
  makeFolders(home.runs, OWNER_ONLY);
  if (flags.detach === true)
    return tellBegun(flags, { home, ...(await masterInBackground(home, programHere())) });
  const lock = lockHome(home);
  const log = openLog({ file: home.log });
  try {
    const hub = openHub({ home, log, cwd: process.cwd(), program: programHere(), ...wishes });
    await serve(hub, { home, log, flags });
  } finally {
    log.close();
    lock.release();
  }
  return EXIT.done;
}

interface Serving {
  readonly home: Home;
  readonly log: OpenLog;
  readonly flags: MasterFlags;
}

/** Until somebody stops it. */
async function serve(hub: Hub, { home, log, flags }: Serving): Promise<void> {
  const tokens = keepTokens(home.path);
  const ends =
    flags.webhook === undefined ? undefined : tellEnds(hub, webhookUrl(flags.webhook, "--webhook"), log);
  const stopped = untilStopped();
  const console_ = await listen(hub, { tokens, home, log, flags });
  const metrics =
    flags.metricsPort === undefined
      ? undefined
      : await serveMetrics({ runs: hub, port: portOf(flags.metricsPort, "--metrics-port"), log });
  keepAddress(home, console_);
  log.info({ url: console_.url, home: home.path }, "this master takes bags");
  tellBegun(flags, { home, url: console_.url, token: tokens.operator, metrics: metrics?.url });
  await stopped;
  log.info({}, "this master ends; runs go on");
  ends?.();
  hub.close();
  await Promise.all([console_.close(), metrics?.close()]);
}

interface Listening extends Serving {
  readonly tokens: Tokens;
}

/** Where the last one listened, unless somebody else does now. */
async function listen(runs: Hub, { tokens, home, log, flags }: Listening): Promise<ServedConsole> {
  const pages = pageFolder();
  const options = { runs, tokens, log, ...(pages !== undefined && { pages }) };
  if (flags.port !== undefined) return serveConsole({ ...options, port: portOf(flags.port, "--port") });
  const { port = 0 } = lastAddress(home) ?? {};
  try {
    return await serveConsole({ ...options, port });
  } catch (cause) {
    if (port === 0 || !(cause instanceof TroubleError)) throw cause;
    return serveConsole(options);
  }
}

const portOf = (text: string, where: string): number => countOf(text, where, { least: 0, most: PORT_MOST });

/** Every word is read, and found good or refused, before anything is begun. */
function wishesOf(flags: MasterFlags): {
  readonly budget?: ReturnType<typeof amountOf>;
  readonly clusters?: string;
} {
  for (const [text, where] of [
    [flags.port, "--port"],
    [flags.metricsPort, "--metrics-port"],
  ] as const)
    if (text !== undefined) portOf(text, where);
  if (flags.webhook !== undefined) webhookUrl(flags.webhook, "--webhook");
  const file = flags.clusters ?? (fileExists(CLUSTERS_FILE) ? CLUSTERS_FILE : undefined);
  if (file !== undefined) readClusters(file);
  return {
    ...(flags.budget !== undefined && { budget: amountOf(flags.budget, "--budget") }),
    ...(file !== undefined && { clusters: readFileSync(file, "utf8") }),
  };
}

/** How this program was called, for processes of its own. */
const programHere = (): { readonly command: string; readonly args: readonly string[] } => ({
  command: process.execPath,
  args: [realpathSync(process.argv[1] ?? "")],
});

interface Begun {
  readonly home: Home;
  readonly url: string;
  /** Known to the master itself. */
  readonly token?: string;
  readonly metrics?: string | undefined;
  /** Of a master in the background. */
  readonly pid?: number | undefined;
}

/** A token is shown on a terminal alone, where it stays out of logs. */
function tellBegun(flags: MasterFlags, { home, url, token, metrics, pid }: Begun): ExitCode {
  if (flags.json === true) {
    printDocument({ schema: 1, url, home: home.path, metrics_url: metrics ?? null });
    return EXIT.done;
  }
  const shown = process.stdout.isTTY ? token : undefined;
  printLines([
    `This master takes bags. Its page: ${url}${shown === undefined ? "" : `#token=${shown}`}`,
    ...(shown === undefined ? [`The page asks for the token in ${tokenFile(home.path, "operator")}`] : []),
    ...(metrics === undefined ? [] : [`Figures for Prometheus: ${metrics}`]),
    "To hand a bag in: stint submit BAG --budget 5usd",
    ...(pid === undefined
      ? []
      : [`To end it: kill ${String(pid)}; runs go on, and the next master takes them back`]),
  ]);
  return EXIT.done;
}

function untilStopped(): Promise<void> {
  return new Promise((stopped) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopped());
    process.on("SIGHUP", () => undefined);
  });
}
