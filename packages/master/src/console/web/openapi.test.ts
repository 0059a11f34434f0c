/** Does every call answer what openapi.json says of it? The document is read back, so that it cannot say less. */
import { expect, test } from "vitest";
import { z } from "zod";
import {
  bearer,
  RUN,
  served,
  TOKENS,
  WRITES,
  type Replied,
  type Served,
} from "../../../../../test/console/served.js";

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: { $ref: string } }>> }>
  >;
}

const openApi = async (served: Served): Promise<Document> =>
  (await served.ask({ path: "/api/v1/openapi.json" })).json() as Document;

/** What is sent, by operation, so that it is done. */
const GOOD: Readonly<Record<string, { readonly query?: string; readonly body?: object }>> = {
  openSession: { body: { token: TOKENS.viewer } },
  whatIf: { query: "?budget=5usd" },
  listTasks: { query: "?state=done&search=1&after=3&limit=20" },
  taskOutput: { query: "?attempt=1&stream=stdout&from=0&most=10" },
  submitRun: { body: { name: "new", bag: { file_name: "bag.txt", text: "echo 1\n" }, budget: "5usd" } },
  chooseRun: { body: { offer: "cheapest+20" } },
  cancelRun: { body: { how: "drain" } },
  pauseRun: { body: {} },
  resumeRun: { body: {} },
  budgetRun: { body: { add: "5 usd" } },
  retryRun: { body: {} },
};

function expectAsDocumented(document: Document, operation: Operation, replied: Replied): void {
  const told = operation.responses[String(replied.status)];
  expect(told, `${operation.operationId} answers ${String(replied.status)}`).toBeDefined();
  const [type, content] = Object.entries(told!.content)[0]!;
  expect(replied.headers["content-type"]).toContain(type);
  if (type !== "application/json") return;
  const schema = document.components.schemas[content.schema.$ref.split("/").at(-1)!]!;
  z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).parse(replied.json());
}

test("every call answers what openapi.json says, when all is well", async () => {
  const console = await served();
  const document = await openApi(console);
  const seen: string[] = [];
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const { query = "", body } = GOOD[operation.operationId] ?? {};
      const named = path.replace("{run}", RUN).replace("{task}", "7");
      const headers = { ...bearer(TOKENS.operator), ...(method === "post" ? WRITES : {}) };
      const replied = await console.ask({ method: method.toUpperCase(), path: named + query, headers, body });
      expect([operation.operationId, replied.status]).toEqual([
        operation.operationId,
        body && path.endsWith("/runs") ? 201 : 200,
      ]);
      expectAsDocumented(document, operation, replied);
      seen.push(operation.operationId);
    }
  expect(seen).toMatchInlineSnapshot(`
    [
      "openSession",
      "viewSession",
      "listRuns",
      "submitRun",
      "viewRun",
      "runHistory",
      "runReport",
      "whatIf",
      "runMachines",
      "listTasks",
      "viewTask",
      "taskOutput",
      "chooseRun",
      "cancelRun",
      "pauseRun",
      "resumeRun",
      "budgetRun",
      "retryRun",
      "openApi",
    ]
  `);
  expect(console.runs.asked).toEqual([
    "submit new (7 characters)",
    ...["choose cheapest+20", "cancel drain", "pause", "resume", "budget 5", "retry"].map(
      (words) => `${RUN}: ${words}`,
    ),
  ]);
});

test("every call is refused as openapi.json says, when something is wrong with it", async () => {
  const console = await served();
  const document = await openApi(console);
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      const asked = {
        method: method.toUpperCase(),
        path: path.replace("{run}", "none").replace("{task}", "0"),
      };
      const good = { ...bearer(TOKENS.operator), ...(method === "post" ? WRITES : {}) };
      const { body, query = "" } = GOOD[operation.operationId] ?? {};
      const replies = [
        await console.ask({ ...asked, body, headers: { ...good, authorization: undefined } }),
        await console.ask({ ...asked, body, headers: { ...good, ...bearer("x") } }),
        await console.ask({ ...asked, body, headers: good, path: asked.path + query }),
        await console.ask({ ...asked, body, headers: good, path: `${asked.path}?stray=1` }),
        ...(body === undefined
          ? []
          : [
              await console.ask({ ...asked, body: "{", headers: good }),
              await console.ask({ ...asked, body: { stray: 1 }, headers: good }),
              await console.ask({
                ...asked,
                body: "x".repeat(20_000),
                headers: { ...good, "content-type": "text/plain" },
              }),
            ]),
      ];
      for (const replied of replies) {
        expectAsDocumented(document, operation, replied);
        if (!path.endsWith("openapi.json") && replied.status >= 400)
          expect(replied.json()).toMatchObject({ schema: 1 });
      }
    }
});

test.each([
  "after=",
  "after=-1",
  "after=1.5",
  "limit=0",
  "limit=201",
  "limit=1e2",
  "state=odd",
  "state=done&state=done",
  "__proto__=1",
])("tasks are not asked for with %s", async (query) => {
  const console = await served();
  const asked = { path: `/api/v1/runs/${RUN}/tasks?${query}`, headers: bearer(TOKENS.viewer) };
  expect((await console.ask(asked)).status).toBe(400);
});

test.each([
  ["runs", { bag: { file_name: "bag.txt", text: "" }, budget: "5" }],
  [`runs/${RUN}/budget`, { add: "0usd" }],
  [`runs/${RUN}/budget`, { add: 5 }],
  [`runs/${RUN}/choose`, { offer: "dearest" }],
])("%s is not done with %j, and says what is wrong", async (path, body) => {
  const console = await served();
  const headers = { ...bearer(TOKENS.operator), ...WRITES };
  const replied = await console.ask({ method: "POST", path: `/api/v1/${path}`, headers, body });
  expect([replied.status, console.runs.asked]).toEqual([422, []]);
  expect(replied.json()).toMatchObject({
    schema: 1,
    error: { expected: expect.stringMatching(/./u) as string },
  });
});
