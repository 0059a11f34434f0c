/** Asks before something is done: says what will happen, takes an amount where one is needed, shows what is refused. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { troubleFrom, type CallTrouble } from "../client/trouble.js";
import { TroubleNote } from "./trouble.js";

export function Dialog({ title, confirm, grave = false, act, close, children }: DialogProps): JSX.Element {
  const shown = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState<CallTrouble>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    shown.current?.showModal();
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      if (await act()) close();
    } catch (reason) {
      setTrouble(troubleFrom(reason));
    }
    setBusy(false);
  };
  return (
    <dialog ref={shown} aria-label={title} onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        <h2>{title}</h2>
        <div class="dialog-body">{children}</div>
        {trouble === undefined ? null : <TroubleNote trouble={trouble} />}
        <div class="dialog-foot">
          <button type="button" onClick={close}>
            Leave it
          </button>
          <button type="submit" class={grave ? "grave" : "first"} disabled={busy}>
            {confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface DialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly grave?: boolean;
  /** @returns whether it was done; what is refused is thrown */
  readonly act: () => Promise<boolean>;
  readonly close: () => void;
  readonly children: ComponentChildren;
}
