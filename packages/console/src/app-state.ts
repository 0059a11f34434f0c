/** What the whole page knows: who looks, the live connection, and the last that it told. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveView } from "@stint/shared/api/live-view.js";
import type { Message, Wish } from "@stint/shared/api/messages.js";
import type { RunList } from "@stint/shared/api/runs.js";
import type { Role } from "@stint/shared/api/runs.js";
import { call } from "./client/call.js";
import { LiveLink, type LinkState } from "./client/live.js";
import { CallTrouble } from "./client/trouble.js";
import type { Route } from "./route.js";
import { routeOf } from "./route.js";

export interface Told {
  readonly runs?: RunList;
  readonly view?: LiveView;
  /** When the view came, by this computer's clock. */
  readonly viewAt?: number;
  readonly gone?: string;
}

export interface AppState {
  readonly role: Role;
  readonly link: LinkState;
  readonly told: Told;
  readonly retry: () => void;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const look = (): void => {
      setRoute(routeOf(location.hash));
      scrollTo(0, 0);
    };
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return route;
}

export function useLive(route: Route, signedOut: () => void): Omit<AppState, "role"> {
  const [link, setLink] = useState<LinkState>({ kind: "connecting" });
  const [told, setTold] = useState<Told>({});
  const line = useRef<LiveLink | undefined>(undefined);
  const run = "run" in route ? route.run : undefined;
  useEffect(() => {
    const made = new LiveLink({
      told: (message) => setTold((last) => heard(last, message)),
      state: setLink,
      failed: () => void stillSignedIn().then((stands) => (stands ? undefined : signedOut())),
    });
    line.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    const wish: Wish = run === undefined ? { want: "runs" } : { want: "run", run };
    line.current?.want(wish);
    setTold(({ runs }) => (runs === undefined ? {} : { runs }));
  }, [run]);
  return { link, told, retry: () => line.current?.retry() };
}

function heard(last: Told, message: Message): Told {
  switch (message.kind) {
    case "runs":
      return { ...last, runs: message.runs };
    case "view":
      return {
        ...(last.runs === undefined ? {} : { runs: last.runs }),
        view: message.view,
        viewAt: Date.now(),
      };
    case "gone":
      return { ...last, gone: message.run };
  }
}

async function stillSignedIn(): Promise<boolean> {
  try {
    await call.session();
    return true;
  } catch (reason) {
    return !(reason instanceof CallTrouble && reason.status === 401);
  }
}
