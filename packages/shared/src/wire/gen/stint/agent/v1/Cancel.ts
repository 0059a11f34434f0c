// Original file: proto/stint/agent/v1/agent.proto

import type { AttemptRef as _stint_agent_v1_AttemptRef, AttemptRef__Output as _stint_agent_v1_AttemptRef__Output } from '../../../stint/agent/v1/AttemptRef.js';

export interface Cancel {
  'attempts'?: (_stint_agent_v1_AttemptRef)[];
}

export interface Cancel__Output {
  'attempts': (_stint_agent_v1_AttemptRef__Output)[];
}
