/** The completion of fish: a line for each word that can stand somewhere. */
import { RUN_NAMES, type OptionWord, type VerbWords } from "./words-of.js";

export function fishScript(all: readonly VerbWords[]): string {
  const lines = all.flatMap((verb) => [
    ...verb.verbs.map(
      (word) => `complete -c stint -n ${where(verb, verb.verbs)} -a ${word} -d ${said(all, verb, word)}`,
    ),
    ...verb.values.map((word) => `complete -c stint -n ${where(verb, [])} -a ${word}`),
    ...(verb.takesRun ? [`complete -c stint -n ${where(verb, [])} -a ${RUNS}`] : []),
    ...verb.options.map((option) => `complete -c stint -n ${where(verb, [])} ${optionOf(option)}`),
  ]);
  return `# Completion of stint for fish: ~/.config/fish/completions/stint.fish\n${lines.join("\n")}\n`;
}

/** After the words of this verb, and before one of the verbs below it. */
function where({ path }: VerbWords, below: readonly string[]): string {
  if (path === "") return below.length > 0 ? "__fish_use_subcommand" : quoted("true");
  const seen = path.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`);
  const not = below.length === 0 ? [] : [`not __fish_seen_subcommand_from ${below.join(" ")}`];
  return quoted([...seen, ...not].join("; and "));
}

const said = (all: readonly VerbWords[], { path }: VerbWords, word: string): string =>
  quoted(all.find((one) => one.path === `${path} ${word}`.trim())?.says ?? "");

const optionOf = ({ word, says, takesValue, values, takesRun }: OptionWord): string =>
  [
    `-l ${word.replace(/^--/u, "")}`,
    ...(takesValue ? ["-r"] : []),
    ...(takesRun ? [`-a ${RUNS}`] : []),
    ...(values.length > 0 ? [`-f -a ${quoted(values.join(" "))}`] : []),
    `-d ${quoted(says)}`,
  ].join(" ");

const RUNS = `'(${RUN_NAMES})'`;

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
