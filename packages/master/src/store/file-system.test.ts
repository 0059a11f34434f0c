import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileSystemOf } from "./file-system.js";

const of = (type: number): unknown => fileSystemOf("/runs", () => type);

describe("the file system of a run's folder", () => {
  test.each([
    ["NFS", 0x6969],
    ["CIFS", 0xff534d42],
    ["CIFS", 0xff534d42 | 0],
    ["Lustre", 0x0bd00bd0],
  ])("is known to be a server's when it is %s", (name, type) => {
    expect(of(type)).toEqual({ kind: "network", name });
  });

  test("is this computer's own when it is ext4, xfs, btrfs, tmpfs or an overlay", () => {
    for (const type of [0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630])
      expect(of(type)).toEqual({ kind: "local" });
  });

  test("promises nothing that is known when a program stands behind it", () => {
    expect(of(0x65735546)).toEqual({ kind: "userspace" });
  });

  test("is asked of the system for a folder that is there", () => {
    const folder = mkdtempSync(join(tmpdir(), "stint-file-system-"));
    try {
      expect(["local", "network", "userspace"]).toContain(fileSystemOf(folder).kind);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
