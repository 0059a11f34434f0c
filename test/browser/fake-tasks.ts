/** Tasks of the fake master, some of them hostile: what a bag or a program can write, somebody will. */
import type { ServerResponse } from "node:http";
import type { AttemptView, TaskLine, TasksPage, TasksQuery, TaskView } from "@stint/shared/api/tasks.js";
import { TOTAL } from "./fake-offers.js";
import { fakeView, type FakeState } from "./fake-run.js";

export const HOSTILE_COMMANDS: readonly string[] = [
  "<script>window.pwned = 1</script>",
  '"><img src=x onerror="window.pwned = 1">',
  "javascript:window.pwned=1//",
  "\u202egnp.exe\u202c \u001b]0;title\u0007 \u001b[2J\u001b[31mred",
  "w".repeat(480),
  "a\u0000b\r\nc\td",
];

/** What is printed, by the stream that is asked for; tests put in their own. */
export const printed = {
  stdout: Buffer.from("docked 12 poses\nbest score -9.1\n"),
  stderr: Buffer.from("\u001b[31mvina: out of memory\u001b[0m while reading ligand 312.pdbqt\n"),
  open: false,
};

const FAILED: ReadonlySet<number> = new Set([312, 1_024, 1_771]);

function lineOf(state: FakeState, number: number): TaskLine {
  const { tasks } = fakeView(state);
  const failed = tasks.failed > 0 && FAILED.has(number);
  const at = number <= tasks.done ? "done" : number <= tasks.done + tasks.running ? "running" : "waiting";
  return {
    task: number,
    id: number % 7 === 0 ? `lig-${String(number)}` : String(number),
    state: failed ? "failed" : at,
    attempts: failed ? 3 : at === "waiting" ? 0 : 1,
    command:
      HOSTILE_COMMANDS[number - 1] ??
      `vina --config conf.txt --ligand ligands/${String(number)}.pdbqt --out poses/${String(number)}.pdbqt`,
  };
}

export function fakeTasks(
  state: FakeState,
  { state: wanted, search, after = 0, limit = 50 }: TasksQuery,
): TasksPage {
  const tasks: TaskLine[] = [];
  let number = after;
  // As a real one does: it looks so far and no further in one call.
  const end = Math.min(TOTAL, after + 1_000);
  while (number < end && tasks.length < limit) {
    const line = lineOf(state, ++number);
    const fits =
      search === undefined ||
      line.command.includes(search) ||
      line.id === search ||
      String(number) === search;
    if (fits && (wanted === undefined || line.state === wanted)) tasks.push(line);
  }
  return {
    schema: 1,
    run: state.run,
    tasks,
    next_after: number < TOTAL ? Math.max(1, number) : null,
    seen_to: number,
  };
}

export function fakeTask(state: FakeState, number: number): TaskView {
  const line = lineOf(state, number);
  const attempt = (place: number, over: Partial<AttemptView>): AttemptView => ({
    attempt: place,
    kind: place === 1 ? "run" : "retry",
    cluster: place === 2 ? "large" : "small",
    machine: `m-${String(place + 2)}`,
    started_s: 600 + place * 80,
    ended_s: 640 + place * 80,
    outcome: "done",
    exit_code: 0,
    signal: null,
    cost_usd: 0.002311,
    stdout_bytes: printed.stdout.length,
    stderr_bytes: printed.stderr.length,
    ...over,
  });
  const failed = { outcome: "failed", exit_code: 137 } as const;
  const seen =
    line.state === "failed"
      ? [attempt(1, failed), attempt(2, failed), attempt(3, failed)]
      : line.state === "running"
        ? [attempt(1, { outcome: null, exit_code: null, ended_s: null, cost_usd: null })]
        : line.state === "waiting"
          ? []
          : [attempt(1, {})];
  return { schema: 1, run: state.run, ...line, attempts_seen: seen };
}

export function fakeOutput(
  query: Readonly<Record<string, string | undefined>>,
  response: ServerResponse,
): void {
  const all = query["stream"] === "stderr" ? printed.stderr : printed.stdout;
  const from = Number(query["from"] ?? 0);
  response
    .writeHead(200, {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": "attachment",
      "content-security-policy": "sandbox",
      "x-stint-size": String(all.length),
      "x-stint-open": String(printed.open),
    })
    .end(all.subarray(from, from + Number(query["most"] ?? all.length)));
}
