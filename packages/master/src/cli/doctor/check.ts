/** One thing that a run on this computer needs, how it was found, and what that means. */
import type { ExitCode } from "@stint/shared/failures.js";

export interface Check {
  readonly name: string;
  /** `warn`: it works, and a person should know; `refuse`: stint run would refuse or fail. */
  readonly state: "good" | "warn" | "refuse";
  readonly found: string;
  /** What it means and what to do; empty when all is well. */
  readonly means: string;
  /** With which exit code a run would be refused. */
  readonly code?: ExitCode;
}

export const good = (name: string, found: string): Check => ({ name, state: "good", found, means: "" });
export const warn = (name: string, found: string, means: string): Check => ({
  name,
  state: "warn",
  found,
  means,
});
export const refuse = (name: string, found: string, means: string, code: ExitCode): Check => ({
  name,
  state: "refuse",
  found,
  means,
  code,
});
