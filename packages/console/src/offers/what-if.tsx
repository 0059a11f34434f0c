/** “What if the budget were another?” A slider whose answer comes from the same planner, before anything is spent. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import type { Role } from "@stint/shared/api/runs.js";
import { call } from "../client/call.js";
import { troubleFrom, type CallTrouble } from "../client/trouble.js";
import { Dialog } from "../parts/dialog.js";
import { TroubleNote } from "../parts/trouble.js";
import { aboutUsd, exactUsd } from "../words/money.js";

/** A slider sends many values while it is moved; the one it rests on is asked. */
const REST_MS = 200;
const STEPS = 200;

export interface WhatIfState {
  /** Undefined: the run's own. */
  readonly budget: number | undefined;
  readonly offers: OffersView | undefined;
  readonly busy: boolean;
  readonly trouble: CallTrouble | undefined;
  readonly ask: (budget: number | undefined) => void;
}

export function useWhatIf({ run }: LiveView): WhatIfState {
  const [budget, ask] = useState<number>();
  const [answer, setAnswer] = useState<{ for?: number; offers?: OffersView; trouble?: CallTrouble }>({});
  useEffect(() => {
    if (budget === undefined) {
      setAnswer({});
      return undefined;
    }
    const ended = new AbortController();
    const timer = setTimeout(() => {
      call.whatIf(run, `${budget.toFixed(6)}usd`, ended.signal).then(
        (offers) => setAnswer({ for: budget, offers }),
        (reason: unknown) => {
          if (!ended.signal.aborted) setAnswer({ for: budget, trouble: troubleFrom(reason) });
        },
      );
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [run, budget]);
  return { budget, offers: answer.offers, trouble: answer.trouble, busy: budget !== answer.for, ask };
}

export function WhatIf({ view, whatIf, role }: WhatIfProps): JSX.Element | null {
  const [adds, setAdds] = useState(false);
  const { least, most } = rangeOf(view);
  const own = view.budget_usd;
  if (own === null) return null;
  const shown = whatIf.budget ?? own;
  const step = (most - least) / STEPS;
  return (
    <div class="what-if">
      <label for="what-if">What if the budget were</label>
      <input
        id="what-if"
        type="range"
        min={0}
        max={STEPS}
        value={Math.round((shown - least) / step)}
        aria-valuetext={aboutUsd(shown)}
        onInput={(event) => whatIf.ask(rounded(least + Number(event.currentTarget.value) * step))}
      />
      <output for="what-if">{aboutUsd(shown)}</output>
      <span class="what-if-words small">
        {whatIf.budget === undefined ? (
          <span class="quiet">the budget it has</span>
        ) : (
          <>
            <button type="button" class="plain" onClick={() => whatIf.ask(undefined)}>
              Back to {aboutUsd(own)}
            </button>
            {role === "operator" && shown > own ? (
              <button type="button" class="plain" onClick={() => setAdds(true)}>
                Add {aboutUsd(shown - own)}
              </button>
            ) : null}
          </>
        )}
      </span>
      {whatIf.trouble === undefined ? null : <TroubleNote trouble={whatIf.trouble} />}
      {adds ? (
        <AddDialog
          view={view}
          amount={rounded(shown - own)}
          close={() => setAdds(false)}
          added={() => whatIf.ask(undefined)}
        />
      ) : null}
    </div>
  );
}

interface WhatIfProps {
  readonly view: LiveView;
  readonly whatIf: WhatIfState;
  readonly role: Role;
}

/** From what is spent and bound already to well beyond the dearest plan that was looked at. */
function rangeOf({ offers, spent_usd, committed_usd, budget_usd }: LiveView): {
  least: number;
  most: number;
} {
  const dearest = Math.max(
    budget_usd ?? 0,
    ...(offers?.frontier ?? []).map(({ cost_usd }) => cost_usd.p90),
    0.01,
  );
  return { least: Math.max(spent_usd + committed_usd, dearest / 100), most: dearest * 2 };
}

/** To three digits, as a person would say it. */
const rounded = (usd: number): number => Number(usd.toPrecision(3));

function AddDialog({ view, amount, close, added }: AddProps): JSX.Element {
  const act = async (): Promise<boolean> => {
    await call.order(view.run, { verb: "budget", body: { add: `${amount.toFixed(6)}usd` } });
    added();
    return true;
  };
  return (
    <Dialog title="Add to the budget?" confirm={`Add ${exactUsd(amount)}`} close={close} act={act}>
      <p>The budget becomes {aboutUsd((view.budget_usd ?? 0) + amount)}, and offers are computed for it.</p>
    </Dialog>
  );
}

interface AddProps {
  readonly view: LiveView;
  readonly amount: number;
  readonly close: () => void;
  readonly added: () => void;
}
