/** What is a person told whose master takes a question and does not answer? */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesOf, type RunFolder } from "../../store/run-folder.js";
import { askMaster } from "./ask-master.js";

let folder: RunFolder;
let server: Server | undefined;
beforeEach(() => (folder = filesOf(mkdtempSync(join(tmpdir(), "stint-ask-")))));
afterEach(async () => {
  if (server !== undefined) await new Promise((closed) => server?.close(closed));
  server = undefined;
  rmSync(folder.path, { recursive: true });
});

async function serve(hear: (socket: Socket) => void): Promise<void> {
  server = createServer(hear);
  await new Promise<void>((listening) => server?.listen(folder.control, listening));
}

test("a master that is silent is not waited for without end, as if it were stopped", async () => {
  await serve((socket) => socket.resume());
  await expect(askMaster(folder, { ask: "status" }, 20)).rejects.toMatchObject({
    trouble: { code: "master-silent" },
  });
});

test("a master that goes before it has answered is gone, not silent", async () => {
  await serve((socket) => socket.destroy());
  await expect(askMaster(folder, { ask: "status" })).rejects.toMatchObject({
    trouble: { code: "master-gone" },
  });
});

test("where there is no master nothing is asked", async () => {
  await expect(askMaster(folder, { ask: "status" })).resolves.toBeUndefined();
});
