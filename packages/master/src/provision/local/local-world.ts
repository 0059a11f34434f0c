/** What the local provider is given, and what it knows of each of its machines. */
import type { MachineId } from "@stint/shared/ids.js";
import type { Duration } from "@stint/shared/units.js";
import type { Deliver, LaunchOrder } from "../../drive/ports.js";
import type { AgentFolder, CommonAgentConfig } from "./agent-folder.js";
import type { AgentCommand, AgentProcess } from "./agent-process.js";
import type { MachineTime } from "./spooled-results.js";
import type { Sweeper } from "./sweep.js";

export interface LocalOptions extends MachineTime {
  /** Absolute; each agent gets a folder of its own in it. */
  readonly folder: string;
  readonly deliver: Deliver;
  /** Its bag's id is unlike that of every other run on this computer: what the run started is known by it. */
  readonly agentConfig: (order: LaunchOrder) => CommonAgentConfig;
  /** The same whenever it is asked. */
  readonly tokenFor: (machine: MachineId) => string;
  readonly agentCommand: AgentCommand;
  /** Is this agent's connection open now? Asked of agents that were found running. */
  readonly isConnected: (machine: MachineId) => boolean;
  /** Something a person should know that changes nothing for the run. */
  readonly onTrouble: (text: string) => void;
  /** An agent that was found running and is not connected by then is ended. */
  readonly backWithin?: Duration;
  /** An agent that was told to end and has not by then is killed. */
  readonly endWithin?: Duration;
}

export interface LocalWorld extends Required<LocalOptions> {
  readonly sweeper: Sweeper;
  /** Folders that are being emptied behind machines that are gone. */
  readonly tidying: Set<Promise<void>>;
  closed: boolean;
  /** Ends when the next machine may be looked at: starting a process holds everything else up. */
  turn: Promise<void>;
}

export interface Machine {
  readonly id: MachineId;
  /** Absent when only its end was ever asked for. */
  readonly order: LaunchOrder | undefined;
  readonly folder: AgentFolder;
  /** While it runs. */
  agent: AgentProcess | undefined;
  /** Why it has to end; absent while it is wanted. */
  unwanted: string | undefined;
}
