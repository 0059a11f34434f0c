/**
 * What becomes of one machine of this computer, from order to end? It is called gone only when its agent and all
 * that it started are dead, and after what the agent had measured has been delivered.
 *
 *   looked for ──► found running ──┐
 *       │                          ▼
 *       ├──► started ──────────► watched ──► ended ──► swept ──► spool delivered ──► gone
 *       │                                                ▲
 *       ├──► has run and is dead, or need not run ───────┘
 *       └──► cannot be started: launch failed
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ProcessIdentity } from "@stint/shared/process-identity.js";
import { before, inSeconds } from "@stint/shared/units.js";
import type { LaunchOrder } from "../../drive/ports.js";
import { bagIdIn, hasLived, notedPid, notePid, prepareFolder, tidyFolder } from "./agent-folder.js";
import {
  foundAgent,
  runsAsAgent,
  startAgent,
  whyNotStarted,
  type AgentProcess,
  type NotStarted,
} from "./agent-process.js";
import type { LocalWorld, Machine } from "./local-world.js";
import type { Marks } from "./marks.js";
import { spooledResults } from "./spooled-results.js";

/** Of what the system said. */
const WORDS_MOST = 500;

type Beginning =
  | { readonly kind: "running"; readonly agent: AgentProcess }
  | { readonly kind: "dead"; readonly cause: string }
  | { readonly kind: "not-started"; readonly failure: NotStarted };

/** Resolves when the machine is gone, or could not be launched, and that is delivered. */
export async function live(world: LocalWorld, machine: Machine): Promise<void> {
  await myTurn(world);
  if (isClosed(world)) return;
  const beginning = await begin(world, machine);
  if (isClosed(world)) return;
  if (beginning.kind === "not-started") {
    const { code, message } = beginning.failure;
    world.deliver({ kind: "machine-launch-failed", at: world.now(), machine: machine.id, code, message });
    return;
  }
  const ended = beginning.kind === "dead" ? beginning.cause : await watch(world, machine, beginning.agent);
  const marks = marksOf(machine);
  if (marks !== undefined) await world.sweeper.sweep(marks);
  await deliverSpool(world, machine);
  if (isClosed(world)) return;
  const cause = machine.unwanted ?? ended;
  world.deliver({ kind: "machine-gone", at: world.now(), machine: machine.id, cause });
  tidy(world, machine);
}

/** Tells the agent to end, now or as soon as it runs; it is killed when it does not. Idempotent. */
export function noLongerWanted(world: LocalWorld, machine: Machine, because: string): void {
  if (machine.unwanted !== undefined) return;
  machine.unwanted = because;
  if (machine.agent !== undefined) end(world, machine.agent);
}

function end(world: LocalWorld, agent: AgentProcess): void {
  agent.signal("SIGTERM");
  const timer = setTimeout(
    () => {
      if (!isClosed(world)) agent.signal("SIGKILL");
    },
    inSeconds(world.endWithin) * 1000,
  );
  timer.unref();
  void agent.ended.then(() => clearTimeout(timer));
}

/** One machine a turn of the event loop, in the order in which they were asked for. */
async function myTurn(world: LocalWorld): Promise<void> {
  const mine = world.turn.then(() => nextTurn());
  world.turn = mine;
  await mine;
}

async function begin(world: LocalWorld, machine: Machine): Promise<Beginning> {
  const { order, folder } = machine;
  const noted = notedPid(folder);
  if (noted !== undefined && (await runsAsAgent(noted))) return takeBack(world, machine, noted);
  if (hasLived(folder)) return { kind: "dead", cause: `ended by itself, see ${folder.log}` };
  // Nothing was ever asked of an agent that had not come as far as a hello: it can be started again.
  if (machine.unwanted !== undefined || order === undefined) return { kind: "dead", cause: "released" };
  if (before(order.paidUntil, order.cluster.tariff.grace) <= world.now())
    return { kind: "dead", cause: "its lease ended before it was started" };
  return start(world, machine, order);
}

async function start(world: LocalWorld, { folder, id }: Machine, order: LaunchOrder): Promise<Beginning> {
  const common = world.agentConfig(order);
  try {
    prepareFolder(folder, order, {
      common,
      token: world.tokenFor(id),
      paidUntilBootUs: world.bootAt(order.paidUntil),
    });
    const marks = { bagId: common.bagId, machine: id };
    const note = (agent: ProcessIdentity): void => notePid(folder, agent);
    return { kind: "running", agent: await startAgent(world.agentCommand, folder, marks, note) };
  } catch (cause) {
    return { kind: "not-started", failure: whyNotStarted(cause) };
  }
}

/** An agent of an earlier master: it has to find its way to this one. */
function takeBack(world: LocalWorld, machine: Machine, identity: ProcessIdentity): Beginning {
  const agent = foundAgent(identity, machine.folder, () => world.closed);
  const patience = inSeconds(world.backWithin);
  const timer = setTimeout(() => {
    if (world.closed || world.isConnected(machine.id)) return;
    noLongerWanted(world, machine, `was not back within ${String(patience)} s`);
  }, patience * 1000);
  timer.unref();
  void agent.ended.then(() => clearTimeout(timer));
  return { kind: "running", agent };
}

/** How it ended. */
async function watch(world: LocalWorld, machine: Machine, agent: AgentProcess): Promise<string> {
  machine.agent = agent;
  world.deliver({ kind: "machine-launched", at: world.now(), machine: machine.id });
  if (machine.unwanted !== undefined) end(world, agent);
  const ended = await agent.ended;
  machine.agent = undefined;
  return ended;
}

async function deliverSpool(world: LocalWorld, { folder, id }: Machine): Promise<void> {
  try {
    const events = await spooledResults(folder.spool, id, world);
    if (!world.closed) for (const event of events) world.deliver(event);
  } catch (cause) {
    // Its tasks run again: nothing is lost but time.
    world.onTrouble(`${id}: what it reported last could not be read: ${wordsOf(cause)}`);
  }
}

/** Nobody waits for it; scratch may be large. */
function tidy(world: LocalWorld, { folder, id }: Machine): void {
  const tidied = tidyFolder(folder)
    .catch((cause: unknown) => world.onTrouble(`${id}: its folder could not be tidied: ${wordsOf(cause)}`))
    .finally(() => world.tidying.delete(tidied));
  world.tidying.add(tidied);
}

/** None where no agent was ever told anything here, so that nothing can have been started either. */
function marksOf({ folder, id }: Machine): Marks | undefined {
  const bagId = bagIdIn(folder);
  return bagId === undefined ? undefined : { bagId, machine: id };
}

/** A call, as it may close while something is awaited. */
const isClosed = (world: LocalWorld): boolean => world.closed;

/** Cut, as a task may have made paths of any length. */
const wordsOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).slice(0, WORDS_MOST);
