/** The frame of every page: where one is, whether it is live, and the page itself. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useLive, useRoute, type AppState } from "./app-state.js";
import type { Role } from "@stint/shared/api/runs.js";
import type { Session } from "./client/session.js";
import { LinkMark } from "./parts/link-state.js";
import { RunPage } from "./pages/run.js";
import { RunsPage } from "./pages/runs.js";
import { SignIn } from "./pages/sign-in.js";
import { SubmitPage } from "./pages/submit.js";
import { toRun, toRuns, toTask, type Route } from "./route.js";

export function App({ session: first }: { readonly session: Session }): JSX.Element {
  const [session, setSession] = useState(first);
  if (session.kind === "out") return <SignIn why={session.why} signedIn={setSession} />;
  return <Pages role={session.role} signedOut={() => setSession({ kind: "out" })} />;
}

function Pages({ role, signedOut }: { readonly role: Role; readonly signedOut: () => void }): JSX.Element {
  const route = useRoute();
  const state: AppState = { role, ...useLive(route, signedOut) };
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        Skip to the page
      </a>
      <header class="top">
        <nav class="crumbs" aria-label="Where you are">
          <a class="mark" href={toRuns}>
            stint
          </a>
          <Crumbs route={route} />
        </nav>
        {role === "viewer" ? <span class="badge">Viewer: looks, changes nothing</span> : null}
        <LinkMark link={state.link} retry={state.retry} />
      </header>
      <main id="main" tabIndex={-1}>
        <Page route={route} state={state} />
      </main>
    </>
  );
}

function Page({ route, state }: { readonly route: Route; readonly state: AppState }): JSX.Element {
  switch (route.page) {
    case "runs":
      return <RunsPage state={state} />;
    case "submit":
      return <SubmitPage role={state.role} />;
    case "run":
    case "task":
      return <RunPage key={route.run} route={route} state={state} />;
  }
}

function Crumbs({ route }: { readonly route: Route }): JSX.Element | null {
  if (route.page === "runs") return null;
  if (route.page === "submit") return <span aria-current="page">Submit a bag</span>;
  return (
    <>
      <a class="crumb-run" href={toRun(route.run)}>
        {route.run}
      </a>
      {route.page === "task" ? (
        <a href={toTask(route.run, route.task)} aria-current="page">
          task {route.task}
        </a>
      ) : null}
    </>
  );
}

/** The fragment is the page's address, so the link itself must not be followed. */
function toMain(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
