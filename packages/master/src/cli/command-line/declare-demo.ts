/** `stint demo`: what does a run look like? */
import { Option } from "@commander-js/extra-typings";
import { DEMO_CASES } from "../demo/case-names.js";
import { CHOOSE_OPTION } from "./shared-options.js";
import { exampleText, JSON_OPTION, newVerb, type Ended, type Verb } from "./verb.js";

export const declareDemo = (ended: Ended): Verb =>
  newVerb("stint demo", "a run to look at, imagined: nothing is rented")
    .description(
      "Plays a published bag in an imagined world, at a pace that can be followed: sample, offers to pick from, run, " +
        "tail, receipt, in about three minutes. The planner, the loop and the screens are those of a real run. Nothing is rented, no task is " +
        "run, no file is written. Ctrl-C leaves.",
    )
    .addOption(
      new Option(
        "--case <name>",
        "which bag: 15 minutes and a little, many short and few long, or five kinds",
      )
        .choices(DEMO_CASES)
        .default("normal" as const),
    )
    .addOption(CHOOSE_OPTION())
    .option("--speed <times>", "how many times as fast as the real clock (default: 60, for levy 90)")
    .option("--seed <number>", "of the bag and of all that happens (default: another one each time)")
    .option("--web", "show it on a page too, for this computer alone, until Ctrl-C")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      exampleText([
        { line: "stint demo", does: "asks which offer to take" },
        { line: "stint demo --case levy --choose fastest --speed 600", does: "a long tail, quickly" },
      ]),
    )
    .action(async (flags) => {
      const { demo } = await import("../demo.js");
      ended(await demo(flags));
    });
