/**
 * Real commands of many kinds, each with what it must have come to however often its machine died: a task's own
 * failures are counted against its retries, and nothing else is.
 */

/** Seconds, longer than any test lasts, and no other test's: whatever sleeps them at the end was left behind. */
export const FOREVER = `86400.${process.pid}`;

export interface MixedTask {
  readonly id: string;
  readonly command: string | readonly string[];
  readonly retries: number;
  readonly replicable: boolean;
  /** Absent: it fails, however often it is tried. */
  readonly prints?: string;
  /** Attempts that fail by the task's own doing; one whose end was cut off with its machine may not be told. */
  readonly ownFailures: number;
}

type Kind = (n: number) => Omit<MixedTask, "id" | "replicable">;

const KINDS: readonly Kind[] = [
  (n) => ({ command: `sleep 0.2; echo ${n}`, prints: `${n}\n`, retries: 0, ownFailures: 0 }),
  (n) => ({ command: ["printf", "%s|%s", `word ${n}`, "$HOME"], prints: `word ${n}|$HOME`, ...SOUND }),
  (n) => ({ command: `sleep 0.4 & wait; echo waited ${n}`, prints: `waited ${n}\n`, ...SOUND }),
  // A daemon by the book: a session of its own, its parent gone.
  (n) => ({
    command: `(setsid sleep ${FOREVER} >/dev/null 2>&1 &); sleep 0.1; echo daemon ${n}`,
    prints: `daemon ${n}\n`,
    ...SOUND,
  }),
  (n) => ({
    command: `nohup sh -c 'trap "" TERM HUP INT; sleep ${FOREVER}' >/dev/null 2>&1 & echo deaf ${n}`,
    prints: `deaf ${n}\n`,
    ...SOUND,
  }),
  (n) => ({ command: `sleep 0.1; echo bad ${n} >&2; exit 3`, retries: 1, ownFailures: 2 }),
  (n) => ({ command: `echo dead ${n}; kill -9 $$`, retries: 0, ownFailures: 1 }),
  (n) => ({
    command: `test -e once.${n} && echo again ${n} && exit; touch once.${n}; exit 7`,
    prints: `again ${n}\n`,
    retries: 1,
    ownFailures: 1,
  }),
  (n) => ({
    command: `head -c 300000 /dev/zero | tr '\\0' ${n % 10}`,
    prints: `${n % 10}`.repeat(300_000),
    ...SOUND,
  }),
  (n) => ({ command: `sleep 0.8; echo long ${n}`, prints: `long ${n}\n`, retries: 0, ownFailures: 0 }),
];

const SOUND = { retries: 0, ownFailures: 0 } as const;

/** Every kind may be copied and may not be, in turns. */
export const mixedTasks = (count: number): readonly MixedTask[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    replicable: Math.floor(n / KINDS.length) % 2 === 0,
    ...(KINDS[n % KINDS.length] as Kind)(n),
  }));

/** Its line in a bag. */
export function lineOf({ id, command, retries, replicable }: MixedTask): string {
  const what = typeof command === "string" ? { command } : { argv: command };
  return JSON.stringify({ id, ...what, retries, replicable });
}
