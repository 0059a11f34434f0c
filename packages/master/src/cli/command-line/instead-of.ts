/** What does stint have in place of an option that it does not know, and that GNU parallel, xargs or another verb has? */

/** @param option as it was typed, `-P4` or `--eta` @param verb as the user called it */
export function insteadOf(option: string, verb: string): string | undefined {
  const word = option.startsWith("--") ? option.replace(/=.*$/u, "") : option.slice(0, 2);
  if (verb === "stint plan" && word === "--dry-run")
    return "stint run --dry-run, which starts nothing either";
  if (word === "--run") return `${verb} RUN, the run's folder without an option`;
  if (verb !== "stint run" && verb !== "stint plan") return undefined;
  return INSTEAD.find(({ words }) => words.includes(word))?.said;
}

/** Words that mean the same, and what to say or do instead of them. */
interface Instead {
  readonly words: readonly string[];
  readonly said: string;
}

const MANY_INPUTS =
  "a task has one input of each list; for several at once: xargs -n 9 echo COMMAND < FILE | stint run -";
const LINES = "inputs are lines; tr makes them of others: tr '\\0' '\\n' | stint run --input - COMMAND";
const SEEN = "leave it out: the live screen shows it, and stint watch from elsewhere";
const TABLE = "a template, with csv: FILE and the names of its columns in braces: stint run bag.yaml";

const INSTEAD: readonly Instead[] = [
  {
    words: ["-P", "--max-procs", "--procs"],
    said: "--jobs COUNT, or slots and max of a cluster in stint.yaml",
  },
  {
    words: ["-k", "--keep-order"],
    said: "leave it out: stint logs --all --stdout shows what tasks printed in the bag's order",
  },
  { words: ["--joblog"], said: "leave it out: runs/latest/joblog.tsv is always written" },
  { words: ["-a", "--arg-file"], said: "--input FILE, or :::: FILE behind the command" },
  { words: ["-0", "--null", "-d", "--delimiter"], said: LINES },
  { words: ["--bar", "--eta", "--progress", "--verbose", "-t", "-v"], said: SEEN },
  {
    words: ["-q", "--quote"],
    said: "values are always quoted as they are put in; for a command without a shell: argv in a bag",
  },
  {
    words: ["--tag", "--tagstring"],
    said: "stint logs --all says which task printed what, as does --results-jsonl FILE",
  },
  { words: ["-X", "-m", "--xargs", "-n", "-N", "--max-args", "-L", "--max-lines"], said: MANY_INPUTS },
  { words: ["-I", "-i", "--replace"], said: "{} is the input, {1} and {2} are of several" },
  { words: ["-C", "--colsep", "--header"], said: TABLE },
  {
    words: ["-u", "--ungroup", "--group", "--lb", "--line-buffer"],
    said: "stint logs -f TASK, while it runs",
  },
  { words: ["--resume"], said: "stint resume" },
  { words: ["--resume-failed", "--retry-failed"], said: "stint retry --failed" },
  { words: ["-S", "--sshlogin", "--slf"], said: "the clusters of stint.yaml; for now all are this computer" },
  {
    words: ["--wd", "--workdir"],
    said: "tasks run where stint is called; cwd in a bag or template is another",
  },
  {
    words: ["--pipe", "--pipepart"],
    said: "not yet; split the input first, and take each piece as an input",
  },
  { words: ["-r", "--no-run-if-empty"], said: "leave it out: a list without an input is refused" },
  { words: ["--dryrun"], said: "--dry-run" },
];
