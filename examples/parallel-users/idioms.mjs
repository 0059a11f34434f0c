/** Ten things that people do with GNU parallel and xargs, and how stint is told the same. Each is a line for `sh`. */
export const IDIOMS = [
  {
    does: "a command for each file",
    theirs: "parallel 'wc -c < {}' ::: *.txt",
    ours: "stint run 'wc -c < {}' ::: *.txt",
  },
  {
    does: "name the result after the input",
    theirs: "parallel 'sort {} > {.}.sorted' ::: *.txt",
    ours: "stint run 'sort {} > {.}.sorted' ::: *.txt",
  },
  {
    does: "inputs from a pipe",
    theirs: "find . -name '*.txt' | parallel basename {} .txt",
    ours: "find . -name '*.txt' | stint run --input - basename {} .txt",
  },
  {
    does: "every combination",
    theirs: "parallel echo {1}-{2} ::: red green ::: 1 2 3",
    ours: "stint run echo {1}-{2} ::: red green ::: 1 2 3",
  },
  {
    does: "side by side",
    theirs: "parallel echo {1}-{2} ::: red green :::+ 1 2",
    ours: "stint run echo {1}-{2} ::: red green :::+ 1 2",
  },
  {
    does: "a file of whole commands",
    theirs: "parallel < commands.txt",
    ours: "stint run commands.txt",
  },
  {
    does: "columns by name",
    theirs: "parallel --header : --colsep , 'echo {name} is {age}' :::: people.csv",
    ours: "stint run people.yaml",
  },
  {
    does: "three tries, five seconds each",
    theirs: "parallel --retries 3 --timeout 5 sh flaky.sh ::: one two",
    ours: "stint run --retries 2 --timeout 5s sh flaky.sh ::: one two",
  },
  {
    does: "one input a call, two calls at once",
    theirs: "xargs -d '\\n' -n1 -P2 echo name: < names.list",
    ours: "stint run --input names.list echo name:",
  },
  {
    does: "the input in the middle of a shell line",
    theirs: `xargs -d '\\n' -I{} sh -c 'tr a-z A-Z < "$1" > "$1.up"' _ {} < files.list`,
    ours: "stint run --input files.list 'tr a-z A-Z < {} > {}.up'",
  },
];

/** What the lines work on; names with spaces and quotes, as files have them. */
export const FILES = {
  "plain.txt": "pear\napple\n",
  "with space.txt": "two\nwords\n",
  "it's.txt": "quoted\n",
  "files.list": "plain.txt\nwith space.txt\nit's.txt\n",
  "names.list": "Ada\nGrace Hopper\nO'Neil\n",
  "commands.txt": "echo one\necho two | tr a-z A-Z\nwc -l < plain.txt\n",
  "people.csv": "name,age\nAda,36\nGrace Hopper,85\n",
  "people.yaml": "csv: people.csv\ncommand: echo {name} is {age}\n",
  "flaky.sh": '[ -e "seen-$1" ] || { : > "seen-$1"; exit 1; }\necho "$1 at last"\n',
};
