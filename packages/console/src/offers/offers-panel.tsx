/** The offers as a picture and as a list; one is picked by click or by its number, and another budget can be asked about. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveView, OffersView } from "@stint/shared/api/live-view.js";
import type { OfferDocument } from "@stint/shared/api/summary.js";
import type { Role } from "@stint/shared/api/runs.js";
import { call } from "../client/call.js";
import { Dialog } from "../parts/dialog.js";
import { Panel } from "../parts/panel.js";
import { machinesIn, share } from "../words/count.js";
import { usdRange } from "../words/money.js";
import { spanRange } from "../words/time.js";
import { Frontier } from "./frontier.js";
import { numbered, offerTitle } from "./offer-words.js";
import { OfferTable } from "./offer-table.js";
import { Shortfall } from "./shortfall.js";
import { useWhatIf, WhatIf } from "./what-if.js";

export function OffersPanel({
  view,
  role,
}: {
  readonly view: LiveView;
  readonly role: Role;
}): JSX.Element | null {
  const [looked, setLooked] = useState<string>();
  const [asked, setAsked] = useState<OfferDocument>();
  const whatIf = useWhatIf(view);
  const real = view.offers;
  const shown = whatIf.offers ?? real;
  const open = view.awaits_choice && role === "operator" && whatIf.offers === undefined;
  usePickByNumber(open && asked === undefined ? real : null, setAsked);
  if (real === null || shown === null) return null;
  const title = view.awaits_choice ? "Pick an offer" : "What was offered";
  return (
    <Panel title={title} kind="offers" aside={open ? "Click one, or press its number" : null}>
      {view.awaits_choice ? <WhatIf view={view} whatIf={whatIf} role={role} /> : null}
      <div class="offers-sides" aria-busy={whatIf.busy}>
        {shown.frontier.length === 0 ? null : (
          <Frontier
            offers={shown}
            spent={view.spent_usd}
            chosen={view.chosen}
            looked={looked}
            look={setLooked}
            pick={open ? setAsked : undefined}
          />
        )}
        {shown.offers.length === 0 ? (
          <Shortfall offers={shown} view={view} />
        ) : (
          <OfferTable
            offers={shown.offers}
            chosen={view.chosen}
            looked={looked}
            look={setLooked}
            pick={open ? setAsked : undefined}
          />
        )}
      </div>
      {asked === undefined ? null : (
        <PickDialog run={view.run} offer={asked} close={() => setAsked(undefined)} />
      )}
    </Panel>
  );
}

/** Keys 1 to 4, unless something is typed or a dialog is open. */
function usePickByNumber(offers: OffersView | null, pick: (offer: OfferDocument) => void): void {
  const latest = useRef({ offers, pick });
  latest.current = { offers, pick };
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.altKey || event.metaKey || target.matches("input, textarea, select")) return;
      const offer = numbered(latest.current.offers?.offers ?? [], Number(event.key));
      if (offer !== undefined) latest.current.pick(offer);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}

function PickDialog({ run, offer, close }: PickProps): JSX.Element {
  const act = async (): Promise<boolean> => {
    await call.order(run, { verb: "choose", body: { offer: offer.name } });
    return true;
  };
  return (
    <Dialog title={`Take “${offerTitle(offer.name)}”?`} confirm="Take this offer" close={close} act={act}>
      <dl class="pairs">
        <dt>Costs, P50 to P90</dt>
        <dd>{usdRange(offer.cost_usd)} for the whole bag</dd>
        <dt>Takes, from now on</dt>
        <dd>{spanRange(offer.time_s)}</dd>
        <dt>Machines</dt>
        <dd>{machinesIn(offer.machines)}</dd>
        <dt>Stays within the budget</dt>
        <dd>{share(offer.p_within_budget)} likely to end within it; more is never spent</dd>
      </dl>
    </Dialog>
  );
}

interface PickProps {
  readonly run: string;
  readonly offer: OfferDocument;
  readonly close: () => void;
}
