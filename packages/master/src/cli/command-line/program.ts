/** The whole command line: which verbs there are, in the order in which a person meets them. */
import { VERSION } from "@stint/shared/version.js";
import { declareBudget } from "./declare-budget.js";
import { declareCancel, declarePause, declareStatus, declareWatch } from "./declare-control.js";
import { declareDemo } from "./declare-demo.js";
import { declareDoctor, declareLogs, declareReport } from "./declare-looks.js";
import { declareExplain } from "./declare-explain.js";
import { declareCarryOut, declareChoose, declareMaster, declarePs, declareSubmit } from "./declare-master.js";
import { declarePlan } from "./declare-plan.js";
import { declareResume } from "./declare-resume.js";
import { declareRetry } from "./declare-retry.js";
import { declareRun } from "./declare-run.js";
import { declareSimulate } from "./declare-simulate.js";
import { declareCompletion, declareSchema } from "./declare-tools.js";
import { declareWorker } from "./declare-worker.js";
import { exampleText, newVerb, type Ended, type Verb } from "./verb.js";

export function stintProgram(ended: Ended): Verb {
  const program: Verb = newVerb(
    "stint",
    "runs a bag of tasks on machines that cost money, and never spends more than you said",
  )
    .helpCommand("help [verb]", "show this, or how a verb is called")
    .version(VERSION, "-v, --version", "show the version")
    .addCommand(declareRun(ended))
    .addCommand(declarePlan(ended))
    .addCommand(declareSimulate(ended))
    .addCommand(declareMaster(ended))
    .addCommand(declareSubmit(ended))
    .addCommand(declarePs(ended))
    .addCommand(declareChoose(ended))
    .addCommand(declareDemo(ended))
    .addCommand(declareResume(ended))
    .addCommand(declareRetry(ended))
    .addCommand(declareStatus(ended))
    .addCommand(declareWatch(ended))
    .addCommand(declarePause(ended))
    .addCommand(declareCancel(ended))
    .addCommand(declareBudget(ended))
    .addCommand(declareReport(ended))
    .addCommand(declareLogs(ended))
    .addCommand(declareExplain(ended))
    .addCommand(declareDoctor(ended))
    .addCommand(declareSchema(ended))
    .addCommand(declareCompletion(ended, () => program))
    .addCommand(declareWorker(ended))
    .addCommand(declareCarryOut(ended), { hidden: true })
    .addHelpText(
      "after",
      exampleText([
        { line: "stint run bag.txt --budget 5usd", does: "a command a line; asks which offer to take" },
        { line: "stint demo", does: "three minutes of a run that is only imagined" },
        { line: "stint run --help", does: "everything a run can be told" },
      ]) + EXIT_CODES,
    );
  return program;
}

const EXIT_CODES = `
Exit codes:
  0 all tasks done   1 some failed for good   2 wrong usage
  3 bad bag or configuration   4 a choice is needed (or Ctrl-C at the offers)
  5 the budget cannot buy the bag   6 stopped by the budget
  8 trouble of a provider   9 the run's state cannot be used   130 interrupted
`;
