/** How are the offers laid side by side, so that a person can pick one? Times and costs as P50–P90. */
import {
  decimalsForScale,
  formatCount,
  formatMoneyAbout,
  formatMoneyRange,
  formatShare,
  formatTimeRange,
} from "@stint/shared/format.js";
import type { ClusterName } from "@stint/shared/ids.js";
import { shorter, type Duration, type MicroUsd } from "@stint/shared/units.js";
import type { Offer, Offers } from "../../planner/offer/records.js";
import type { Configuration } from "../../planner/vocabulary/configuration.js";
import type { OfferName } from "../../planner/vocabulary/settings.js";
import { columnLines, type Column, type Row } from "./columns.js";
import { NO_INK, type Ink } from "./ink.js";
import { offerNotes } from "./offer-notes.js";
import { piece } from "./pieces.js";
import { cellsFor, widthOf, wrapWords } from "./printable.js";

/** What the prompt stands on at first, and what `--yes` takes. */
export const PRESELECTED: OfferName = "cheapest+20";

const MACHINES = 1;
const COLUMNS: readonly Column[] = [
  { head: "  offer", align: "left", spare: 0 },
  { head: "machines", align: "left", spare: 2 },
  { head: "time P50–P90", align: "right", spare: 0 },
  { head: "cost P50–P90", align: "right", spare: 0 },
  { head: "cushion", align: "right", spare: 5 },
  { head: "sure", align: "right", spare: 3 },
];
const WITHOUT_MONEY = 3;
/** From this width on the cushion says for how many tasks it is. */
const WIDE = 100;
const MACHINES_LEAST = 16;

export interface OfferLook {
  readonly columns: number;
  readonly ink?: Ink;
  /** The offer that is picked already: the mark stands at it. */
  readonly picked?: OfferName;
}

/** The table and what its marks mean; no lines when there is no offer. */
export function offerTable(offers: Offers, clusters: readonly ClusterName[], look: OfferLook): string[] {
  if (offers.offers.length === 0) return [];
  const { ink = NO_INK, picked } = look;
  const marked = picked ?? PRESELECTED;
  const cells = cellsFor(look.columns);
  const money = offers.offers.some(({ cost }) => cost.p90 > 0);
  const shape = money ? COLUMNS : COLUMNS.slice(0, WITHOUT_MONEY);
  const scale: Scale = {
    decimals: decimalsForScale(Math.max(...offers.offers.map(({ cost }) => cost.p90)) as MicroUsd),
    time: offers.offers.map(({ time }) => time.p90).reduce(shorter),
    wide: cells >= WIDE,
    marked,
  };
  const texts = offers.offers.map((offer) => ({
    offer,
    cells: cellTexts(offer, clusters, scale).slice(0, shape.length),
  }));
  const room = machinesRoom(
    shape,
    texts.map((one) => one.cells),
    cells,
  );
  const rows = texts.flatMap(({ offer, cells: row }) =>
    offerRows(offer, row, { room, ink, isMarked: offer.name === marked }),
  );
  return [
    ...columnLines(shape, rows, cells, ink.faint),
    "",
    ...offerNotes(offers, { money, mark: picked === undefined ? "preselected" : "picked" })
      .flatMap((note) => wrapWords(note, cells, 3))
      .map(ink.faint),
  ];
}

/** `4 small + 2 large`; a configuration without machines is `none`. */
export function machinesText(configuration: Configuration, clusters: readonly ClusterName[]): string {
  const named = configuration.flatMap((count, index) =>
    count === 0 ? [] : [`${formatCount(count)} ${clusters[index] ?? `cluster ${String(index + 1)}`}`],
  );
  return named.length === 0 ? "none" : named.join(" + ");
}

/** With what is left of them towards the end, where that is less. */
const planText = ({ configuration, later }: Offer, clusters: readonly ClusterName[]): string =>
  machinesText(configuration, clusters) +
  (later === undefined ? "" : `, later ${machinesText(later.configuration, clusters)}`);

/** What makes the figures of one table comparable. */
interface Scale {
  readonly decimals: number;
  readonly time: Duration;
  readonly wide: boolean;
  readonly marked: OfferName;
}

function cellTexts(
  offer: Offer,
  clusters: readonly ClusterName[],
  { decimals, time, wide, marked }: Scale,
): string[] {
  const { cushion } = offer;
  const forTasks = wide && cushion.tasks > 0 ? ` for ${formatCount(cushion.tasks)} tasks` : "";
  return [
    `${offer.name === marked ? "▸" : " "} ${offer.name}`,
    offer.sameAs === undefined ? planText(offer, clusters) : `as ${offer.sameAs}`,
    formatTimeRange(offer.time, time),
    formatMoneyRange(offer.cost, decimals),
    cushion.cost === 0 ? "–" : formatMoneyAbout(cushion.cost, decimals) + forTasks,
    `${offer.risky ? "! " : ""}${formatShare(offer.pWithinBudget)}`,
  ];
}

/** What the other columns leave to the machines. */
function machinesRoom(shape: readonly Column[], rows: readonly (readonly string[])[], cells: number): number {
  const others = shape.reduce((sum, { head }, index) => {
    if (index === MACHINES) return sum;
    return sum + 2 + Math.max(widthOf(head), ...rows.map((row) => widthOf(row[index] ?? "")));
  }, 0);
  return Math.max(MACHINES_LEAST, cells - others);
}

interface RowLook {
  readonly room: number;
  readonly ink: Ink;
  readonly isMarked: boolean;
}

/** Many machines take further rows below the first. */
function offerRows(offer: Offer, texts: readonly string[], { room, ink, isMarked }: RowLook): Row[] {
  const same = offer.sameAs !== undefined;
  const [first = "", ...more] = machineRows(texts[MACHINES] ?? "", room);
  const main = texts.map((text, index) => {
    if (index === 0) return piece(text, isMarked ? ink.active : ink.strong);
    if (index === COLUMNS.length - 1 && offer.risky) return piece(text, ink.careful);
    return piece(index === MACHINES ? first : text, same ? ink.faint : undefined);
  });
  return [main, ...more.map((text) => [piece(""), piece(text)])];
}

/** Broken before a `+` or `later` only. */
function machineRows(text: string, room: number): string[] {
  const glued = text.replaceAll(/(?<!\+) (?!\+|later )/gu, "\u00a0").replaceAll("+ ", "+\u00a0");
  return wrapWords(glued, room, 4).map((line) => line.replaceAll("\u00a0", " "));
}
