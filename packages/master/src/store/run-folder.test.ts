import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TroubleError, type Trouble } from "@stint/shared/failures.js";
import { instant } from "@stint/shared/units.js";
import { createJournal } from "./journal.js";
import { createRunFolder, findRun, type RunFolder } from "./run-folder.js";

let home = "";
let runs = "";
const at = instant(Date.UTC(2026, 0, 2, 3, 4, 5, 678) * 1000);

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "stint-runs-")));
  runs = join(home, "runs");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const begun = (name: string): RunFolder => {
  const run = createRunFolder({ runs, name, at });
  createJournal(run.journal);
  return run;
};

const troubleOf = (act: () => unknown): TroubleError["trouble"] => {
  try {
    act();
  } catch (error) {
    if (error instanceof TroubleError) return error.trouble;
    throw error;
  }
  throw new Error("there was no trouble");
};

describe("a run's folder", () => {
  test("is named by its start in UTC and the run's name, and is for its owner only", () => {
    const run = begun("sweep");
    expect(run.path).toBe(join(runs, "2026-01-02T03-04-05-sweep"));
    expect(statSync(run.path).mode & 0o777).toBe(0o700);
    expect(statSync(run.journal).mode & 0o777).toBe(0o600);
    expect(statSync(run.out).isDirectory() && statSync(run.agents).isDirectory()).toBe(true);
  });

  test("is its own when two runs of one name start in the same second", () => {
    const names = [begun("sweep"), begun("sweep"), begun("sweep")].map((run) => run.name);
    expect(names.map((name) => name.slice(20))).toEqual(["sweep", "sweep-2", "sweep-3"]);
  });

  test("is where latest points to, and nothing else is left beside it", () => {
    begun("one");
    const two = begun("two");
    expect(readlinkSync(join(runs, "latest"))).toBe(two.name);
    expect(readdirSync(runs).sort()).toEqual([
      "2026-01-02T03-04-05-one",
      "2026-01-02T03-04-05-two",
      "latest",
    ]);
  });

  test.each([
    ["../../etc/passwd", "..-..-etc-passwd"],
    ["größe 1\n", "gr-e-1-"],
    ["", "run"],
    ["x".repeat(300), "x".repeat(80)],
  ])("takes of the name %j only what a folder's name may have", (name, taken) => {
    expect(createRunFolder({ runs, name, at }).name).toBe(`2026-01-02T03-04-05-${taken}`);
  });

  test("where none can be made is named", () => {
    writeFileSync(runs, "a file");
    expect(troubleOf(() => createRunFolder({ runs, name: "x", at }))).toMatchObject({
      kind: "state-unusable",
      where: runs,
    });
  });
});

describe("a run is found", () => {
  test("by its folder, by its name under runs, and as the latest", () => {
    const one = begun("one");
    const two = begun("two");
    expect(findRun(one.path, runs)).toEqual(one);
    expect(findRun(one.name, runs)).toEqual(one);
    expect(findRun("latest", runs)).toEqual(two);
    expect(findRun(undefined, runs)).toEqual(two);
    expect(findRun(`${runs}/latest/`, "elsewhere")).toEqual(two);
  });

  test("under its name although a folder of that name that is no run lies here", () => {
    const run = begun("one");
    const before = process.cwd();
    mkdirSync(join(home, run.name));
    process.chdir(home);
    try {
      expect(findRun(run.name)).toEqual(run);
    } finally {
      process.chdir(before);
    }
  });

  test("not where none is, and the newest are named", () => {
    ["a", "b", "c", "d"].forEach(begun);
    const trouble = troubleOf(() => findRun("nonsense", runs));
    expect(trouble).toMatchObject({ kind: "usage", code: "no-such-run", where: "nonsense" });
    expect(trouble.hint).toBe(
      "2026-01-02T03-04-05-d, 2026-01-02T03-04-05-c, 2026-01-02T03-04-05-b, … (newest first)",
    );
  });

  test("not in a folder without a journal, nor behind a link to a run that is gone", () => {
    expect(troubleOf(() => findRun(home, runs))).toMatchObject({ code: "not-a-run", where: home });
    mkdirSync(runs);
    symlinkSync("gone", join(runs, "latest"));
    expect(troubleOf(() => findRun(undefined, runs)).code).toBe("no-such-run");
  });

  test("and where no latest one is, it is said what was looked for and where", () => {
    const latest = (): Trouble => troubleOf(() => findRun(undefined, runs));
    expect(latest()).toMatchObject({ where: runs, found: `no such folder in ${home}` });
    mkdirSync(runs);
    expect(latest()).toMatchObject({
      found: "no run in it",
      hint: expect.stringMatching(/--runs DIR/u) as unknown,
    });
    begun("a");
    rmSync(join(runs, "latest"));
    expect(latest()).toMatchObject({
      found: expect.stringMatching(/latest leads to none/u) as unknown,
      hint: "2026-01-02T03-04-05-a",
    });
  });
});
