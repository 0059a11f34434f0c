/** How does a document look? Its schema as a text that a person can read: the fields, and what stands in each. */
import { z } from "zod";

type Node = z.core.JSONSchema.JSONSchema;

export const shapeOf = (schema: z.ZodType): string => shape(z.toJSONSchema(schema), "");

const STEP = "  ";
/** What fits is written in one line. */
const LINE_MOST = 90;

function shape(node: Node, indent: string): string {
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map(String).join(" | ");
  const either = node.anyOf ?? node.oneOf;
  if (either !== undefined) return either.map((one) => shape(one, indent)).join(" | ");
  if (node.properties !== undefined) return fields(node.properties as Record<string, Node>, indent);
  if (typeof node.additionalProperties === "object")
    return `{ NAME: ${shape(node.additionalProperties, indent)} }`;
  if (node.type === "array") return `[ ${shape(node.items as Node, indent)} ]`;
  return plain(node);
}

function fields(properties: Readonly<Record<string, Node>>, indent: string): string {
  const inner = Object.entries(properties).map(
    ([name, node]) => `${name}: ${shape(node, `${indent}${STEP}`)}`,
  );
  const line = `{ ${inner.join(", ")} }`;
  return line.length + indent.length <= LINE_MOST && !line.includes("\n")
    ? line
    : `{\n${inner.map((text) => `${indent}${STEP}${text}`).join("\n")}\n${indent}}`;
}

/** What a description says at length, and the name of a field says too. */
const SHORT: Readonly<Record<string, string>> = {
  "US dollars, six decimals": "usd",
  "RFC 3339, UTC": "time",
};
const WORDS: Readonly<Record<string, string>> = {
  integer: "whole number",
  string: "text",
  boolean: "true | false",
};

function plain({ type, description }: Node): string {
  if (description !== undefined) return SHORT[description] ?? description;
  return [type ?? "anything"]
    .flat()
    .map((word) => WORDS[word] ?? word)
    .join(" | ");
}
