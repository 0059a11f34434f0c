/** The completion of bash: verbs, values that are few, runs, and otherwise files; options behind a dash. */
import { RUN_NAMES, type VerbWords } from "./words-of.js";

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
  # --choose=fas is three words where = breaks them, and one where not.
  local prefix=""
  if [[ $before == "=" ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"
  elif [[ $current == "=" ]]; then current=""
  elif [[ $current == --*=* ]]; then before="\${current%%=*}" prefix="\${current%%=*}=" current="\${current#*=}"
  fi
  case "$path:$before" in
${all.flatMap(valueCases).join("\n")}
  esac
  local words=""
  if [[ $current == -* ]]; then
    case "$path" in
${all.map(optionCase).join("\n")}
    esac
  else
    case "$path" in
${all.map(wordCase).join("\n")}
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _stint stint
`;
}

const optionCase = ({ path, options }: VerbWords): string =>
  `      "${path}") words="${options.map(({ word }) => word).join(" ")}" ;;`;

/** Where there is no such word, bash goes on with files by itself. */
const wordCase = ({ path, verbs, values, takesRun }: VerbWords): string =>
  `      "${path}") words="${[...verbs, ...values, ...(takesRun ? [`$(${RUN_NAMES})`] : [])].join(" ")}" ;;`;

/** Where an option's value stands: one of its values, or a file. */
const valueCases = ({ path, options }: VerbWords): string[] =>
  options
    .filter(({ takesValue }) => takesValue)
    .map(({ word, values, takesRun }) =>
      values.length === 0 && !takesRun
        ? `    "${path}:${word}") return ;;`
        : `    "${path}:${word}") mapfile -t COMPREPLY < <(compgen -W "${takesRun ? `$(${RUN_NAMES})` : values.join(" ")}" -P "$prefix" -- "$current"); return ;;`,
    );
