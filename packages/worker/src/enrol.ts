/**
 * How does a master know this agent? By a secret that the agent draws itself and keeps in a file of its own; the
 * join token vouches for it until the first welcome, and is then removed.
 */
import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AgentConfig } from "@stint/shared/agent-config.js";

export interface Enrolment {
  /** 256 bits, hex. */
  readonly session: string;
  /** Undefined once it has served. */
  joinToken(): string | undefined;
  welcomed(): void;
}

const SECRET_BYTES = 32;

export function enrol({ sessionFile, tokenFile }: Pick<AgentConfig, "sessionFile" | "tokenFile">): Enrolment {
  const session = readIfThere(sessionFile) ?? drawSession(sessionFile);
  let token = readIfThere(tokenFile);
  return {
    session,
    joinToken: () => token,
    welcomed() {
      if (token === undefined) return;
      token = undefined;
      rmSync(tokenFile, { force: true });
    },
  };
}

function drawSession(file: string): string {
  const session = randomBytes(SECRET_BYTES).toString("hex");
  writeFileSync(file, `${session}\n`, { mode: 0o600, flag: "wx" });
  return session;
}

function readIfThere(file: string): string | undefined {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text === "" ? undefined : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
