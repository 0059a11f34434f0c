/**
 * Writes what the wire room knows of the protocol: types of the messages and the protocol itself as a module, so
 * that no file is read at run time. `npm run generate -w packages/shared`; a test checks that it was done.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const proto = join(root, "proto/stint/agent/v1/agent.proto");
const require = createRequire(import.meta.url);
const loader = require.resolve("@grpc/proto-loader");
const generator = join(dirname(loader), "../bin/proto-loader-gen-types.js");
/** The parser that the loader itself uses. */
const protobuf = createRequire(loader)("protobufjs");

const MARK = "// Made by generate-wire.mjs from proto/stint/agent/v1/agent.proto; do not edit.\n";

/** @param {string} folder emptied and filled; another than the committed one only to compare */
function generateWire(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // The same options stand in agent-protocol.ts; see there why.
  const options = ["--longs=Number", "--enums=String", "--defaults", "--oneofs"];
  const form = ["--grpcLib=@grpc/grpc-js", "--importFileExtension=.js"];
  execFileSync(process.execPath, [generator, ...options, ...form, `--outDir=${folder}`, proto]);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    // Where the workspace lies is nobody's business.
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(`${root}/`, ""));
  }
  const described = JSON.stringify(protobuf.loadSync(proto).toJSON(), null, 1);
  writeFileSync(join(folder, "described.ts"), `${MARK}export const described = ${described};\n`);
}

generateWire(process.argv[2] ?? join(here, "src/wire/gen"));
