/**
 * What do tasks inherit of the submitter's environment? All that does not look secret; what is named with `--env` as
 * well, but that is written into no file and has to be there again at a resume.
 */
import { quoted, troubleAt, type Misread, type Place } from "@stint/shared/misread.js";
import { nearestWord } from "@stint/shared/nearest-word.js";

export interface EnvironmentWish {
  /** The names given with `--env`. */
  readonly keep: readonly string[];
  /** `--no-env`: nothing but what is named. */
  readonly nothing: boolean;
}

export interface InheritedEnvironment {
  readonly stored: Readonly<Record<string, string>>;
  readonly named: Readonly<Record<string, string>>;
  /** Names that were kept back because they look secret, in order. */
  readonly dropped: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Upper or lower case says nothing here. */
const SECRET = /^AWS_|_TOKEN$|SECRET|PASSWORD|_KEY$/iu;
/** Of a stint that runs this one as a task; each task is told its own. */
const OURS = /^STINT_/u;

export function inheritedEnvironment(variables: Variables, wish: EnvironmentWish): InheritedEnvironment {
  const named = namedVariables(wish.keep, variables);
  const stored: Record<string, string> = Object.create(null) as Record<string, string>;
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined || OURS.test(name) || Object.hasOwn(named, name)) continue;
    if (SECRET.test(name)) dropped.push(name);
    else stored[name] = value;
  }
  return wish.nothing
    ? { stored: {}, named, dropped: [] }
    : { stored: { ...stored }, named, dropped: dropped.sort() };
}

/** Their values as they are now, at the beginning and again at a resume; a name without a value is trouble. */
export function namedVariables(names: readonly string[], variables: Variables): Record<string, string> {
  const place: Place = { kind: "usage", where: "--env" };
  const entries = names.map((name): [string, string] => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    const unfit = unfitName(name);
    if (unfit !== undefined) throw troubleAt(place, unfit);
    if (value === undefined) throw troubleAt(place, notSet(name, variables));
    return [name, value];
  });
  return Object.fromEntries(entries);
}

function unfitName(name: string): Misread | undefined {
  if (OURS.test(name)) {
    return {
      code: "reserved-name",
      found: quoted(name),
      expected: "another name: what begins with STINT_ is told to each task by stint",
      hint: "leave it out",
    };
  }
  const [before = ""] = name.split("=", 1);
  if (name !== "" && before === name) return undefined;
  return {
    code: "bad-name",
    found: name === "" ? "an empty name" : `a name with a value: ${quoted(before)}=…`,
    expected: "the name of a variable of this environment",
    hint: before === "" ? "--env NAME" : `--env ${before}, with the value in your environment`,
  };
}

function notSet(name: string, variables: Variables): Misread {
  const near = nearestWord(name, Object.keys(variables));
  return {
    code: "not-set",
    found: `${quoted(name)}, which is not set`,
    expected: "a variable of this environment: its value is kept in no file",
    hint: near === undefined ? `export ${name}=… first, or leave it out` : `did you mean "${near}"?`,
  };
}
