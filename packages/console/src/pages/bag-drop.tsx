/** Where a bag's file is dropped, or chosen with the keyboard. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";

export interface BagFile {
  readonly name: string;
  readonly text: string;
  readonly lines: number;
}

/** As the master takes at most. */
const BYTES_MOST = 64 * 1024 * 1024;

export function BagDrop({ bag, take }: BagDropProps): JSX.Element {
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState("");
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setRefused(
      file.size > BYTES_MOST ? `${file.name} is larger than 64 MiB: submit it with stint submit.` : "",
    );
    if (file.size > BYTES_MOST) return;
    const text = await file.text();
    take({ name: file.name, text, lines: linesIn(text) });
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer?.files[0]);
  };
  return (
    <div
      class={`drop ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label for="bag">
        {bag === undefined ? "Drop a bag file here, or choose one" : "Drop another, or choose one"}
      </label>
      <input
        id="bag"
        type="file"
        accept=".txt,.jsonl,.yaml,.yml,.sh"
        onChange={(event) => void read(event.currentTarget.files?.[0])}
      />
      <p class="quiet small">One command a line (.txt), JSON lines (.jsonl), or YAML (.yaml)</p>
      <p class="bad-word" role="alert">
        {refused}
      </p>
    </div>
  );
}

interface BagDropProps {
  readonly bag: BagFile | undefined;
  readonly take: (bag: BagFile) => void;
}

function linesIn(text: string): number {
  let lines = text === "" || text.endsWith("\n") ? 0 : 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines++;
  return lines;
}
