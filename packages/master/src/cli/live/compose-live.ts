/**
 * Puts the live world together behind the six ports: this computer's clock, agents over TLS on loopback, the
 * local provider, the run's journal, a thread that thinks, and everyone who watches. Composes, decides nothing.
 */
import { join } from "node:path";
import type { AgentConfig } from "@stint/shared/agent-config.js";
import type { MachineId } from "@stint/shared/ids.js";
import { OUTPUT_CAP_BYTES } from "@stint/shared/output-names.js";
import type { Instant } from "@stint/shared/units.js";
import { serverIdentity } from "../../agents/identity.js";
import { serveAgents, type AgentServer } from "../../agents/serve-agents.js";
import { createDrive, type Drive } from "../../drive/drive.js";
import { liveEvaluator } from "../../drive/evaluate-live.js";
import { liveClock, type LiveClock } from "../../drive/live-clock.js";
import type { Audience, Deliver, LaunchOrder, Ports } from "../../drive/ports.js";
import { together } from "../../drive/together.js";
import { localProvisioner } from "../../provision/local/local-provisioner.js";
import { openJournal, type OpenJournal } from "../../store/journal.js";
import { makeInnerFolders } from "../../store/run-folder.js";
import { writeAtomically } from "../../store/write-atomically.js";
import { agentProgram } from "./agent-program.js";
import type { HeldRun } from "./begin-run.js";
import { AUTHORITY } from "./folder-stands.js";
import { installationFolder } from "./installation.js";
import { journalTroubleText } from "./live-words.js";
import { taskSpecs } from "./task-specs.js";

export interface LiveOptions {
  /** Values of the variables named with `--env`: they reach tasks, and no file. */
  readonly named: Readonly<Record<string, string>>;
  /** Whoever watches, in this order. */
  readonly audiences: readonly Audience[];
  /** Machines of an earlier master, with the hash of the session each is known by. */
  readonly sessions: ReadonlyMap<MachineId, string>;
  /** Is the run's folder there? Where it is not, attempts fail that have done no wrong. */
  readonly stands: () => boolean;
  /** A line for the person: something outside went wrong and is being dealt with. */
  readonly say: (text: string) => void;
  /** A defect: nothing that follows can be trusted. */
  readonly broken: (reason: unknown) => void;
}

export interface LiveRun {
  readonly drive: Drive;
  readonly ports: Ports;
  readonly deliver: Deliver;
  readonly now: () => Instant;
  /** Resolves when the last frame is durable and nothing exists any more. */
  readonly ended: Promise<void>;
  /** Is all that has happened written down, or soon? False when it cannot be written now. */
  writable(): Promise<boolean>;
  /** Agents that live go on without this master. */
  close(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";
const RETRY_JOURNAL_MS = 1_000;
const OWNER_ONLY = 0o600;

export async function composeLive(held: HeldRun, options: LiveOptions): Promise<LiveRun> {
  const world: { drive?: Drive } = {};
  const deliver: Deliver = (event) => {
    if (event.kind !== "attempts-ended" || options.stands()) world.drive?.deliver(event);
  };
  const clock = liveClock(held.kept.anchor, () => deliver({ kind: "time-passed", at: clock.now() }));
  const { server, caFile } = await serveRun(held, options, { clock, deliver });
  // From here on nothing is awaited: no agent is heard before the drive stands and knows what is open.
  server.restore(options.sessions);
  const provisioner = localProvisioner({
    folder: held.folder.agents,
    now: () => clock.now(),
    bootAt: clock.bootAt,
    ofBoot: clock.ofBoot,
    deliver,
    agentConfig: (order) => agentConfigOf(held, order, { server, caFile }),
    tokenFor: (machine) => server.tokenFor(machine),
    isConnected: (machine) => server.isConnected(machine),
    agentCommand: { program: process.execPath, args: [agentProgram()] },
    onTrouble: options.say,
  });
  const journal = openLiveJournal(held, options.say);
  const evaluator = liveEvaluator(() => clock.now(), deliver, options.broken);
  const end = watchEnd();
  const audience = together([...options.audiences, end]);
  const ports: Ports = { clock, provisioner, agents: server, journal, evaluator, audience };
  const drive = createDrive(held.run, ports);
  world.drive = drive;
  return {
    drive,
    ports,
    deliver,
    now: () => clock.now(),
    ended: end.ended,
    writable: () => journal.settled(),
    async close() {
      clock.close();
      await provisioner.close();
      await server.close();
      await evaluator.close();
      await journal.close();
    },
  };
}

/** The server that agents connect to, and what they need to trust it. */
async function serveRun(
  { folder, kept, bag, secret }: HeldRun,
  { named, say }: LiveOptions,
  { clock, deliver }: { readonly clock: LiveClock; readonly deliver: Deliver },
): Promise<{ readonly server: AgentServer; readonly caFile: string }> {
  const identity = await serverIdentity(installationFolder(folder.agents));
  const caFile = join(folder.agents, AUTHORITY);
  makeInnerFolders(folder);
  writeAtomically(caFile, identity.caPem, OWNER_ONLY);
  const server = await serveAgents({
    host: LOOPBACK,
    port: 0,
    identity,
    runSecret: secret,
    clock,
    taskOf: taskSpecs(bag, kept.wide, named),
    deliver,
    onTrouble: say,
  });
  writeAtomically(folder.masterPort, `${LOOPBACK}:${String(server.port)}\n`);
  return { server, caFile };
}

function agentConfigOf(
  { folder, kept, bag }: HeldRun,
  order: LaunchOrder,
  { server, caFile }: { readonly server: AgentServer; readonly caFile: string },
): Pick<
  AgentConfig,
  | "master"
  | "masterPortFile"
  | "caFile"
  | "outFolder"
  | "environmentFile"
  | "cwd"
  | "outputCapBytes"
  | "bagId"
  | "bagSize"
  | "slots"
  | "graceUs"
> {
  return {
    master: `${LOOPBACK}:${String(server.port)}`,
    masterPortFile: folder.masterPort,
    caFile,
    outFolder: folder.out,
    environmentFile: folder.environment,
    cwd: kept.cwd,
    outputCapBytes: OUTPUT_CAP_BYTES,
    bagId: kept.bagId,
    bagSize: bag.size,
    slots: order.cluster.slots,
    graceUs: order.cluster.tariff.grace,
  };
}

/** While the journal cannot be written nothing new happens: agents work on what they have, and it is tried again. */
function openLiveJournal({ folder, end }: HeldRun, say: (text: string) => void): OpenJournal {
  let told = false;
  const journal = openJournal(folder.journal, end, (trouble) => {
    if (!told) say(journalTroubleText(folder.journal, trouble));
    told = true;
    setTimeout(() => journal.retry(), RETRY_JOURNAL_MS);
  });
  return journal;
}

/** Resolves after the frame that ends the run. */
function watchEnd(): Audience & { readonly ended: Promise<void> } {
  let resolve: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    ended,
    seen(frame) {
      if (frame.decisions.some(({ kind }) => kind === "end-run")) resolve();
    },
  };
}
