/** What an attempt has printed: read from its start or its end, live while it runs. */
import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { outputAddress, type OutputOf } from "../client/output.js";
import { TroubleNote } from "../parts/trouble.js";
import { count } from "../words/count.js";
import { piecesOf } from "./terminal-text.js";
import { useOutput, WINDOW_BYTES, type Place, type Window } from "./use-output.js";

export function OutputView({ of }: { readonly of: OutputOf }): JSX.Element {
  const [place, setPlace] = useState<Place>("end");
  const { window, trouble } = useOutput(of, place);
  const shown = useRef<HTMLPreElement>(null);
  const follows = place === "end";
  useEffect(() => {
    const element = shown.current;
    if (element !== null && follows) element.scrollTop = element.scrollHeight;
  }, [window, follows]);
  const missing = trouble?.status === 404;
  return (
    <div class="output">
      <OutputBar of={of} window={window} place={place} setPlace={setPlace} />
      {trouble === undefined || missing ? null : <TroubleNote trouble={trouble} />}
      <pre ref={shown} tabIndex={0} role="log" aria-live="off" aria-label={of.stream}>
        {missing ? <span class="quiet">Nothing has been kept of it.</span> : <Text window={window} />}
      </pre>
    </div>
  );
}

function Text({ window }: { readonly window: Window }): JSX.Element {
  const pieces = useMemo(() => piecesOf(new TextDecoder().decode(window.bytes)), [window.bytes]);
  if (window.size === 0)
    return <span class="quiet">{window.open ? "Nothing is printed yet." : "It printed nothing."}</span>;
  return (
    <>
      {pieces.map(({ text, style }, place) =>
        style === "" ? (
          text
        ) : (
          <span key={place} class={style}>
            {text}
          </span>
        ),
      )}
    </>
  );
}

function OutputBar({ of, window, place, setPlace }: OutputBarProps): JSX.Element {
  const { from, bytes, size, open } = window;
  const to = from + bytes.length;
  const part =
    size > bytes.length ? `Bytes ${count(from)} to ${count(to)} of ${count(size)}` : `${count(size)} bytes`;
  return (
    <div class="output-bar">
      <span class="small quiet">
        {part}
        {open ? ", more may follow" : ""}
      </span>
      <span class="spring" />
      {size > WINDOW_BYTES ? (
        <>
          <button type="button" class="plain" disabled={from === 0} onClick={() => setPlace(0)}>
            Start
          </button>
          <button
            type="button"
            class="plain"
            disabled={from === 0}
            onClick={() => setPlace(Math.max(0, from - WINDOW_BYTES))}
          >
            Earlier
          </button>
          <button type="button" class="plain" disabled={to >= size} onClick={() => setPlace(to)}>
            Later
          </button>
        </>
      ) : null}
      <label class="follow">
        <input
          type="checkbox"
          checked={place === "end"}
          onChange={(event) => setPlace(event.currentTarget.checked ? "end" : from)}
        />
        Follow
      </label>
      <a href={outputAddress(of)} download={`task-${of.task}.${of.stream}.txt`}>
        Download
      </a>
    </div>
  );
}

interface OutputBarProps {
  readonly of: OutputOf;
  readonly window: Window;
  readonly place: Place;
  readonly setPlace: (place: Place) => void;
}
