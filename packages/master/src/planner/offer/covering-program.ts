/**
 * The covering problem as an integer program for javascript-lp-solver, and everything that must be checked of
 * its answer: it rounds, drops zero variables, and marks infeasible answers only by a flag. Not asked with a
 * time limit: an answer must not depend on how fast a machine is.
 */
import lp, { type Model as Program } from "javascript-lp-solver";
import type { Item } from "./covering-item.js";

const solver = lp as unknown as typeof lp.default;

/** Counts of each item, or nothing when the program has no answer that can be trusted. */
export function coverByProgram(items: readonly Item[], need: number): number[] | undefined {
  const costScale = 1 / Math.max(1, ...items.map(({ cost }) => cost));
  const yieldScale = 1 / Math.max(1, need);
  const constraints: Record<string, { min?: number; max?: number }> = { enough: { min: need * yieldScale } };
  const variables: Record<string, Record<string, number>> = {};
  const ints: Record<string, 1> = {};
  items.forEach((item, index) => {
    if (item.yield <= 0 || item.most <= 0) return;
    const name = `n${String(index)}`;
    constraints[`most${String(index)}`] = { max: item.most };
    variables[name] = {
      price: item.cost * costScale,
      enough: item.yield * yieldScale,
      [`most${String(index)}`]: 1,
    };
    ints[name] = 1;
  });
  const program = {
    optimize: "price",
    opType: "min",
    constraints,
    variables,
    ints,
    options: { presolve: false },
  };
  const answer: unknown = solver.Solve(program as unknown as Program);
  return readAnswer(answer, items.length);
}

function readAnswer(answer: unknown, items: number): number[] | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const fields = answer as Readonly<Record<string, unknown>>;
  if (fields["feasible"] !== true || fields["bounded"] !== true || fields["isIntegral"] !== true)
    return undefined;
  return Array.from({ length: items }, (_, index) => {
    const value = fields[`n${String(index)}`];
    return typeof value === "number" ? Math.round(value) : 0;
  });
}
