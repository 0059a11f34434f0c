/** `stint completion`: a static script, made from the declared program. */
import { EXIT, type ExitCode } from "@stint/shared/failures.js";
import type { Verb } from "./command-line/verb.js";
import { bashScript } from "./completion/bash.js";
import { fishScript } from "./completion/fish.js";
import type { Shell } from "./command-line/shells.js";
import { wordsOf } from "./completion/words-of.js";
import { zshScript } from "./completion/zsh.js";
import { printDocument } from "./known-run.js";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

export function completion(
  shell: Shell,
  program: Verb,
  { json }: { readonly json?: true | undefined },
): ExitCode {
  const script = SCRIPTS[shell](wordsOf(program));
  if (json === true) printDocument({ schema: 1, shell, script });
  else process.stdout.write(script);
  return EXIT.done;
}
