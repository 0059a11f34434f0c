import { expect, test } from "vitest";
import { folderDoubts } from "./live-words.js";

test("a run on a disk of this computer is begun without a word about it", () => {
  expect(folderDoubts("runs/naps", { kind: "local" })).toEqual([]);
});

test("a run on a server's file system is begun with what its locks and records depend on", () => {
  const said = folderDoubts("runs/naps", { kind: "network", name: "NFS" }).join("\n");
  expect(said).toMatch(/^runs\/naps lies on NFS: .*waits for its server.*locks that the server keeps/u);
  expect(said).toContain("from one computer at a time");
});
