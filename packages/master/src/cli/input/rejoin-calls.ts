/**
 * In YAML's short form a comma ends a value: `{ boot: normal(40s,8s) }` reads as `normal(40s` and a key `8s)`. What
 * belongs together is put together again, as nobody means anything else by it.
 */
import { isScalar, Scalar, type YAMLMap } from "yaml";

export function rejoinCalls(map: YAMLMap): void {
  if (map.flow !== true) return;
  const { items } = map;
  for (let at = 0; at < items.length; at += 1) {
    const value = plainScalar(items[at]?.value);
    if (value === undefined || !/^\w+\([^)]*$/u.test(value.value)) continue;
    const end = items.findIndex(
      (item, index) => index > at && plainScalar(item.key)?.value.endsWith(")") === true,
    );
    const more = items.slice(at + 1, end + 1);
    if (end < 0 || more.some((item) => hasValue(item.value))) continue;
    value.value = [value.value, ...more.map((item) => String(plainScalar(item.key)?.value))].join(",");
    items.splice(at + 1, more.length);
  }
}

const plainScalar = (node: unknown): Scalar<string> | undefined =>
  isScalar(node) && node.type === Scalar.PLAIN && typeof node.value === "string"
    ? (node as Scalar<string>)
    : undefined;

const hasValue = (node: unknown): boolean => node !== null && !(isScalar(node) && node.value === null);
