import { TroubleError } from "@stint/shared/failures.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inheritedEnvironment, namedVariables } from "./environment.js";

const ALL = { keep: [], nothing: false };

describe("tasks inherit the environment", () => {
  test("less what looks secret, and less what another stint told its task", () => {
    const kept = {
      PATH: "/bin",
      HOME: "/root",
      AWSOME: "1",
      TOKENS: "2",
      KEYBOARD: "us",
      __proto__x: "3",
      EMPTY: "",
    };
    const secret = {
      AWS_ACCESS_KEY_ID: "x",
      AWS_REGION: "x",
      GITHUB_TOKEN: "x",
      gh_token: "x",
      MY_SECRET_THING: "x",
      PGPASSWORD: "x",
      API_KEY: "x",
    };
    expect(inheritedEnvironment({ ...kept, ...secret, STINT_SLOT: "1", STINT_TASK_ID: "2" }, ALL)).toEqual({
      stored: kept,
      named: {},
      dropped: Object.keys(secret).sort(),
    });
  });

  test("with what is named, which is stored nowhere", () => {
    const { stored, named, dropped } = inheritedEnvironment(
      { HOME: "/root", API_KEY: "k", LANG: "C" },
      { keep: ["API_KEY", "LANG"], nothing: false },
    );
    expect({ stored, named, dropped }).toEqual({
      stored: { HOME: "/root" },
      named: { API_KEY: "k", LANG: "C" },
      dropped: [],
    });
  });

  test("or nothing of it but what is named", () => {
    expect(
      inheritedEnvironment({ HOME: "/root", API_KEY: "k", LANG: "C" }, { keep: ["LANG"], nothing: true }),
    ).toEqual({ stored: {}, named: { LANG: "C" }, dropped: [] });
  });
});

test("no value that looks secret is ever stored, and nothing else is lost", () => {
  const name = fc.oneof(fc.string(), fc.constantFrom("AWS_X", "X_TOKEN", "SECRETS", "__proto__", "toString"));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
      const variables = Object.fromEntries(entries);
      const { stored, dropped } = inheritedEnvironment(variables, ALL);
      const ours = Object.keys(variables).filter((one) => one.startsWith("STINT_"));
      expect([...Object.keys(stored), ...dropped, ...ours].sort()).toEqual(Object.keys(variables).sort());
      expect(Object.keys(stored).join("\n")).not.toMatch(/secret|password|^aws_|_token$|_key$/imu);
    }),
  );
});

describe("a name given with --env is refused", () => {
  test.each([
    ["API_KEY=hunter2", "bad-name", "--env API_KEY"],
    ["", "bad-name", "--env NAME"],
    ["=x", "bad-name", "--env NAME"],
    ["STINT_SLOT", "reserved-name", "leave it out"],
    ["APIKEY", "not-set", "API_KEY"],
    ["NOTHING_LIKE_IT", "not-set", "export"],
    ["toString", "not-set", "export"],
  ])("%j", (name, code, hint) => {
    try {
      namedVariables([name], { API_KEY: "k", STINT_SLOT: "1" });
      expect.unreachable();
    } catch (cause) {
      if (!(cause instanceof TroubleError)) throw cause;
      expect(cause.trouble).toMatchObject({ kind: "usage", where: "--env", code });
      expect(cause.trouble.hint).toContain(hint);
      expect(cause.message).not.toContain("hunter2");
    }
  });
});
