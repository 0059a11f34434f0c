/**
 * Asks for offers when enough is known, shows them, and accepts one: by the flag, by `--yes`, or when somebody
 * picks. Computing them is not done here; see compute-offers.ts.
 */
import { present } from "@stint/shared/invariant.js";
import { between, longer, minutes } from "@stint/shared/units.js";
import type { ClusterIndex } from "../vocabulary/configuration.js";
import type { OfferName } from "../vocabulary/settings.js";
import { clusterOf, mostNow } from "../machines/machines.js";
import { charge, quantum } from "../money/tariff.js";
import { freeMoney } from "../money/ledger.js";
import type { OfferBecause } from "./because.js";
import type { OfferRun } from "./offer-state.js";
import type {
  AcceptOffer,
  AskOffers,
  BeginUnoffered,
  OfferPicked,
  Offers,
  ShowOffers,
  SpendAnyway,
} from "./records.js";

/** What a prompt has preselected, and `--yes` takes. */
export const PRESELECTED: OfferName = "cheapest+20";

export const askOffers = (run: OfferRun, because: OfferBecause): AskOffers => ({
  kind: "ask-offers",
  question: run.offer.questions + 1,
  because,
});

/** Offers have come: they are shown, and accepted at once where the choice was made beforehand. */
export function showAndChoose(run: OfferRun, offers: Offers): (ShowOffers | AcceptOffer | SpendAnyway)[] {
  const show: ShowOffers = {
    kind: "show-offers",
    offers,
    because: {
      kind: "offers-are-in",
      plans: offers.frontier.length,
      offered: offers.offers.filter(({ sameAs }) => sameAs === undefined).length,
    },
  };
  if (offers.offers.length === 0) return [show, ...spendAnyway(run, offers)];
  const { choose, yes } = run.settings;
  const pending = run.offer.pendingPick;
  if (pending !== undefined) return [show, accept(offers, pending, "person")];
  if (choose !== undefined) return [show, accept(offers, choose, "flag")];
  return yes ? [show, accept(offers, PRESELECTED, "yes")] : [show];
}

function spendAnyway(run: OfferRun, offers: Offers): SpendAnyway[] {
  const { shortfall } = offers;
  if (run.settings.whenShort !== "spend" || shortfall === undefined) return [];
  const because: OfferBecause = {
    kind: "spend-what-there-is",
    tasks: shortfall.tasksBought.p50,
    needed: shortfall.budgetNeeded,
  };
  return [{ kind: "spend-anyway", plan: shortfall.plan, because }];
}

function accept(offers: Offers, pick: OfferName, by: "flag" | "yes" | "person"): AcceptOffer {
  const { offers: all } = offers;
  const offer = present(all.find(({ name }) => name === pick) ?? all[0], "what is accepted was offered", {
    pick,
  });
  return { kind: "accept-offer", offer, because: { kind: "picked", by, pick } };
}

/** Somebody chose: accepted, unless the offers are older than a review, then they are computed again first. */
export function acceptPick(run: OfferRun, event: OfferPicked): AcceptOffer | AskOffers | undefined {
  const { offers, shownAt } = run.offer;
  if (offers === undefined || shownAt === undefined || offers.offers.length === 0) return undefined;
  const age = between(shownAt, run.at);
  if (age > run.settings.review)
    return askOffers(run, { kind: "offers-are-old", age, limit: run.settings.review });
  return accept(offers, event.pick, event.by);
}

/** Nothing to choose, or too little to learn from: all of a free cluster, or what the money starts of the cheapest. */
export function beginUnoffered(
  run: OfferRun,
  because: OfferBecause = { kind: "nothing-to-choose" },
): BeginUnoffered {
  const cluster = cheapestPerSlot(run);
  const configuration = run.settings.clusters.map((_, index) =>
    index === cluster ? countOf(run, cluster) : 0,
  );
  return { kind: "begin-unoffered", configuration, because };
}

/** Of the clusters of which the money starts a machine the one with the cheapest slot. */
function cheapestPerSlot(run: OfferRun): ClusterIndex {
  const perSlot = (index: ClusterIndex): number =>
    clusterOf(run, index).tariff.price / clusterOf(run, index).slots;
  const order = run.settings.clusters.map((_, index) => index).sort((a, b) => perSlot(a) - perSlot(b));
  return order.find((index) => countOf(run, index) > 0) ?? 0;
}

/** Nobody knows how long a task takes: each machine is taken to be needed for so long. */
const UNKNOWN_STAY = minutes(10);

function countOf(run: OfferRun, cluster: ClusterIndex): number {
  const { tariff, slots } = clusterOf(run, cluster);
  const { waiting, running } = run.attempts.count;
  const useful = Math.min(mostNow(run, cluster), Math.ceil((waiting + running) / slots));
  const free = freeMoney(run.money);
  if (free === undefined || tariff.price === 0) return useful;
  if (charge(tariff, quantum(tariff, run.money.budget)) > free) return 0;
  const stay = charge(tariff, longer(quantum(tariff, run.money.budget), UNKNOWN_STAY));
  return Math.max(1, Math.min(useful, Math.floor(free / stay)));
}
