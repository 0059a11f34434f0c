/** What went wrong, and what to do about it. */
import type { JSX } from "preact";
import type { CallTrouble } from "../client/trouble.js";

export function TroubleNote({ trouble, again }: TroubleProps): JSX.Element {
  return (
    <div class="note bad" role="alert">
      <p>{trouble.message}</p>
      {trouble.hint === "" ? null : <p class="quiet">{trouble.hint}</p>}
      {again === undefined ? null : (
        <button type="button" class="plain" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

interface TroubleProps {
  readonly trouble: CallTrouble;
  readonly again?: () => void;
}
