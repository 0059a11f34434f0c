/** How is a text written so that a shell reads it as one word of just that text? As GNU parallel writes it. */

const PLAIN = /^[-_.+a-zA-Z0-9/]+$/u;

export function shellWord(text: string): string {
  if (PLAIN.test(text)) return text;
  if (text === "") return "''";
  // Within single quotes nothing means anything but their end; empty ones at the ends are left out.
  return `'${text.replaceAll("'", `'"'"'`)}'`.replace(/^''/u, "").replace(/''$/u, "");
}
