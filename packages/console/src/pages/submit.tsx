/** Hands in a bag: a file dropped or chosen, a budget, and what else may be said about it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Submission } from "@stint/shared/api/runs.js";
import type { Role } from "@stint/shared/api/runs.js";
import { call } from "../client/call.js";
import { troubleFrom, type CallTrouble } from "../client/trouble.js";
import { visible } from "../output/visible.js";
import { useTab } from "../parts/tab-icon.js";
import { TroubleNote } from "../parts/trouble.js";
import { toRun } from "../route.js";
import { counted } from "../words/count.js";
import { usdWord } from "../words/money.js";
import { BagDrop, type BagFile } from "./bag-drop.js";

export function SubmitPage({ role }: { readonly role: Role }): JSX.Element {
  const [bag, setBag] = useState<BagFile>();
  const [trouble, setTrouble] = useState<CallTrouble>();
  const [busy, setBusy] = useState(false);
  useTab("stint: submit a bag");
  if (role === "viewer")
    return <p class="note wait">Who only looks cannot submit: sign in with the operator's token.</p>;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (bag === undefined) return;
    setBusy(true);
    try {
      const { run } = await call.submit(
        submissionOf(bag, new FormData(event.currentTarget as HTMLFormElement)),
      );
      location.hash = toRun(run);
    } catch (reason) {
      setTrouble(troubleFrom(reason));
    }
    setBusy(false);
  };
  return (
    <div class="page narrow">
      <h1>Submit a bag</h1>
      <form class="submit" onSubmit={(event) => void submit(event)}>
        <BagDrop bag={bag} take={setBag} />
        {bag === undefined ? null : <BagLook bag={bag} />}
        <BudgetField />
        <details>
          <summary>More about how it runs</summary>
          <Field
            name="name"
            label="Name of the run"
            note="Letters, digits, dots and dashes"
            pattern="[\w.\-]{1,80}"
          />
          <Field name="retries" label="Retries of a task that fails" note="0 to 100" pattern="\d{1,3}" />
          <Field name="timeout" label="Longest time of a task" note="As 90s, 10min or 2h" />
          <Field name="cwd" label="Folder that commands run in" note="Else the master's own" />
          <label class="choice">
            <input type="checkbox" name="replicable" />
            Tasks may run twice at the same time
          </label>
        </details>
        <p class="quiet small">Commands of a bag run as the user that this master runs as.</p>
        {trouble === undefined ? null : <TroubleNote trouble={trouble} />}
        <button type="submit" class="first" disabled={bag === undefined || busy}>
          {busy ? "Submitting …" : "Submit"}
        </button>
      </form>
    </div>
  );
}

function submissionOf(bag: BagFile, form: FormData): Submission {
  const word = (name: string): string | undefined => {
    const value = form.get(name);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const [name, cwd, timeout, retries, budget] = [
    word("name"),
    word("cwd"),
    word("timeout"),
    word("retries"),
    word("budget"),
  ];
  return {
    bag: { file_name: bag.name, text: bag.text },
    ...(budget === undefined ? {} : { budget: usdWord(budget) ?? budget }),
    ...(name === undefined ? {} : { name }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(timeout === undefined ? {} : { timeout }),
    ...(retries === undefined ? {} : { retries: Number(retries) }),
    ...(form.get("replicable") === null ? {} : { replicable: true }),
  };
}

const BudgetField = (): JSX.Element => (
  <div class="field">
    <label for="budget">Budget in US dollars</label>
    <div class="with-unit">
      <span aria-hidden="true">$</span>
      <input
        id="budget"
        name="budget"
        inputMode="decimal"
        aria-describedby="budget-note"
        autoComplete="off"
      />
    </div>
    <p id="budget-note" class="quiet small">
      The most that this run may ever cost. You pick one of four offers within it after a sample.
    </p>
  </div>
);

const Field = ({ name, label, note, pattern }: FieldProps): JSX.Element => (
  <div class="field">
    <label for={name}>{label}</label>
    <input id={name} name={name} pattern={pattern} aria-describedby={`${name}-note`} autoComplete="off" />
    <p id={`${name}-note`} class="quiet small">
      {note}
    </p>
  </div>
);

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  readonly pattern?: string;
}

const LINES_SHOWN = 5;
/** The first lines as they are, before anything is run of them. */
function BagLook({ bag }: { readonly bag: BagFile }): JSX.Element {
  const lines = bag.text.split("\n", LINES_SHOWN);
  return (
    <figure class="bag-look">
      <figcaption class="small">
        <strong>{visible(bag.name)}</strong>, {counted(bag.lines, "line")}
      </figcaption>
      <pre tabIndex={0} aria-label="First lines of the bag">
        {lines.map((line) => visible(line.slice(0, 200))).join("\n")}
        {bag.lines > LINES_SHOWN ? "\n…" : ""}
      </pre>
    </figure>
  );
}
