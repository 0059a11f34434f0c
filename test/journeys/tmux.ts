/** A terminal of a given size in which a command is typed, as tmux has it: what stands on its screen, and its keys. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Terminal {
  /** What stands on it now, without empty lines at the end. */
  screen(): string;
  /** With what has been scrolled out at its top. */
  whole(): string;
  /** Resolves to the first screen on which it stands. */
  shows(what: RegExp): Promise<string>;
  /** Names of keys as tmux has them, or text. */
  type(...keys: readonly string[]): void;
  resize(size: TerminalSize): void;
  /** Is its cursor shown? */
  cursor(): boolean;
}

export interface Terminals {
  /** A shell in that folder, with this typed into it. */
  open(cwd: string, size: TerminalSize, line: string): Terminal;
  close(): void;
}

const LOOK_EVERY_MS = 50;
const WAIT_MOST_MS = 60_000;
/** Ends every screen on which the shell waits for another line. */
const PROMPT = "ready> ";

/** A tmux server of its own, which ends with {@link Terminals.close}. */
export function newTerminals(): Terminals {
  const folder = mkdtempSync(join(tmpdir(), "stint-tmux-"));
  const tmux = (...args: readonly string[]): string =>
    execFileSync("tmux", ["-u", "-S", join(folder, "socket"), "-f", "/dev/null", ...args], {
      encoding: "utf8",
      env: { ...process.env, LANG: "C.UTF-8", LC_ALL: "C.UTF-8", PS1: PROMPT, NO_COLOR: "" },
    });
  let opened = 0;
  return {
    open(cwd, { columns, rows }, line) {
      const name = `t${String((opened += 1))}`;
      const size = ["-x", String(columns), "-y", String(rows)];
      tmux("new-session", "-d", "-s", name, ...size, "-c", cwd, "sh");
      tmux("send-keys", "-t", name, `clear; ${line}`, "Enter");
      return terminal(name, tmux);
    },
    close() {
      tmux("kill-server");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function terminal(name: string, tmux: (...args: readonly string[]) => string): Terminal {
  const capture = (...more: readonly string[]): string =>
    `${tmux("capture-pane", "-p", "-t", name, ...more).trimEnd()}\n`;
  return {
    screen: () => capture(),
    whole: () => capture("-S", "-"),
    async shows(what) {
      const until = Date.now() + WAIT_MOST_MS;
      for (;;) {
        const shown = capture();
        if (what.test(shown)) return shown;
        if (Date.now() > until) throw new Error(`${String(what)} does not come:\n${shown}`);
        await pause(LOOK_EVERY_MS);
      }
    },
    type: (...keys) => void tmux("send-keys", "-t", name, ...keys),
    resize: ({ columns, rows }) =>
      void tmux("resize-window", "-t", name, "-x", String(columns), "-y", String(rows)),
    cursor: () => tmux("display-message", "-p", "-t", name, "#{cursor_flag}").trim() === "1",
  };
}
