/** What an operator may do to a run, each after a question that says what will happen. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { call, type Order } from "../client/call.js";
import { Dialog } from "../parts/dialog.js";
import { count, counted } from "../words/count.js";
import { aboutUsd, usdWord } from "../words/money.js";

type Action = "pause" | "resume" | "cancel" | "budget" | "retry";

const WORDS: Readonly<Record<Action, string>> = {
  pause: "Pause",
  resume: "Resume",
  budget: "Add budget",
  retry: "Retry failed",
  cancel: "Cancel",
};

export function RunActions({ view }: { readonly view: LiveView }): JSX.Element {
  const [asked, setAsked] = useState<Action>();
  const close = (): void => setAsked(undefined);
  return (
    <div class="actions">
      {possible(view).map((action) => (
        <button key={action} type="button" onClick={() => setAsked(action)}>
          {WORDS[action]}
        </button>
      ))}
      {asked === undefined ? null : <Asked action={asked} view={view} close={close} />}
    </div>
  );
}

function possible({ phase, state, paused, tasks }: LiveView): Action[] {
  const failed: Action[] = tasks.failed + tasks.quarantined > 0 ? ["retry"] : [];
  if (phase === "ended")
    return [
      ...(state === "done" || state === "failed-tasks" ? [] : (["resume", "budget"] as const)),
      ...failed,
    ];
  if (phase === "stopping") return ["cancel"];
  return [paused ? "resume" : "pause", "budget", ...failed, "cancel"];
}

interface AskedProps {
  readonly action: Action;
  readonly view: LiveView;
  readonly close: () => void;
}

function Asked({ action, ...props }: AskedProps): JSX.Element {
  switch (action) {
    case "budget":
      return <AddBudget {...props} />;
    case "cancel":
      return <Cancel {...props} />;
    case "pause":
      return (
        <Sure {...props} title="Pause this run?" confirm="Pause" order={{ verb: "pause", body: {} }}>
          No further task is started. Those that run end. Machines that are paid for stay until their money
          ends.
        </Sure>
      );
    case "resume":
      return (
        <Sure {...props} title="Go on with this run?" confirm="Resume" order={{ verb: "resume", body: {} }}>
          Waiting tasks are started again, within the budget of {budgetWords(props.view)}.
        </Sure>
      );
    case "retry":
      return (
        <Sure {...props} title="Retry what failed?" confirm="Retry" order={{ verb: "retry", body: {} }}>
          {counted(props.view.tasks.failed + props.view.tasks.quarantined, "task")} that{" "}
          {props.view.tasks.failed + props.view.tasks.quarantined === 1 ? "was" : "were"} given up will be
          tried again, within the budget of {budgetWords(props.view)}.
        </Sure>
      );
  }
}

const budgetWords = ({ budget_usd }: LiveView): string =>
  budget_usd === null ? "no limit" : aboutUsd(budget_usd);

function Sure({ view, close, title, confirm, order, children }: SureProps): JSX.Element {
  return (
    <Dialog title={title} confirm={confirm} close={close} act={() => ordered(view.run, order)}>
      <p>{children}</p>
    </Dialog>
  );
}

interface SureProps extends Omit<AskedProps, "action"> {
  readonly title: string;
  readonly confirm: string;
  readonly order: Order;
  readonly children: ComponentChildren;
}

async function ordered(run: string, order: Order): Promise<boolean> {
  await call.order(run, order);
  return true;
}

function Cancel({ view, close }: Omit<AskedProps, "action">): JSX.Element {
  const [how, setHow] = useState<"drain" | "now">("drain");
  return (
    <Dialog
      title="Cancel this run?"
      confirm="Cancel the run"
      grave
      close={close}
      act={() => ordered(view.run, { verb: "cancel", body: { how } })}
    >
      <p>{count(view.tasks.left)} tasks are left. What is done stays, and the run can be resumed later.</p>
      <label class="choice">
        <input type="radio" name="how" checked={how === "drain"} onChange={() => setHow("drain")} />
        Let the {counted(view.tasks.running, "running task")} end first
      </label>
      <label class="choice">
        <input type="radio" name="how" checked={how === "now"} onChange={() => setHow("now")} />
        End them now; what they have done so far is lost
      </label>
    </Dialog>
  );
}

function AddBudget({ view, close }: Omit<AskedProps, "action">): JSX.Element {
  const [text, setText] = useState("");
  const amount = usdWord(text);
  const act = async (): Promise<boolean> =>
    amount !== undefined && ordered(view.run, { verb: "budget", body: { add: amount } });
  return (
    <Dialog title="Add to the budget" confirm="Add" close={close} act={act}>
      <label for="amount">Amount in US dollars</label>
      <div class="with-unit">
        <span aria-hidden="true">$</span>
        <input
          id="amount"
          inputMode="decimal"
          required
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </div>
      <p class="quiet" aria-live="polite">
        {amount === undefined
          ? `The budget is ${budgetWords(view)}.`
          : `The budget becomes ${aboutUsd((view.budget_usd ?? 0) + Number(amount.slice(0, -3)))}.`}
      </p>
    </Dialog>
  );
}
