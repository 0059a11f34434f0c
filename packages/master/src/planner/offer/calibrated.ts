/** Do nine of ten runs really stay below the P90 of such offers? */
import type { Offers } from "./records.js";

/** Up to here they do, measured over many worlds; beyond, what is rarer than the sample shows decides too much. */
const CV_MOST = 0.85;

export const isCalibrated = ({ learntFrom }: Offers): boolean =>
  learntFrom !== undefined && learntFrom.cv <= CV_MOST;
