import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERSION } from "./version.js";

test.each(["package.json", ...["shared", "worker", "master"].map((name) => `packages/${name}/package.json`)])(
  "the program calls itself by the version of %s",
  (path) => {
    const file = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
    expect(JSON.parse(file)).toMatchObject({ version: VERSION });
  },
);
