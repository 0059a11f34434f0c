/**
 * On what kind of file system does a run's folder lie, and what does that mean for it? A journal is as safe as an
 * fdatasync there, and a run has one master as far as locks hold there.
 */
import { statfsSync } from "node:fs";

export type FileSystem =
  /** Of this computer: fdatasync and locks do what they say. */
  | { readonly kind: "local" }
  /** A server's: each fdatasync is a journey there, and whether locks hold elsewhere is up to it. */
  | { readonly kind: "network"; readonly name: string }
  /** Through a program of its own (sshfs, and many more): nobody can say what it promises. */
  | { readonly kind: "userspace" };

/** Numbers from statfs(2). */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: "NFS",
  0xff534d42: "CIFS",
  0xfe534d42: "SMB",
  0x517b: "SMB",
  0x5346414f: "AFS",
  0x00c36400: "Ceph",
  0x0bd00bd0: "Lustre",
  0x47504653: "GPFS",
  0x19830326: "BeeGFS",
};
const USERSPACE = 0x65735546;

/** @param typeOf what the system says of a path; another one in tests */
export function fileSystemOf(path: string, typeOf: (path: string) => number = typeInSystem): FileSystem {
  // Some systems give the upper half of the numbers as negative.
  const type = typeOf(path) >>> 0;
  const name = NETWORK[type];
  if (name !== undefined) return { kind: "network", name };
  return { kind: type === USERSPACE ? "userspace" : "local" };
}

const typeInSystem = (path: string): number => statfsSync(path).type;
