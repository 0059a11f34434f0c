import { X509Certificate } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EXIT, exitCodeOf, TroubleError } from "@stint/shared/failures.js";
import { serverIdentity } from "./identity.js";

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "stint-identity-"));
  folder = join(parent, "installation");
});
afterEach(() => rmSync(parent, { recursive: true }));

const onlyFile = (): string => join(folder, readdirSync(folder)[0] ?? "");

test("a master is the same to its agents at every start", async () => {
  expect(await serverIdentity(folder)).toEqual(await serverIdentity(folder));
});

test("masters that start for the first time together become one", async () => {
  const all = await Promise.all([serverIdentity(folder), serverIdentity(folder), serverIdentity(folder)]);
  expect(new Set(all.map(({ keyPem }) => keyPem)).size).toBe(1);
  expect(readdirSync(folder)).toHaveLength(1);
});

test("nobody but its owner can read the key, even when that was changed", async () => {
  await serverIdentity(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
  chmodSync(onlyFile(), 0o644);
  await serverIdentity(folder);
  expect(statSync(onlyFile()).mode & 0o777).toBe(0o600);
});

test("the certificate is for the name that agents ask for, on a P-256 key, by that authority alone", async () => {
  const one = await serverIdentity(folder);
  const two = await serverIdentity(join(parent, "another"));
  const cert = new X509Certificate(one.certPem);
  expect(cert.checkHost("stint-master")).toBe("stint-master");
  expect(cert.ca).toBe(false);
  expect(cert.publicKey.asymmetricKeyDetails?.namedCurve).toBe("prime256v1");
  expect(cert.verify(new X509Certificate(one.caPem).publicKey)).toBe(true);
  expect(cert.verify(new X509Certificate(two.caPem).publicKey)).toBe(false);
});

test("a wrong clock makes no certificate invalid", async () => {
  const { certPem, caPem } = await serverIdentity(folder);
  for (const pem of [certPem, caPem]) {
    const { validFrom, validTo } = new X509Certificate(pem);
    expect(Date.parse(validFrom)).toBeLessThan(Date.parse("2001-01-01"));
    expect(Date.parse(validTo)).toBeGreaterThan(Date.parse("9000-01-01"));
  }
});

test("the authority's own key is kept nowhere", async () => {
  await serverIdentity(folder);
  expect(readFileSync(onlyFile(), "utf8").match(/PRIVATE KEY-----\n/gu)).toHaveLength(2);
});

test.each([
  ["is cut off", (text: string) => text.slice(0, 900)],
  ["is empty", () => ""],
  [
    "has the certificate twice and no authority",
    (text: string) => text.replace(/^[^]*?END CERT[^\n]*\n/u, ""),
  ],
])("a file that %s is refused with what to do, and not replaced", async (_, damage) => {
  await serverIdentity(folder);
  const damaged = damage(readFileSync(onlyFile(), "utf8"));
  writeFileSync(onlyFile(), damaged);
  const refused = await serverIdentity(folder).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(TroubleError);
  const { trouble } = refused as TroubleError;
  expect(trouble).toMatchObject({ code: "identity-damaged", where: onlyFile() });
  expect(exitCodeOf(trouble)).toBe(EXIT.stateUnusable);
  expect(readFileSync(onlyFile(), "utf8")).toBe(damaged);
});

test("a key that is not the certificate's is refused", async () => {
  const one = await serverIdentity(folder);
  const two = await serverIdentity(join(parent, "another"));
  writeFileSync(onlyFile(), one.caPem + one.certPem + two.keyPem);
  await expect(serverIdentity(folder)).rejects.toThrow(/stint wrote it/u);
});
