/**
 * The launcher that needs nothing but Node: a fork and exec a task. Node waits for the process and tells neither
 * its processor time nor its peak memory, so both are left out. Nor does it tell a real-time signal (34 to 64)
 * from an exit with code 0; a launcher that waits itself has to.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Launch, LaunchEnd, LaunchedProcess, Launcher } from "./launcher.js";

export const spawnLauncher: Launcher = {
  launch(launch, ended) {
    const [program, ...args] = launch.argv;
    let child: ChildProcess;
    try {
      child = spawn(program, args, {
        argv0: program,
        cwd: launch.cwd,
        env: launch.env,
        // A session of its own: the group can be killed as one, and no terminal's signals reach it.
        detached: true,
        stdio: ["ignore", launch.stdout, launch.stderr],
      });
    } catch (error) {
      // What Node or the system refuse at once, as arguments that are too long.
      setImmediate(ended, notStarted(launch, error));
      return NO_PROCESS;
    }
    child.once("error", (error) => {
      // The same event tells of a signal that could not be sent; the process is then there.
      if (child.pid === undefined) ended(notStarted(launch, error));
    });
    child.once("exit", (code, signal) => {
      ended({
        how: signal === null ? { kind: "exited", code: code ?? 0 } : { kind: "signalled", signal },
      });
    });
    return child.pid === undefined ? NO_PROCESS : processGroup(child.pid);
  },
};

const NO_PROCESS: LaunchedProcess = { signalGroup: () => false, groupLives: () => false };

const processGroup = (leader: number): LaunchedProcess => ({
  signalGroup: (signal) => signalGroup(leader, signal),
  // The dead stay in the group until they are waited for, by an init that may be slow about it.
  groupLives: () => signalGroup(leader, 0) && readdirSync("/proc").some((entry) => livesIn(leader, entry)),
});

function signalGroup(leader: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-leader, signal);
    return true;
  } catch (error) {
    // EPERM: there is one, but it has become another user's.
    return codeOf(error) === "EPERM";
  }
}

function livesIn(group: number, entry: string): boolean {
  if (!/^\d/u.test(entry)) return false;
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, "latin1");
    // The name in brackets may hold spaces and brackets itself; state, parent and group follow it.
    const [state = "", , own] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(own) === group && state !== "Z" && state !== "X";
  } catch {
    return false;
  }
}

function notStarted(launch: Launch, error: unknown): LaunchEnd {
  return { how: { kind: "not-started", reason: reasonOf(launch, error) } };
}

/** The system says "no such file" of a missing folder and of a missing program alike. */
function reasonOf({ argv: [program], cwd }: Launch, error: unknown): string {
  const folder = look(cwd);
  if (folder !== undefined) return `${folder}: ${cwd}`;
  switch (codeOf(error)) {
    case "ENOENT":
      return `no such program: ${program}`;
    case "EACCES":
      return `not allowed to run ${program} in ${cwd}`;
    case "E2BIG":
      return "arguments and environment are too long together";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** What is wrong with the folder, if anything is. */
function look(folder: string): string | undefined {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return "no such folder";
    return found.isDirectory() ? undefined : "not a folder";
  } catch {
    return "a folder out of reach";
  }
}

const codeOf = (error: unknown): unknown =>
  typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
