/** What every launcher must do: the suite that each of them passes. */
import { mkdtempSync, openSync, readFileSync, closeSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type {
  Launch,
  LaunchedProcess,
  LaunchEnd,
  Launcher,
} from "../../packages/worker/src/launch/launcher.js";

export function everyLauncher(name: string, launcher: Launcher): void {
  describe(name, () => {
    let folder: string;
    let stdout: number;
    let stderr: number;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "stint-launcher-"));
      stdout = openSync(join(folder, "stdout"), "ax");
      stderr = openSync(join(folder, "stderr"), "ax");
    });

    afterEach(() => {
      closeSync(stdout);
      closeSync(stderr);
      rmSync(folder, { recursive: true, force: true });
    });

    type Wish = Partial<Launch> & Pick<Launch, "argv">;
    const begin = (wish: Wish): { process: LaunchedProcess; ended: Promise<LaunchEnd> } => {
      let process: LaunchedProcess | undefined;
      const ended = new Promise<LaunchEnd>((resolve) => {
        const launch = { cwd: folder, env: {}, stdout, stderr, slot: 1, ...wish };
        process = launcher.launch(launch, resolve);
      });
      return { process: process!, ended };
    };
    const howItEnds = async (wish: Wish) => (await begin(wish).ended).how;
    const sh = (line: string): Wish => ({ argv: ["/bin/sh", "-c", line] });
    const written = (stream: "stdout" | "stderr") => readFileSync(join(folder, stream), "utf8");
    const appearance = async (file: string): Promise<string> => {
      while (!existsSync(join(folder, file)) || readFileSync(join(folder, file), "utf8") === "")
        await sleep(5);
      return readFileSync(join(folder, file), "utf8").trim();
    };

    test.each([0, 1, 77, 126, 127, 128, 137, 255])("exit code %i is told as it is", async (code) => {
      expect(await howItEnds(sh(`exit ${String(code)}`))).toEqual({ kind: "exited", code });
    });

    test.each(["SIGKILL", "SIGTERM", "SIGSEGV", "SIGPIPE", "SIGHUP", "SIGINT", "SIGXFSZ"])(
      "death by %s is told as such, and the signal is not ignored",
      async (signal) => {
        expect(await howItEnds(sh(`kill -${signal.slice(3)} $$; exit 3`))).toEqual({
          kind: "signalled",
          signal,
        });
      },
    );

    test("what the process writes is in the two files, to the byte and apart", async () => {
      await begin(sh(`printf 'out \\303\\244\\000\\377'; printf err >&2`)).ended;
      expect(readFileSync(join(folder, "stdout"))).toEqual(
        Buffer.concat([Buffer.from("out ä\0"), Buffer.from([0xff])]),
      );
      expect(written("stderr")).toBe("err");
    });

    test("arguments reach the program as they are, and no shell reads them", async () => {
      const words = ["$HOME", "a  b", "*", "'\"", "ü\n", "", ";exit 1", "-n"];
      const how = await howItEnds({ argv: ["/usr/bin/printf", "[%s]", ...words] });
      expect(how).toEqual({ kind: "exited", code: 0 });
      expect(written("stdout")).toBe(words.map((word) => `[${word}]`).join(""));
    });

    test("the environment is exactly what was given", async () => {
      const env = { ONE: "1", SPACED: " a b ", LINES: "x\ny", EMPTY: "", UNICODE: "käse" };
      await begin({ argv: ["/usr/bin/env", "-0"], env }).ended;
      const seen = written("stdout").split("\0").slice(0, -1).sort();
      expect(seen).toEqual(
        Object.entries(env)
          .map(([name, value]) => `${name}=${value}`)
          .sort(),
      );
    });

    test("a program without a slash is looked up in the PATH that was given", async () => {
      expect(await howItEnds({ argv: ["true"], env: { PATH: "/usr/bin:/bin" } })).toEqual({
        kind: "exited",
        code: 0,
      });
      expect(await howItEnds({ argv: ["true"], env: { PATH: folder } })).toMatchObject({
        kind: "not-started",
      });
    });

    test("it runs in the folder that was given, and standard input is at its end", async () => {
      await begin(sh("pwd -P; cat; readlink /proc/self/fd/0")).ended;
      expect(written("stdout").trim().split("\n")).toEqual([folder, "/dev/null"]);
    });

    test("no file that is open here is handed on but those two", async () => {
      const other = openSync(join(folder, "other"), "ax");
      await begin(sh('for one in /proc/$$/fd/*; do echo "${one##*/} $(readlink $one)"; done')).ended;
      closeSync(other);
      const handed = written("stdout")
        .split("\n")
        .filter((line) => line.includes(folder));
      expect(handed).toEqual([`1 ${folder}/stdout`, `2 ${folder}/stderr`]);
    });

    test("it leads a session and a group of its own", async () => {
      await begin(sh("echo $$; cat /proc/$$/stat")).ended;
      const [pid, stat = ""] = written("stdout").split("\n");
      const [, , group, session] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      expect([group, session]).toEqual([pid, pid]);
    });

    test("one signal reaches every process of the group", async () => {
      const { process, ended } = begin(sh("sleep 600 & sleep 600 & echo $! > last; wait"));
      const last = await appearance("last");
      expect(process.signalGroup("SIGKILL")).toBe(true);
      expect((await ended).how).toEqual({ kind: "signalled", signal: "SIGKILL" });
      while (isRunning(last)) await sleep(5);
    });

    test("the end is told when the leader has ended, and the rest of the group can still be killed", async () => {
      const { process, ended } = begin(sh("sleep 600 & echo $! > last"));
      expect((await ended).how).toEqual({ kind: "exited", code: 0 });
      const last = await appearance("last");
      expect(isRunning(last)).toBe(true);
      expect(process.groupLives()).toBe(true);
      expect(process.signalGroup("SIGKILL")).toBe(true);
      while (isRunning(last)) await sleep(5);
      expect(process.groupLives()).toBe(false);
    });

    const unstartable: readonly [string, (folder: string) => Wish, RegExp][] = [
      [
        "a program that is missing",
        () => ({ argv: ["/no/such/program"] }),
        /no such program: \/no\/such\/program/,
      ],
      [
        "a folder that is missing",
        () => ({ argv: ["/bin/true"], cwd: "/no/such" }),
        /no such folder: \/no\/such/,
      ],
      [
        "a file instead of a folder",
        () => ({ argv: ["/bin/true"], cwd: "/etc/passwd" }),
        /not a folder: \/etc\/passwd/,
      ],
      [
        "a program that may not be run",
        () => ({ argv: ["/etc/passwd"] }),
        /not allowed to run \/etc\/passwd/,
      ],
      ["arguments that are too long", () => ({ argv: ["/bin/true", "x".repeat(3_000_000)] }), /too long/],
    ];
    test.each(unstartable)("%s is not started, and the reason names it", async (_what, wish, reason) => {
      const { process, ended } = begin(wish(folder));
      expect(process.signalGroup("SIGTERM")).toBe(false);
      const { how } = await ended;
      expect(how.kind === "not-started" ? how.reason : how).toMatch(reason);
    });

    test("a hundred that end at once are told of one by one", async () => {
      const ends = Array.from({ length: 100 }, (_, code) => howItEnds(sh(`exit ${String(code)}`)));
      const codes = (await Promise.all(ends)).map((how) => (how.kind === "exited" ? how.code : -1));
      expect(codes).toEqual(codes.map((_, code) => code));
    });
  });
}

/** Not merely waiting to be waited for. */
function isRunning(pid: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !["Z", "X"].includes(stat[stat.lastIndexOf(")") + 2]!);
  } catch {
    return false;
  }
}
