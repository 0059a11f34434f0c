/** Whether what is shown is live; when it is not, since when, and when it is tried again. */
import type { JSX } from "preact";
import type { LinkState } from "../client/live.js";
import { useNow } from "../client/hooks.js";
import { Clock } from "./time.js";

export function LinkMark({ link, retry }: LinkProps): JSX.Element {
  return (
    <div class="link-state" role="status">
      {link.kind === "lost" ? <Lost link={link} retry={retry} /> : <Standing kind={link.kind} />}
    </div>
  );
}

const Standing = ({ kind }: { readonly kind: "connecting" | "live" }): JSX.Element => (
  <span class={`dot-word ${kind}`}>{kind === "live" ? "Live" : "Connecting"}</span>
);

function Lost({
  link,
  retry,
}: {
  readonly link: LinkState & { kind: "lost" };
  readonly retry: () => void;
}): JSX.Element {
  const left = Math.max(0, Math.ceil((link.retryAt - useNow(500)) / 1_000));
  return (
    <>
      <span class="dot-word lost">
        Connection lost at <Clock at={link.since} precise />
        <span aria-hidden="true">, {left > 0 ? `next try in ${left} s` : "trying"}</span>
      </span>
      <button type="button" class="plain" onClick={retry}>
        Try now
      </button>
    </>
  );
}

interface LinkProps {
  readonly link: LinkState;
  readonly retry: () => void;
}
