/**
 * Does a line need a shell at all? One that only names a program by its path and gives it plain words means the
 * same without: the shell's own start, a third of what a tiny task costs, is saved. Whatever is in doubt needs it.
 */

/** Words of characters that no shell gives a meaning, the first with a slash and without `=`. */
const PLAIN = /^[A-Za-z0-9_.,:@+-]*\/[A-Za-z0-9_.,:@+/-]*(?: +[A-Za-z0-9_.,:@%+=/-]+)*$/u;

/** The words, or nothing where a shell must read them. */
export function plainWords(line: string): readonly [string, ...string[]] | undefined {
  if (!PLAIN.test(line)) return undefined;
  const [program, ...words] = line.split(/ +/u);
  return program === undefined ? undefined : [program, ...words];
}
