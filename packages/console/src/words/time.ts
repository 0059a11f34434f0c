/** Spans and instants as a person reads them; an instant in the zone of whoever looks. */
import { formatSeconds, formatTimeRange } from "@stint/shared/format.js";
import { seconds } from "@stint/shared/units.js";
import type { Spread } from "./money.js";

export const span = (of: number): string => formatSeconds(of);

export const spanRange = ({ p50, p90 }: Spread, scale: number = p90): string =>
  formatTimeRange({ p50: seconds(p50), p90: seconds(p90) }, seconds(scale));

const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const timeToTheSecond = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** `14:05`, with the day when it is not today. */
export function clock(at: number, now: number = Date.now()): string {
  const here = new Date(at);
  const sameDay = here.toDateString() === new Date(now).toDateString();
  return sameDay ? time.format(here) : `${day.format(here)}, ${time.format(here)}`;
}

export const clockToTheSecond = (at: number): string => timeToTheSecond.format(new Date(at));

/** What lasts no longer than this is told to the second. */
export const SHORT_S = 600;

/** Two instants: `14:05–14:20`; to the second where what they belong to is short. */
export function clockRange(from: number, to: number, short: boolean): string {
  const read = short ? clockToTheSecond : (at: number) => clock(at);
  const [first, last] = [read(from), read(to)];
  return first === last ? first : `${first}–${last}`;
}

export const inUtc = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
