/**
 * Who is this master to its agents? An authority, a certificate and its key, made at the first start and kept for
 * all runs of the installation in one file that nobody else may read. Certificates go out, the key never does.
 */
import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { TroubleError } from "@stint/shared/failures.js";

export interface ServerIdentity {
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const FILE = "agents-identity.pem";
const BLOCK = /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/gu;

/** @param folder made when it is not there; only its owner may enter it then */
export async function serverIdentity(folder: string): Promise<ServerIdentity> {
  const file = join(folder, FILE);
  const kept = await readKept(file);
  if (kept !== undefined) return parseIdentity(file, kept);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Half a second, and needed once in the life of an installation.
  const { makeCertificates } = await import("./make-certificates.js");
  const { caPem, certPem, keyPem } = await makeCertificates();
  return keep(file, [caPem, certPem, keyPem].map((pem) => `${pem.trim()}\n`).join(""));
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, "utf8");
    await chmod(file, 0o600);
    return text;
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return undefined;
    throw cause;
  }
}

/** Puts it in its place whole, unless another master was first: then that one's holds. */
async function keep(file: string, text: string): Promise<ServerIdentity> {
  const beside = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(beside, text, { mode: 0o600, flag: "wx" });
  try {
    await link(beside, file);
  } catch (cause) {
    if (!isCode(cause, "EEXIST")) throw cause;
  } finally {
    await rm(beside, { force: true });
  }
  return parseIdentity(file, await readFile(file, "utf8"));
}

function parseIdentity(file: string, text: string): ServerIdentity {
  const [caPem = "", certPem = "", keyPem = ""] = (text.match(BLOCK) ?? []).map((block) => `${block}\n`);
  if (!belongTogether(caPem, certPem, keyPem)) throw unusable(file);
  return { caPem, certPem, keyPem };
}

function belongTogether(caPem: string, certPem: string, keyPem: string): boolean {
  try {
    const cert = new X509Certificate(certPem);
    return (
      cert.verify(new X509Certificate(caPem).publicKey) && cert.checkPrivateKey(createPrivateKey(keyPem))
    );
  } catch {
    return false;
  }
}

const unusable = (file: string): TroubleError =>
  new TroubleError({
    kind: "state-unusable",
    code: "identity-damaged",
    where: file,
    found: "no authority with a certificate and its key",
    expected: "the file as stint wrote it",
    hint: `remove it: a new one is made, and agents of unfinished runs will not know this master any more`,
  });

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
