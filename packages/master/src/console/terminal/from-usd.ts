/** How does an amount in a document, a decimal number of dollars, become money again? Exact in its six digits. */
import { microUsd, type MicroUsd } from "@stint/shared/units.js";

export const fromUsd = (dollars: number): MicroUsd => microUsd(Math.round(dollars * 1_000_000));
