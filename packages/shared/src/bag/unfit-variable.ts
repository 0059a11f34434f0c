/** Can a task's environment hold this variable? */
import { quoted, type Misread } from "../misread.js";
import { unfitArgument } from "./argument.js";

export const unfitVariable = (name: string, value: string): Misread | undefined =>
  unfitName(name) ?? unfitArgument(`${name}=${value}`, `the variable ${quoted(name)}`);

function unfitName(name: string): Misread | undefined {
  if (name.startsWith("STINT_")) {
    return {
      code: "reserved-name",
      found: `the variable ${quoted(name)}`,
      expected: "another name: what begins with STINT_ is told to each task by stint",
      hint: `call it ${quoted(name.replace(/^(?:STINT_)+/u, "MY_"))}`,
    };
  }
  if (name !== "" && !name.includes("=")) return undefined;
  return {
    code: "bad-name",
    found: name === "" ? "a variable without a name" : `the variable ${quoted(name)}`,
    expected: "names without =",
    hint: '"env": {"SEED": "7"}',
  };
}
