/** The thread that answers questions; it holds nothing between two of them. */
import { answer, type Answer } from "../planner/answer.js";
import type { Question } from "../planner/questions.js";

// A worker's entry is its default export: the one place where the thread pool asks for one.
export { think as default };

function think(question: Question): Answer {
  return answer(question);
}
