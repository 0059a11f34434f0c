import { describe, expect, test } from "vitest";
import { TroubleError } from "@stint/shared/failures.js";
import { haltOf, type HaltFlags } from "./halt-words.js";

describe("a halt", () => {
  test.each<readonly [HaltFlags, unknown]>([
    [{}, undefined],
    [{ halt: "never" }, "never"],
    [{ halt: "soon,fail=1" }, { how: "soon", fail: { kind: "count", tasks: 1 } }],
    [{ halt: "now,fail=12" }, { how: "now", fail: { kind: "count", tasks: 12 } }],
    [{ halt: "now,fail=10%" }, { how: "now", fail: { kind: "share", percent: 10 } }],
    [{ halt: "soon,fail=100%" }, { how: "soon", fail: { kind: "share", percent: 100 } }],
    [{ maxFailures: "20" }, { how: "soon", fail: { kind: "count", tasks: 20 } }],
  ])("%j is %j", (flags, halt) => {
    expect(haltOf(flags)).toEqual(halt);
  });

  test.each<readonly [HaltFlags, string, RegExp]>([
    [{ halt: "" }, "--halt", /soon,fail=3/u],
    [{ halt: "2" }, "--halt", /now,fail=1/u],
    [{ halt: "1" }, "--halt", /soon,fail=1/u],
    [{ halt: "0" }, "--halt", /never/u],
    [{ halt: "now,success=1" }, "--halt", /not yet/u],
    [{ halt: "now,fail=0" }, "--halt", /fail=3/u],
    [{ halt: "now,fail=101%" }, "--halt", /fail=3/u],
    [{ halt: "now,fail=-1" }, "--halt", /fail=3/u],
    [{ halt: "now,fail=1.5%" }, "--halt", /fail=3/u],
    [{ halt: "later,fail=1" }, "--halt", /fail=3/u],
    [{ maxFailures: "0" }, "--max-failures", /--max-failures 3/u],
    [{ maxFailures: "few" }, "--max-failures", /--max-failures 3/u],
    [{ halt: "never", maxFailures: "1" }, "--max-failures", /never alone, or --max-failures 1 alone/u],
  ])("%j is refused at %s", (flags, where, hint) => {
    const trouble = troubleOf(() => haltOf(flags));
    expect(trouble).toMatchObject({ kind: "usage", where });
    expect(trouble.hint).toMatch(hint);
  });
});

function troubleOf(call: () => unknown): TroubleError["trouble"] {
  try {
    call();
  } catch (cause) {
    if (cause instanceof TroubleError) return cause.trouble;
    throw cause;
  }
  throw new Error("nothing was refused");
}
