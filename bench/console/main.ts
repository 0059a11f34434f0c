/**
 * What does it cost a master that people look at a run of it? Its CPU beyond the same without anybody, for each client
 * and update, and how often a client is told. See this folder's README.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { WebSocket } from "ws";

const MOST = { msAClientAndUpdate: 1, updatesASecond: 4 } as const;
const TOKEN = "a1".repeat(32);

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "10" },
    seconds: { type: "string", default: "10" },
    changes: { type: "string", default: "20000" },
    floor: { type: "boolean", default: false },
  },
});
const [count, seconds] = [Number(values.clients), Number(values.seconds)];

const master = fork(join(import.meta.dirname, "master.ts"), [values.changes, TOKEN], {
  execArgv: ["--import", "tsx", "--conditions=@stint/source"],
});

async function told<T>(): Promise<T> {
  const [words] = (await once(master, "message")) as [T];
  return words;
}

interface Used {
  readonly cpuMs: number;
  readonly changes: number;
}

/** What the master used meanwhile, by the second. */
async function useMeanwhile(): Promise<Used> {
  const look = (): Promise<Used> => {
    master.send("look");
    return told<Used>();
  };
  const before = await look();
  const since = performance.now();
  await pause(seconds * 1000);
  const after = await look();
  const took = (performance.now() - since) / 1000;
  return { cpuMs: (after.cpuMs - before.cpuMs) / took, changes: (after.changes - before.changes) / took };
}

try {
  const { port, bytes } = await told<{ port: number; bytes: number }>();
  await pause(2000);
  const alone = await useMeanwhile();
  let updates = 0;
  const address = `ws://127.0.0.1:${String(port)}/api/v1/live`;
  const clients = Array.from({ length: count }, () => {
    const socket = new WebSocket(address, { headers: { authorization: `Bearer ${TOKEN}` } });
    socket.on("message", () => (updates += 1));
    socket.on("open", () => socket.send(JSON.stringify({ want: "run", run: "bench" })));
    return socket;
  });
  await Promise.all(clients.map((socket) => once(socket, "open")));
  await pause(2000);
  updates = 0;
  const since = performance.now();
  const looked = await useMeanwhile();
  const aSecond = updates / count / ((performance.now() - since) / 1000);
  const each = (looked.cpuMs - alone.cpuMs) / (aSecond * count);
  const words = [
    `view of ${(bytes / 1024).toFixed(0)} KB, changed ${looked.changes.toFixed(0)} times a second, ${count} clients`,
    `master alone: ${(alone.cpuMs / 10).toFixed(1)} % of a core; looked at: ${(looked.cpuMs / 10).toFixed(1)} %`,
    `${each.toFixed(3)} ms for each client and update (at most ${MOST.msAClientAndUpdate})`,
    `${aSecond.toFixed(2)} updates a second (at most ${MOST.updatesASecond})`,
  ];
  process.stdout.write(`${words.join("\n")}\n`);
  for (const socket of clients) socket.terminate();
  const held = each <= MOST.msAClientAndUpdate && aSecond <= MOST.updatesASecond && updates > 0;
  if (values.floor && !held) process.exitCode = 1;
} finally {
  master.kill();
}
