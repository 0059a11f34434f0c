/**
 * Makes an authority of its own and one certificate for the master's agent server. The authority's key is used once
 * and forgotten, so that nobody can ever make another certificate that an agent would accept.
 */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { SERVER_NAME } from "@stint/shared/wire/server-name.js";

declare global {
  // Without the DOM library these names, which x509's types use, would be any in silence.
  type CryptoKey = webcrypto.CryptoKey;
  type CryptoKeyPair = webcrypto.CryptoKeyPair;
}

export interface Certificates {
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNING = { name: "ECDSA", hash: "SHA-256" } as const;
/** Valid whatever the clock of a machine says; what ends trust is that the machine is released. */
const VALID = { notBefore: new Date("2000-01-01T00:00:00Z"), notAfter: new Date("9999-12-31T23:59:59Z") };
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

export async function makeCertificates(): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto);
  const [authority, server] = await Promise.all([newKeys(), newKeys()]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...VALID,
    serialNumber: "01",
    name: "CN=stint authority",
    signingAlgorithm: SIGNING,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const cert = await x509.X509CertificateGenerator.create({
    ...VALID,
    serialNumber: "02",
    subject: `CN=${SERVER_NAME}`,
    issuer: ca.subject,
    signingAlgorithm: SIGNING,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: SERVER_NAME }]),
    ],
  });
  return {
    caPem: ca.toString("pem"),
    certPem: cert.toString("pem"),
    keyPem: await keyPem(server.privateKey),
  };
}

const newKeys = (): Promise<CryptoKeyPair> => webcrypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);

async function keyPem(key: CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(bytes, "PRIVATE KEY");
}
