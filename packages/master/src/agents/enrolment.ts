/**
 * Whose word counts? A machine that was ordered joins once, with its token and a session secret that it drew; from
 * then on the secret alone names it, until it is released. Only hashes of secrets are kept.
 *
 *   (unknown) ──► expected ──► bound ──► released
 *                     └──────────────────────┘
 */
import type { MachineId } from "@stint/shared/ids.js";
import { failed, done, type Result } from "@stint/shared/result.js";
import { after, type Duration, type Instant } from "@stint/shared/units.js";
import type { RefusalCode } from "@stint/shared/wire/messages.js";
import { isSameHash, isTokenOf, sessionHash } from "./join-token.js";

export interface Refusal {
  readonly code: RefusalCode;
  readonly text: string;
}

/** What a connection shows of itself. */
export interface Claim {
  readonly machine: MachineId;
  readonly session: string | undefined;
  readonly join: string | undefined;
}

export interface Admission {
  /** By what the session is known. */
  readonly session: string;
}

type Member =
  | { readonly kind: "expected"; readonly until: Instant }
  | { readonly kind: "bound"; readonly session: string }
  | { readonly kind: "released"; readonly session: string | undefined };

export interface Enrolment {
  /** It was ordered; its token holds for a while from the first time that this is said. */
  expect(machine: MachineId, now: Instant): void;
  /** It joined under an earlier master. */
  restore(machine: MachineId, session: string): void;
  /** Nobody speaks for it any more. */
  release(machine: MachineId): void;
  isReleased(machine: MachineId): boolean;
  admit(claim: Claim, now: Instant): Result<Admission, Refusal>;
}

/** @param tokenLife how long after it was ordered a machine may join */
export function createEnrolment(runSecret: Buffer, tokenLife: Duration): Enrolment {
  const members = new Map<MachineId, Member>();
  return {
    expect(machine, now) {
      if (!members.has(machine)) members.set(machine, { kind: "expected", until: after(now, tokenLife) });
    },
    restore: (machine, session) => void members.set(machine, { kind: "bound", session }),
    release(machine) {
      const member = members.get(machine);
      const session = member?.kind === "bound" ? member.session : undefined;
      members.set(machine, { kind: "released", session });
    },
    isReleased: (machine) => members.get(machine)?.kind === "released",
    admit(claim, now) {
      const session = sessionHash(claim.session);
      if (session === undefined) return refuse("bad-session", "no session secret of 256 bits, in hex");
      const member = members.get(claim.machine);
      const byToken = claim.join !== undefined && isTokenOf(runSecret, claim.machine, claim.join);
      const admission = byToken
        ? admitByToken(member, session, now)
        : admitBySession(member, session, claim.join !== undefined);
      if (admission.ok) members.set(claim.machine, { kind: "bound", session });
      return admission;
    },
  };
}

function admitByToken(member: Member | undefined, session: string, now: Instant): Result<Admission, Refusal> {
  if (member === undefined) return refuse("unknown-machine", "this machine was not ordered");
  switch (member.kind) {
    case "expected":
      return now <= member.until ? done({ session }) : refuse("token-expired", "the join token has expired");
    case "bound":
      // The same secret again: the welcome was lost. Another one: somebody else has the token.
      return isSameHash(member.session, session)
        ? done({ session })
        : refuse("token-used", "the join token was used by another session");
    case "released":
      return refuse("released", "this machine was released");
  }
}

function admitBySession(
  member: Member | undefined,
  session: string,
  showedToken: boolean,
): Result<Admission, Refusal> {
  const known = member === undefined || member.kind === "expected" ? undefined : member.session;
  if (known !== undefined && isSameHash(known, session))
    return member?.kind === "bound" ? done({ session }) : refuse("released", "this machine was released");
  return showedToken
    ? refuse("bad-token", "the join token is not this machine's")
    : refuse("bad-session", "the session secret is not this machine's");
}

const refuse = (code: RefusalCode, text: string): Result<never, Refusal> => failed({ code, text });
