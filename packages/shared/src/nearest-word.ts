/** Which known word was meant? For hints after a slip of the keyboard, never for guessing on. */

const DISTANCE_MOST = 3;
/** Longer words are no slips. */
const LETTERS_MOST = 40;

/** The word in reach of few slips: about one for three letters. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > LETTERS_MOST) return undefined;
  const reach = Math.min(DISTANCE_MOST, Math.max(1, Math.floor(word.length / 3)));
  const near = known
    .map((candidate) => ({ candidate, slips: slipsFor(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ slips }) => slips <= reach)
    .sort((a, b) => a.slips - b.slips || goesOnFor(word, a.candidate) - goesOnFor(word, b.candidate));
  return near[0]?.candidate;
}

/** Of those as near, first the shortest that begins with the word: `fast` is `fastest` rather than `fastest-20`. */
const goesOnFor = (word: string, candidate: string): number =>
  candidate.toLowerCase().startsWith(word.toLowerCase()) ? candidate.length : Number.MAX_SAFE_INTEGER;

/** `did you mean "price"?`, or what to do where no word is near. */
export function wordHint(word: string, known: readonly string[]): string {
  const near = nearestWord(word, known);
  return near === undefined ? "remove it, or see the list of what is known" : `did you mean "${near}"?`;
}

const slipsFor = (word: string, known: string): number =>
  (word.length > 1 && abbreviates(word, known)) || isLongFormOf(word, known) ? 1 : slipsBetween(word, known);

/** What fewer letters begin could be any word. */
const STEM_LEAST = 3;

/** It begins as the other does, its plural left aside: `maximum` for `max`, `parameters` for `params`. */
function isLongFormOf(word: string, known: string): boolean {
  const stem = known.replace(/s$/u, "");
  return stem.length >= STEM_LEAST && word.startsWith(stem);
}

/** Its letters stand in the other in their order, the first one first: `cmd` for `command`. */
function abbreviates(short: string, long: string): boolean {
  if (short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** Letters put in, left out, changed, or swapped with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], [...Array(b.length + 1).keys()]];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      next.push(slips);
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? a.length;
}
