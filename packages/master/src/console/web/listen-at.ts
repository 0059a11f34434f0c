/** Begins to listen, and says at which port; an address that is taken is refused in words. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TroubleError } from "@stint/shared/failures.js";

export function listenAt(server: Server, port: number, host: string): Promise<number> {
  return new Promise((listening, failed) => {
    const refuse = (cause: NodeJS.ErrnoException): void =>
      failed(troubleAt(`${host}:${String(port)}`, cause));
    server.once("error", refuse);
    server.listen({ port, host }, () => {
      server.off("error", refuse);
      listening((server.address() as AddressInfo).port);
    });
  });
}

const troubleAt = (address: string, { code, message }: NodeJS.ErrnoException): TroubleError =>
  new TroubleError({
    kind: "usage",
    code: code === "EADDRINUSE" ? "port-taken" : "cannot-listen",
    where: `the address ${address}`,
    found: code === "EADDRINUSE" ? "another program that listens there" : `trouble (${message})`,
    expected: "a port that is free",
    hint: "another port, or 0 for any that is free",
  });
