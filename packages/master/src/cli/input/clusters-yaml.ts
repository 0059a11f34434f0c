/**
 * The clusters of a YAML file as they stand there: their names in order, what was written for each, and the line of
 * each key. What the keys mean is for others to say.
 */
import { isUtf8 } from "node:buffer";
import type { ClusterName } from "@stint/shared/ids.js";
import { named, quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { unknownKey } from "@stint/shared/schema-trouble.js";
import { isMap, type Pair } from "yaml";
import { smallFile } from "./open-file.js";
import { rejoinCalls } from "./rejoin-calls.js";
import { keyText, openYaml, type YamlSource } from "./yaml-source.js";

/** A key is compared with every other of its map: beyond some ten thousand of them that would be felt. */
export const CLUSTERS_BYTES_MOST = 64 * 1024;
export const CLUSTERS_MOST = 200;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u;

export interface WrittenCluster {
  readonly name: ClusterName;
  readonly value: Readonly<Record<string, unknown>>;
  /** File and line of a key, or of the cluster itself where the path leads nowhere. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
}

const EXAMPLE = "clusters: { small: { provider: local, max: 2, price: 0.04 usd/h, atu: 10s } }";

const WORDS = { what: "a clusters file", example: EXAMPLE, uniqueKeys: true };

export function readClustersYaml(path: string): readonly WrittenCluster[] {
  const bytes = smallFile(path, "a clusters file", CLUSTERS_BYTES_MOST);
  if (!isUtf8(bytes)) {
    throw troubleAt({ kind: "bad-input", where: path }, notUtf8);
  }
  return clustersOf(bytes.toString("utf8"), path);
}

/** @param path names the file in trouble */
export function clustersOf(text: string, path: string): readonly WrittenCluster[] {
  const source = openYaml(text, path, WORDS);
  const clusters = clustersMap(source);
  const seen = new Map<string, Place>();
  if (clusters.length > CLUSTERS_MOST) throw troubleAt(source.placeAt(clusters.at(-1)?.key), tooMany);
  return clusters.map((pair) => {
    const name = keyText(pair.key);
    const place = source.placeAt(pair.key);
    if (!NAME.test(name)) throw troubleAt(place, badName(name));
    if (seen.has(name)) throw troubleAt(place, sameName(name));
    seen.set(name, place);
    return writtenCluster(source, name as ClusterName, pair);
  });
}

function clustersMap(source: YamlSource): readonly Pair[] {
  const { contents } = source.document;
  if (!isMap(contents))
    throw troubleAt(source.placeAt(contents), notAMap(contents === null ? "nothing" : "no keys"));
  const known = ["clusters"];
  for (const { key } of contents.items) {
    const text = keyText(key);
    if (!known.includes(text)) throw troubleAt(source.placeAt(key), unknownKey(text, known));
  }
  const clusters = source.resolved(contents.get("clusters", true));
  if (!isMap(clusters) || clusters.items.length === 0) {
    throw troubleAt(source.placeAt(clusters), notAMap("a file without clusters"));
  }
  return clusters.items;
}

function writtenCluster(source: YamlSource, name: ClusterName, { key, value }: Pair): WrittenCluster {
  const node = source.resolved(value);
  if (isMap(node)) rejoinCalls(node);
  const plain = source.plain(value);
  if (plain !== null && (typeof plain !== "object" || Array.isArray(plain))) {
    throw troubleAt(source.placeAt(node), notACluster(name, plain));
  }
  return {
    name,
    // `small:` alone is a cluster with nothing said of it.
    value: (plain ?? {}) as Readonly<Record<string, unknown>>,
    placeOf(path) {
      const pair = isMap(node) ? node.items.find((item) => keyText(item.key) === path[0]) : undefined;
      const { kind, where } = source.placeAt(pair?.key ?? key);
      return { kind, where: `${where}, cluster ${name}` };
    },
  };
}

const notUtf8: Misread = {
  code: "bad-bytes",
  found: "bytes that are no UTF-8",
  expected: "a clusters file as text in UTF-8",
  hint: "is it the right file?",
};

const notAMap = (found: string): Misread => ({
  code: "no-clusters",
  found,
  expected: "the key clusters, and a name for each cluster below it",
  hint: EXAMPLE,
});

const notACluster = (name: string, value: unknown): Misread => ({
  code: "bad-value",
  found: `${named(value)} for the cluster ${name}`,
  expected: "its keys and values",
  hint: EXAMPLE,
});

const badName = (name: string): Misread => ({
  code: "bad-name",
  found: name === "" ? "a cluster without a name" : `a cluster called ${quoted(name)}`,
  expected: "letters, digits, - . and _, at most 63, a letter or digit first",
  hint: "machines and folders are called after it, as small-3",
});

const sameName = (name: string): Misread => ({
  code: "duplicate-name",
  found: `a second cluster called ${quoted(name)}`,
  expected: "a name of its own for each cluster",
  hint: "rename one of the two",
});

const tooMany: Misread = {
  code: "too-many-clusters",
  found: `more than ${String(CLUSTERS_MOST)} clusters`,
  expected: `at most ${String(CLUSTERS_MOST)}`,
  hint: "leave out those that are surely no good buy",
};
