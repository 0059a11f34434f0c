/**
 * `npm run pack`: one tarball that installs and runs without a registry. Everything stint is made of is bundled
 * into it, so it depends on nothing but Node; what the bundle is made of is named in it with its licence.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { buildPage } from "./build-page.mjs";
import { ready } from "./ready.mjs";
import { ROOT, quietly } from "./say.mjs";

const STAGE = join(ROOT, "dist/stint");
const PACKAGES = join(ROOT, "packages");
const master = JSON.parse(readFileSync(join(PACKAGES, "master/package.json"), "utf8"));

/** What is written as CommonJS asks for a `require`, which a module does not have. */
const REQUIRE =
  'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';
const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  // From the sources themselves: no older build can come in.
  conditions: ["@stint/source"],
  metafile: true,
  absWorkingDir: ROOT,
  logLevel: "warning",
};
const MODULE = { ...COMMON, format: "esm", banner: { js: REQUIRE } };

/** The program: its entry and, all in one folder, the parts that are loaded only when a verb asks for them. */
const program = {
  ...MODULE,
  splitting: true,
  outdir: join(STAGE, "dist"),
  entryPoints: {
    "cli/main": "packages/master/src/cli/main.ts",
    "evaluate-worker": "packages/master/src/drive/evaluate-worker.ts",
    "imagine-worker": "packages/master/src/cli/simulation/imagine-worker.ts",
  },
  plugins: [{ name: "thread pool", setup: leavePool }],
};

/** The agent as one file, looked for beside the parts: see cli/live/agent-program.ts. */
const agent = {
  ...MODULE,
  outfile: join(STAGE, "dist/agent.js"),
  entryPoints: ["packages/worker/src/main.ts"],
};

/** The thread pool starts a thread from a file that lies beside its own, so it stays as it is. */
const pool = {
  ...COMMON,
  format: "cjs",
  outdir: join(STAGE, "dist/piscina"),
  entryPoints: ["node_modules/piscina/dist/index.js", "node_modules/piscina/dist/worker.js"],
  // Only for threads with a priority of their own, which we do not ask for.
  external: ["@napi-rs/nice"],
};

function leavePool({ onResolve }) {
  onResolve({ filter: /^piscina$/ }, () => ({ path: "./piscina/index.js", external: true }));
}

function manifest() {
  const { name: _, private: __, dependencies: ___, exports: ____, ...kept } = master;
  const { description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return { name: "stint", description, ...kept, files: ["bin", "dist", "*.txt"] };
}

/** The packages whose code is in the bundle, each with the licence that came with it. */
function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
    const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? "" : readFileSync(join(ROOT, folder, file), "utf8").trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
}

/** A part that looks for a file beside itself must find it there; one that does not would work slower, in silence. */
function checkNeighbours(outputs) {
  for (const path of Object.keys(outputs).filter((output) => output.endsWith(".js"))) {
    const file = join(ROOT, path);
    for (const [, neighbour] of readFileSync(file, "utf8").matchAll(
      /new URL\("(\.[^"]+)", import\.meta\.url\)/g,
    ))
      if (!existsSync(join(dirname(file), neighbour))) throw new Error(`${path}: there is no ${neighbour}`);
  }
}

/** What a master serves and reports are made of, looked for beside the parts: see cli/page-folder.ts. */
async function packPage() {
  const inputs = await buildPage();
  cpSync(join(PACKAGES, "console/dist"), join(STAGE, "dist/page"), { recursive: true });
  return inputs;
}

// Nothing is packed that the compiler refuses.
await ready();
const { build } = await import("esbuild");
rmSync(STAGE, { recursive: true, force: true });
mkdirSync(STAGE, { recursive: true });
const [built, builtAgent, builtPool] = await Promise.all([build(program), build(agent), build(pool)]);
writeFileSync(join(STAGE, "dist/piscina/package.json"), '{ "type": "commonjs" }\n');
writeFileSync(join(STAGE, "package.json"), `${JSON.stringify(manifest(), undefined, 2)}\n`);
const ofPage = await packPage();
const inputs = [built, builtAgent, builtPool]
  .flatMap(({ metafile }) => Object.keys(metafile.inputs))
  .concat(ofPage);
writeFileSync(join(STAGE, "third-party-licences.txt"), licences(inputs).join(`\n${"-".repeat(80)}\n\n`));
cpSync(join(PACKAGES, "master/bin"), join(STAGE, "bin"), { recursive: true });
for (const file of ["README.md", "LICENSE"]) cpSync(join(ROOT, file), join(STAGE, basename(file)));
checkNeighbours(built.metafile.outputs);
await quietly(`Packing ${join("dist", `stint-${master.version}.tgz`)} (npm pack)`, "npm", [
  "pack",
  STAGE,
  "--pack-destination",
  dirname(STAGE),
  "--loglevel=error",
]);
