// Original file: proto/stint/agent/v1/agent.proto

import type { AttemptRef as _stint_agent_v1_AttemptRef, AttemptRef__Output as _stint_agent_v1_AttemptRef__Output } from '../../../stint/agent/v1/AttemptRef.js';
import type { Argv as _stint_agent_v1_Argv, Argv__Output as _stint_agent_v1_Argv__Output } from '../../../stint/agent/v1/Argv.js';
import type { Long } from '@grpc/proto-loader';

export interface TaskStart {
  'ref'?: (_stint_agent_v1_AttemptRef | null);
  'id'?: (string);
  'shell'?: (string);
  'argv'?: (_stint_agent_v1_Argv | null);
  'cwd'?: (string);
  'env'?: ({[key: string]: string});
  'timeoutUs'?: (number | string | Long);
  'slowdown'?: (number | string);
  'replica'?: (number);
  'outputs'?: (string)[];
  'command'?: "shell"|"argv";
}

export interface TaskStart__Output {
  'ref': (_stint_agent_v1_AttemptRef__Output | null);
  'id': (string);
  'shell'?: (string);
  'argv'?: (_stint_agent_v1_Argv__Output | null);
  'cwd': (string);
  'env': ({[key: string]: string});
  'timeoutUs': (number);
  'slowdown': (number);
  'replica': (number);
  'outputs': (string)[];
  'command'?: "shell"|"argv";
}
