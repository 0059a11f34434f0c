/**
 * Who may import whom. ARCHITECTURE.md says it in words; here it is checked, type imports included.
 * Tests may look at anything, so they are left out of the rules about rooms.
 */
const MASTER = "^packages/master/src";
const PLANNER = `${MASTER}/planner`;
const TEST = "\\.test\\.ts$";

/** The planner's rooms in the order of a run: a room may look at those before it, never at those after it. */
const ROOMS = [
  "vocabulary",
  "stats",
  "money",
  "machines",
  "attempts",
  "sample",
  "estimate",
  "offer",
  "run",
  "reevaluate",
  "tail",
  "report",
];

/** What the planner may use of other people's work: arithmetic, and nothing that touches a machine. */
const PURE_LIBRARIES = ["simple-statistics", "jstat", "pure-rand", "tinyqueue"];

/** Rooms that talk to the outer world. They see the ports, and of the planner its words, records and view. */
const OUTER_ROOMS = ["provision", "agents", "store", "console"];
const WORDS_OF_THE_PLANNER = `${PLANNER}/(vocabulary/|view|reasons|[a-z-]*/?(records|because|closed)\\.ts$|report/summary)`;

/** Documents are types to the page; formats and units are the same code for every screen. */
const PAGE_MAY_IMPORT = "^packages/(console/|shared/src/(api/|format\\.ts$|units\\.ts$))";

const lookingBack = ROOMS.map((room, place) => ({
  name: `planner-${room}-looks-back`,
  comment: `planner/${room} may import the rooms before it: ${ROOMS.slice(0, place).join(", ") || "none"}.`,
  severity: "error",
  from: { path: `${PLANNER}/${room}/`, pathNot: TEST },
  to: { path: `${PLANNER}/`, pathNot: `${PLANNER}/(${ROOMS.slice(0, place + 1).join("|")})/` },
}));

const outward = OUTER_ROOMS.map((room) => ({
  name: `${room}-stands-behind-the-ports`,
  comment: `${room} may import itself, drive/ports, and the planner's words, records and view.`,
  severity: "error",
  from: { path: `${MASTER}/${room}/`, pathNot: TEST },
  to: { path: `${MASTER}/`, pathNot: [`${MASTER}/(${room}/|drive/ports\\.ts$)`, WORDS_OF_THE_PLANNER] },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circle-of-files",
      comment: "Two files that need each other are one file, or three.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circle-of-folders",
      comment:
        "Two folders that need each other are one room. A test beside a module may use what test/ holds.",
      severity: "error",
      scope: "folder",
      from: { path: "^(packages|test|bench|examples)/" },
      to: { path: "^$1/", circular: true },
    },
    {
      name: "no-unresolvable",
      comment: "An import that leads nowhere was never run.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-undeclared-package",
      comment: "What a package uses stands in its own package.json.",
      severity: "error",
      from: { path: "^packages/", pathNot: TEST },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"] },
    },
    {
      name: "shared-knows-nobody",
      comment: "shared is imported by everyone and imports no one.",
      severity: "error",
      from: { path: "^packages/shared/", pathNot: TEST },
      to: { path: "^packages/(master|worker)/" },
    },
    {
      name: "wire-stays-at-the-door",
      comment: "Generated types and gRPC words are known to shared/wire, agents and the worker alone.",
      severity: "error",
      from: {
        pathNot: [
          "^packages/shared/src/wire/",
          "^packages/worker/src/",
          `${MASTER}/agents/`,
          "^test/",
          "^bench/",
          TEST,
        ],
      },
      to: { path: "^packages/shared/src/wire/" },
    },
    {
      name: "worker-knows-no-master",
      comment: "An agent is as small as it can be: of the workspace it imports shared alone.",
      severity: "error",
      from: { path: "^packages/worker/", pathNot: TEST },
      to: { path: "^packages/master/" },
    },
    {
      name: "master-knows-no-worker",
      comment: "Only cli/worker.ts imports the agent, and only when the verb is used.",
      severity: "error",
      from: { path: "^packages/master/", pathNot: [TEST, `${MASTER}/cli/worker\\.ts$`] },
      to: { path: "^packages/worker/" },
    },
    {
      name: "cli-imports-the-worker-lazily",
      comment: "`stint worker` alone pays for loading the agent.",
      severity: "error",
      from: { path: `${MASTER}/cli/worker\\.ts$` },
      to: { path: "^packages/worker/", dynamic: false },
    },
    {
      name: "planner-imports-only-itself",
      comment: "The planner is pure: nothing of the master stands before it.",
      severity: "error",
      from: { path: `${PLANNER}/`, pathNot: TEST },
      to: { path: "^packages/(master|worker)/", pathNot: `${PLANNER}/` },
    },
    {
      name: "planner-touches-no-machine",
      comment: "No clock, dice, file or network: no Node module in the planner.",
      severity: "error",
      from: { path: `${PLANNER}/`, pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "planner-uses-arithmetic-only",
      comment: `Libraries in the planner: ${PURE_LIBRARIES.join(", ")}.`,
      severity: "error",
      from: { path: `${PLANNER}/`, pathNot: TEST },
      to: { path: "node_modules/", pathNot: `node_modules/(${PURE_LIBRARIES.join("|")})/` },
    },
    ...lookingBack,
    {
      name: "planner-check-shares-no-code",
      comment: "What checks a run knows the records and the words, never the code that made them.",
      severity: "error",
      from: { path: `${PLANNER}/(check/|check-run\\.ts$)`, pathNot: TEST },
      to: {
        path: `${PLANNER}/`,
        pathNot: `${PLANNER}/(check/|vocabulary/|[a-z-]*/?records\\.ts$)`,
      },
    },
    {
      name: "planner-is-not-built-on-its-check",
      comment: "The check stands beside the planner; nothing in it may lean on it.",
      severity: "error",
      from: { path: `${PLANNER}/`, pathNot: [`${PLANNER}/(check/|check-run\\.ts$)`, TEST] },
      to: { path: `${PLANNER}/(check/|check-run\\.ts$)` },
    },
    {
      name: "drive-knows-the-planner-alone",
      comment: "The loop is written once: what stands behind its ports is none of its business.",
      severity: "error",
      from: { path: `${MASTER}/drive/`, pathNot: TEST },
      to: { path: `${MASTER}/`, pathNot: `${MASTER}/(drive|planner)/` },
    },
    {
      name: "simulate-knows-drive-and-planner",
      comment: "An imagined world needs nothing of the real one.",
      severity: "error",
      from: { path: `${MASTER}/simulate/`, pathNot: TEST },
      to: { path: `${MASTER}/`, pathNot: `${MASTER}/(simulate|drive|planner)/` },
    },
    ...outward,
    {
      name: "page-knows-documents-alone",
      comment:
        "The page speaks HTTP: of the workspace it imports the documents, and how quantities are written.",
      severity: "error",
      from: { path: "^packages/console/", pathNot: TEST },
      to: { path: "^packages/", pathNot: PAGE_MAY_IMPORT },
    },
    {
      name: "nobody-imports-the-page",
      comment: "A master serves the page's files; it does not know its code.",
      severity: "error",
      from: { path: "^packages/(shared|worker|master)/", pathNot: TEST },
      to: { path: "^packages/console/" },
    },
    {
      name: "nobody-imports-the-cli",
      comment: "The command line composes the rooms; no room knows that it is composed.",
      severity: "error",
      from: { path: "^packages/", pathNot: [`${MASTER}/cli/`, TEST] },
      to: { path: `${MASTER}/cli/` },
    },
    {
      name: "source-imports-no-test",
      comment: "What is delivered does not lean on what tests it.",
      severity: "error",
      from: { path: "^packages/", pathNot: TEST },
      to: { path: [TEST, "^test/", "^bench/", "^examples/"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|runs)/" },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    moduleSystems: ["es6", "cjs"],
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@stint/source", "import", "node", "default", "types"],
    },
  },
};
