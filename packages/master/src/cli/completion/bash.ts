/** The completion of bash: verbs, options, values that are few, and otherwise files. */
import type { VerbWords } from "./words-of.js";

export function bashScript(all: readonly VerbWords[]): string {
  const paths = all.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  return `# Completion of stint for bash: eval "$(stint completion bash)"
_stint() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths.join("|")}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path:$before" in
${all.flatMap(valueCases).join("\n")}
  esac
  local words=""
  case "$path" in
${all.map(wordCase).join("\n")}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _stint stint
`;
}

const wordCase = ({ path, verbs, options, values }: VerbWords): string =>
  `    "${path}") words="${[...verbs, ...values, ...options.map(({ word }) => word)].join(" ")}" ;;`;

/** Where an option's value stands: one of its values, or a file. */
const valueCases = ({ path, options }: VerbWords): string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ word, values }) =>
      values.length === 0
        ? `    "${path}:${word}") return ;;`
        : `    "${path}:${word}") mapfile -t COMPREPLY < <(compgen -W "${values.join(" ")}" -- "$current"); return ;;`,
    );
