/**
 * Makes the page of its sources: `dist/` holds what a master serves, and the report with a place for its data.
 * No name is hashed: a master serves one build, and tells browsers to ask again.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { progressIcons } from "./page-icons.mjs";
import { ROOT } from "./say.mjs";

const HERE = join(ROOT, "packages/console");
const DIST = join(HERE, "dist");
const COMMON = {
  bundle: true,
  minify: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  conditions: ["@stint/source"],
  absWorkingDir: ROOT,
  tsconfig: join(HERE, "tsconfig.json"),
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
};

/** @returns what the page was made of, for the list of licences */
export async function buildPage() {
  // Not there yet when a fresh clone looks for it.
  const { build } = await import("esbuild");
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  const page = await build({
    ...COMMON,
    format: "esm",
    entryPoints: { app: "packages/console/src/main.tsx" },
    outdir: DIST,
    loader: { ".woff2": "file" },
    assetNames: "[name]",
  });
  const report = await build({
    ...COMMON,
    format: "iife",
    entryPoints: { report: "packages/console/src/report.tsx" },
    outdir: DIST,
    write: false,
    loader: { ".woff2": "dataurl" },
  });
  cpSync(join(HERE, "src/index.html"), join(DIST, "index.html"));
  for (const [name, text] of progressIcons()) writeFileSync(join(DIST, name), text);
  writeFileSync(join(DIST, "report.html"), reportTemplate(report.outputFiles));
  return [page, report].flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/** One file: code and style inside, and places for what `report-html.ts` of the master puts in. */
function reportTemplate(files) {
  const textOf = (ending) => files.find(({ path }) => path.endsWith(ending)).text;
  const inlined = {
    "/*style*/": textOf(".css").replaceAll("</style", "<\\/style"),
    "/*code*/": textOf(".js").replaceAll("</script", "<\\/script"),
  };
  return Object.entries(inlined).reduce(
    (page, [place, text]) => page.replace(place, () => text),
    readFileSync(join(HERE, "src/report.html"), "utf8"),
  );
}

if (process.argv[1] === import.meta.filename) await buildPage();
