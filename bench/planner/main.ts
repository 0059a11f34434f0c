/**
 * What does thinking cost? Offers and reviews as an imagined run asks for them, the loop while they are computed on
 * the thread of a live run, and the planner's own steps for bags of a thousand tasks and of a million.
 *
 *     npm run bench:planner [-- --rounds 9 --most 1000000 --floor]
 *
 * With --floor the exit code is 1 when one takes longer than is promised in this folder's README.
 */
import { parseArgs } from "node:util";
import { answer } from "@stint/master/planner/answer.js";
import type { Question } from "@stint/master/planner/questions.js";
import { median } from "../median.js";
import { imaginedRun, threeOf24, toldRun } from "./imagine.js";
import { loopWhileThinking } from "./loop-delay.js";
import { machineTypes } from "./machine-types.js";
import { questionsOf } from "./questions-of.js";
import { stepsOf } from "./step-cost.js";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    most: { type: "string", default: "1000000" },
    floor: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const missed: string[] = [];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function held(name: string, found: number, most: number): string {
  if (found > most) missed.push(`${name}: ${found.toFixed(0)} ms, promised ${String(most)} ms`);
  return `${name.padEnd(64)} ${found.toFixed(1).padStart(8)} ms   at most ${String(most)}`;
}

/** The median over the rounds of one question. */
function millisecondsOf(question: Question): number {
  const times = Array.from({ length: rounds }, () => {
    const since = performance.now();
    answer(question);
    return performance.now() - since;
  });
  return median(times);
}

const slowest = (questions: readonly Question[]): number => Math.max(0, ...questions.map(millisecondsOf));
const reviewsOf = (questions: readonly Question[]): Question[] =>
  questions.filter(({ kind }) => kind === "review");
const offersOf = (questions: readonly Question[]): Question[] =>
  questions.filter(({ kind }) => kind === "offers");
/** As if it had to look for a better plan, which it does every few reviews. */
const searching = (questions: readonly Question[]): Question[] =>
  reviewsOf(questions).map((question) => ({ ...question, search: true }) as Question);

const types = machineTypes();
const small = questionsOf(imaginedRun(threeOf24(), { tasks: 1000, mean: 900, dollars: 40 }));
say(held("four offers, 3 clusters of 24", slowest(offersOf(small)), 300));
say(
  held(
    `slowest of ${String(reviewsOf(small).length)} reviews, 3 clusters of 24, 1,000 tasks`,
    slowest(searching(small)),
    500,
  ),
);
const terms = { tasks: 10_000, mean: 900, dollars: 300 };
const many = questionsOf(imaginedRun(types, terms), 4);
const count = String(types.clusters.length);
say(
  held(
    `four offers, those tried of ${count} types (${types.source}) of 100, 10,000 tasks`,
    slowest(offersOf(many)),
    5000,
  ),
);
say(held("slowest of its first reviews", slowest(searching(many)), 5000));
const [heaviest] = questionsOf(toldRun(types, terms), 1);
if (heaviest === undefined) throw new Error("the run of many types asked for no offers");
say(held(`four offers, all ${count} types known`, millisecondsOf(heaviest), 5000));
const large = questionsOf(imaginedRun(threeOf24(), { tasks: 100_000, mean: 900, dollars: 4000 }), 20);
say(held("slowest of 20 reviews of 100,000 tasks on 3 clusters of 24", slowest(searching(large)), 500));

const delays = await loopWhileThinking(heaviest, rounds);
say(held(`longest pause of the loop meanwhile (idle: ${delays.idle.toFixed(1)} ms)`, delays.thinking, 20));

say("\n     tasks   steps   µs/step   µs/task   slowest of 1,000, ms   longest, ms");
for (const tasks of [1_000, 10_000, 100_000, Number(values.most)]) {
  const cost = stepsOf(imaginedRun(threeOf24(), { tasks, mean: 900, dollars: tasks / 20 }));
  say(
    `${String(tasks).padStart(10)}${String(cost.steps).padStart(8)}${cost.perStep.toFixed(1).padStart(10)}` +
      `${(cost.total / tasks).toFixed(1).padStart(10)}${cost.ofThousand.toFixed(2).padStart(23)}` +
      cost.longest.toFixed(1).padStart(14),
  );
}

if (values.floor && missed.length > 0) {
  say(`\nSlower than promised: ${missed.join("; ")}`);
  process.exitCode = 1;
}
