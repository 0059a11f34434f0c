/**
 * Time against cost: every plan that is on the frontier, the band from P50 to P90, the offers on it and the budget.
 * The arrow keys walk along it; what is looked at is told below.
 */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { OffersView, PlanView } from "@stint/shared/api/live-view.js";
import type { OfferDocument } from "@stint/shared/api/summary.js";
import type { OfferWord } from "@stint/shared/api/words.js";
import { machinesIn, share } from "../words/count.js";
import { usdRange } from "../words/money.js";
import { spanRange } from "../words/time.js";
import { FrontierAxes } from "./frontier-axes.js";
import { bandPath, linePath, scalesOf, type Scales } from "./frontier-scales.js";
import { distinctOffers, isChosen, numberOf, offerTitle } from "./offer-words.js";

const HEIGHT = 340;

export function Frontier(props: FrontierProps): JSX.Element {
  const { offers, looked } = props;
  const [width, place] = useWidth();
  const [walked, setWalked] = useState<number>();
  const plans = offers.frontier;
  const scales = scalesOf(offers, { width, height: HEIGHT });
  const plan = walked === undefined ? undefined : plans[Math.min(walked, plans.length - 1)];
  const offer = offers.offers.find(({ name }) => name === looked);
  const walk = (event: KeyboardEvent): void => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (way === undefined || plans.length === 0) return;
    event.preventDefault();
    setWalked((last) =>
      Math.max(0, Math.min(plans.length - 1, (last ?? (way > 0 ? -1 : plans.length)) + way)),
    );
  };
  return (
    <div class="frontier" ref={place}>
      <svg
        width={width}
        height={HEIGHT}
        tabIndex={0}
        role="img"
        aria-label={labelOf(offers)}
        onKeyDown={walk}
        onBlur={() => setWalked(undefined)}
      >
        <FrontierAxes scales={scales} budget={offers.budget_usd} />
        <path class="frontier-band" d={bandPath(plans, scales)} />
        <path class="frontier-line" d={linePath(plans, scales)} />
        {plans.map((one, index) => (
          <PlanDot
            key={index}
            plan={one}
            scales={scales}
            looked={index === walked}
            look={(on) => setWalked(on ? index : undefined)}
          />
        ))}
        {distinctOffers(offers.offers).map((one) => (
          <OfferDot
            key={one.name}
            offer={one}
            number={numberOf(offers.offers, one.name)}
            scales={scales}
            {...props}
          />
        ))}
      </svg>
      <p class="readout" aria-live="polite">
        <Told of={offer ?? plan} name={offer === undefined ? undefined : offerTitle(offer.name)} />
      </p>
    </div>
  );
}

interface FrontierProps {
  readonly offers: OffersView;
  readonly spent: number;
  readonly chosen: OfferWord | null;
  readonly looked: string | undefined;
  readonly look: (name: string | undefined) => void;
  readonly pick: ((offer: OfferDocument) => void) | undefined;
}

function useWidth(): readonly [number, { current: HTMLDivElement | null }] {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(560);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const sized = new ResizeObserver(() => setWidth(Math.max(240, element.clientWidth)));
    sized.observe(element);
    return () => sized.disconnect();
  }, []);
  return [width, place];
}

function labelOf({ frontier, offers }: OffersView): string {
  const said = distinctOffers(offers).map(
    (one) =>
      `${numberOf(offers, one.name)}, ${offerTitle(one.name)}: ${spanRange(one.time_s)} for ${usdRange(one.cost_usd)}`,
  );
  return `Time against cost of ${frontier.length} plans. ${said.join("; ")}. Arrow keys walk along the plans.`;
}

const Told = ({ of, name }: ToldProps): JSX.Element =>
  of === undefined ? (
    <span class="quiet">Point at a plan to see its machines.</span>
  ) : (
    <>
      <strong>
        {name === undefined ? "" : `${name}: `}
        {machinesIn(of.machines)}
      </strong>
      {of.machines_later === null ? "" : `, later ${machinesIn(of.machines_later)}`}, {spanRange(of.time_s)},{" "}
      {usdRange(of.cost_usd)}, {share(of.p_within_budget)} within budget
    </>
  );

interface ToldProps {
  readonly of: PlanView | undefined;
  readonly name: string | undefined;
}

const PlanDot = ({ plan, scales, looked, look }: PlanDotProps): JSX.Element => (
  <g
    class={`plan-dot ${looked ? "looked" : ""}`}
    onMouseEnter={() => look(true)}
    onMouseLeave={() => look(false)}
  >
    <circle class="reach" cx={scales.x(plan.cost_usd.p50)} cy={scales.y(plan.time_s.p50)} r={9} />
    <circle cx={scales.x(plan.cost_usd.p50)} cy={scales.y(plan.time_s.p50)} r={looked ? 4.5 : 2.5} />
  </g>
);

interface PlanDotProps {
  readonly plan: PlanView;
  readonly scales: Scales;
  readonly looked: boolean;
  readonly look: (on: boolean) => void;
}

/** A dot at P50, and a bracket to P90 in both directions. The list beside it is what a keyboard reaches. */
function OfferDot({ offer, number, scales, offers, chosen, looked, look, pick }: OfferDotProps): JSX.Element {
  const [x, y] = [scales.x(offer.cost_usd.p50), scales.y(offer.time_s.p50)];
  const [right, top] = [scales.x(offer.cost_usd.p90), scales.y(offer.time_s.p90)];
  const taken = isChosen(offer, chosen, offers.offers);
  const state = `${looked === offer.name ? "looked" : ""} ${taken ? "taken" : ""} ${pick === undefined ? "" : "open"}`;
  return (
    <g
      class={`offer-dot ${state}`}
      onMouseEnter={() => look(offer.name)}
      onMouseLeave={() => look(undefined)}
      onClick={pick === undefined ? undefined : () => pick(offer)}
    >
      <rect class="spread" x={x} y={top} width={Math.max(0, right - x)} height={Math.max(0, y - top)} />
      <path
        class="whisker"
        d={`M${x} ${y}H${right}M${right} ${y - 4}v8M${x} ${y}V${top}M${x - 4} ${top}h8`}
      />
      <circle cx={x} cy={y} r={12} />
      <text x={x} y={y} dy="0.36em" text-anchor="middle">
        {number}
      </text>
    </g>
  );
}

interface OfferDotProps extends FrontierProps {
  readonly offer: OfferDocument;
  readonly number: number;
  readonly scales: Scales;
}
