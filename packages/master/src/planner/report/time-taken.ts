/** How long did a run take, whole and since its promise? No time counts in which it stood still between an end and going on. */
import { before, between, NO_TIME, subtractTime, type Duration, type Instant } from "@stint/shared/units.js";
import type { ReportRun } from "./report-state.js";

/** To the last result, whether a task was done or given up. */
export function makespan({ report }: ReportRun): Duration | undefined {
  const last = lastResultAt(report);
  if (report.firstRentAt === undefined || last === undefined) return undefined;
  return subtractTime(between(report.firstRentAt, last), report.stoodBeforeLast);
}

/** What a promise is held against; none where every result came before anything was accepted. */
export function sinceAccepted({ offer, report }: ReportRun): Duration | undefined {
  const last = lastResultAt(report);
  if (offer.acceptedAt === undefined || last === undefined) return undefined;
  // The acceptance was moved on by all the time that the run stood since, also after the last result.
  const counted = before(offer.acceptedAt, subtractTime(report.stood, report.stoodBeforeLast));
  return last > counted ? between(counted, last) : NO_TIME;
}

/** By the clock on the wall. */
export const acceptedAt = ({ offer }: ReportRun): Instant | undefined =>
  offer.acceptedAt === undefined ? undefined : before(offer.acceptedAt, offer.stoodSince);

function lastResultAt({ lastCommitAt, lastFailedAt }: ReportRun["report"]): Instant | undefined {
  if (lastCommitAt === undefined || lastFailedAt === undefined) return lastCommitAt ?? lastFailedAt;
  return lastCommitAt > lastFailedAt ? lastCommitAt : lastFailedAt;
}
