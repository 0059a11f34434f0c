/** `2 from 40%`: twice as slow once 40 % of the bag are done. */
import type { Drift } from "@stint/shared/cluster.js";
import { misread, quoted, type Misread } from "@stint/shared/misread.js";
import { parseShare, parseSpeed } from "@stint/shared/quantities.js";
import { done, type Result } from "@stint/shared/result.js";

export function parseDrift(text: string): Result<Drift, Misread> {
  const match = /^(?<factor>\S+)\s+from\s+(?<from>\S.*)$/u.exec(text.trim());
  if (match?.groups === undefined) {
    return misread("bad-value", {
      found: text === "" ? "nothing" : quoted(text),
      expected: "by which factor tasks become slower, and from which share of the bag on",
      hint: "2 from 40%",
    });
  }
  const factor = parseSpeed(match.groups["factor"] ?? "");
  if (!factor.ok) return factor;
  const from = parseShare(match.groups["from"] ?? "");
  return from.ok ? done({ factor: factor.value, from: from.value }) : from;
}
