/** The completion of zsh: bash's, with what each word says where zsh shows it. */
import { RUN_NAMES, type OptionWord, type VerbWords } from "./words-of.js";

export function zshScript(all: readonly VerbWords[]): string {
  const paths = all.filter(({ path }) => path !== "").map(({ path }) => `"${path}"`);
  return `#compdef stint
# Completion of stint for zsh: put this in a folder of fpath as _stint
_stint() {
  local path_words="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path_words:+$path_words }$word" in
      ${paths.join("|")}) path_words="\${path_words:+$path_words }$word" ;;
    esac
  done
  local before="$words[CURRENT-1]"
  if [[ $words[CURRENT] == --*=* ]]; then before="\${words[CURRENT]%%=*}"; compset -P '*='; fi
  case "$path_words:$before" in
${all.flatMap(valueCases).join("\n")}
  esac
  local -a told
  case "$path_words" in
${all.map((verb) => wordCase(verb, all)).join("\n")}
  esac
  case "$path_words" in
    ${ofRuns(all)}) compadd -- $(${RUN_NAMES}) ;;
  esac
  _describe 'stint' told
  _files
}
if [ "$funcstack[1]" = "_stint" ]; then _stint "$@"; else compdef _stint stint; fi
`;
}

const ofRuns = (all: readonly VerbWords[]): string =>
  all
    .filter(({ takesRun }) => takesRun)
    .map(({ path }) => `"${path}"`)
    .join("|");

function wordCase({ path, verbs, options, values }: VerbWords, all: readonly VerbWords[]): string {
  const said = (verb: string): string => all.find((one) => one.path === `${path} ${verb}`.trim())?.says ?? "";
  const told = [
    ...verbs.map((verb) => quoted(verb, said(verb))),
    ...values.map((value) => quoted(value, "")),
    ...options.map(({ word, says }) => quoted(word, says)),
  ];
  return `    "${path}") told=(${told.join(" ")}) ;;`;
}

const quoted = (word: string, says: string): string => `'${`${word}:${says}`.replaceAll("'", `'\\''`)}'`;

const valueCases = ({ path, options }: VerbWords): string[] =>
  options.filter(({ takesValue }) => takesValue).map((option) => valueCase(path, option));

const valueCase = (path: string, { word, values, takesRun }: OptionWord): string => {
  const offered = takesRun ? `$(${RUN_NAMES})` : values.join(" ");
  return `    "${path}:${word}") ${offered === "" ? "_files" : `compadd -- ${offered}`}; return ;;`;
};
