/** Machines of each cluster over time; right of now, those that are paid for already, with a tick where each one's money ends. */
import type { JSX } from "preact";
import type { History, MachineView } from "@stint/shared/api/history.js";
import type { LiveView } from "@stint/shared/api/live-view.js";
import { clusterInk } from "../charts/ink.js";
import { Panel } from "../parts/panel.js";
import { count } from "../words/count.js";
import { aboutUsd, exactUsd } from "../words/money.js";
import { clock, span } from "../words/time.js";
import { areaPath, paidSteps, pastSteps } from "./machine-steps.js";

const WIDTH = 1_000;
const HEIGHT = 44;
/** Ticks of more machines than can be told apart would be a bar. */
const TICKS_MOST = 200;

export function MachinesPanel({ view, history, machines }: MachinesProps): JSX.Element {
  const start = Date.parse(history.started_at);
  const now = (Date.parse(view.ended_at ?? view.at) - start) / 1_000;
  const there = machines.filter(({ state }) => state !== "gone");
  const end = Math.max(now, 1, ...there.map(({ paid_until_s }) => paid_until_s)) * 1.01;
  return (
    <Panel
      title="Machines, and until when they are paid"
      aside={`${clock(start)} to ${clock(start + end * 1_000)}`}
    >
      <div class="lanes">
        {view.clusters.map((cluster, place) => (
          <div key={cluster.name} class="lane">
            <ClusterWords cluster={cluster} place={place} />
            <Lane
              label={laneLabel(cluster, there)}
              ink={clusterInk(place)}
              past={pastSteps(history.at_s, history.machines[cluster.name] ?? [], now)}
              paid={there
                .filter((one) => one.cluster === cluster.name)
                .map(({ paid_until_s }) => paid_until_s)}
              now={now}
              end={end}
              most={Math.max(
                1,
                cluster.wanted,
                cluster.machines + cluster.booting,
                ...(history.machines[cluster.name] ?? []),
              )}
            />
          </div>
        ))}
      </div>
    </Panel>
  );
}

interface MachinesProps {
  readonly view: LiveView;
  readonly history: History;
  readonly machines: readonly MachineView[];
}
type Cluster = LiveView["clusters"][number];

function ClusterWords({
  cluster,
  place,
}: {
  readonly cluster: Cluster;
  readonly place: number;
}): JSX.Element {
  const booting = cluster.booting > 0 ? `, ${count(cluster.booting)} booting` : "";
  const price = cluster.price_usd_per_hour === 0 ? "free" : `${exactUsd(cluster.price_usd_per_hour)}/h`;
  return (
    <div class="lane-words">
      <div class="lane-name">
        <span class={`swatch ${clusterInk(place)}`} aria-hidden="true" />
        {cluster.name}
        <span class="quiet"> {price}</span>
      </div>
      <div class="small">
        {count(cluster.machines)} of {count(cluster.wanted)} wanted{booting}
      </div>
      <div class="small quiet">
        {count(cluster.busy_slots)} of {count(cluster.slots)} slots busy
        {cluster.mean_s === null ? "" : ` · ${span(cluster.mean_s)} a task`} · {aboutUsd(cluster.spent_usd)}
      </div>
    </div>
  );
}

function laneLabel(cluster: Cluster, there: readonly MachineView[]): string {
  const paid = there.filter((one) => one.cluster === cluster.name).map(({ paid_until_s }) => paid_until_s);
  const until =
    paid.length === 0 ? "" : `; the last is paid until ${span(Math.max(...paid))} after the start`;
  return `${cluster.name}: ${count(cluster.machines)} machines ready${until}.`;
}

function Lane({ label, ink, past, paid, now, end, most }: LaneProps): JSX.Element {
  const x = (at: number): number => (at / end) * WIDTH;
  const y = (of: number): number => HEIGHT - (of / most) * (HEIGHT - 4);
  return (
    <svg
      class={`lane-picture ${ink}`}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path class="lane-past" d={areaPath(past, { x, y, floor: HEIGHT })} />
      <path class="lane-paid" d={areaPath(paidSteps(paid, now), { x, y, floor: HEIGHT })} />
      {paid.slice(0, TICKS_MOST).map((until, place) => (
        <line key={place} class="lane-tick" x1={x(until)} x2={x(until)} y1={HEIGHT - 12} y2={HEIGHT} />
      ))}
      <line class="lane-floor" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      <line class="lane-now" x1={x(now)} x2={x(now)} y1={0} y2={HEIGHT} />
    </svg>
  );
}

interface LaneProps {
  readonly label: string;
  readonly ink: string;
  readonly past: readonly Step[];
  readonly paid: readonly number[];
  readonly now: number;
  readonly end: number;
  readonly most: number;
}
type Step = readonly [at: number, machines: number];
