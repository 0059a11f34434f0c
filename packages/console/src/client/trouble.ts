/** What a call that fails tells, as the master words it, or as the network does. */
import type { ApiError } from "@stint/shared/api/runs.js";

export class CallTrouble extends Error {
  readonly status: number;
  readonly hint: string;

  constructor(status: number, text: string, hint: string) {
    super(text);
    this.name = "CallTrouble";
    this.status = status;
    this.hint = hint;
  }
}

export const NO_ANSWER = 0;

export async function troubleOf(response: Response): Promise<CallTrouble> {
  try {
    const { error } = (await response.json()) as ApiError;
    const found = error.found === "" ? "" : `: ${error.found}`;
    return new CallTrouble(
      response.status,
      `${error.where}${found}. Expected ${error.expected}.`,
      error.hint,
    );
  } catch {
    return new CallTrouble(response.status, `The master answered ${response.status}.`, "");
  }
}

export const troubleFrom = (reason: unknown): CallTrouble =>
  reason instanceof CallTrouble
    ? reason
    : new CallTrouble(NO_ANSWER, "The master does not answer.", "Is it still running, and the tunnel open?");
