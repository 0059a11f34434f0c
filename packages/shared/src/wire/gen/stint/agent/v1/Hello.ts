// Original file: proto/stint/agent/v1/agent.proto

import type { AttemptRef as _stint_agent_v1_AttemptRef, AttemptRef__Output as _stint_agent_v1_AttemptRef__Output } from '../../../stint/agent/v1/AttemptRef.js';
import type { Long } from '@grpc/proto-loader';

export interface Hello {
  'machine'?: (string);
  'agentVersion'?: (string);
  'slots'?: (number);
  'bootId'?: (string);
  'nowBootUs'?: (number | string | Long);
  'holding'?: (_stint_agent_v1_AttemptRef)[];
  'containment'?: (string);
}

export interface Hello__Output {
  'machine': (string);
  'agentVersion': (string);
  'slots': (number);
  'bootId': (string);
  'nowBootUs': (number);
  'holding': (_stint_agent_v1_AttemptRef__Output)[];
  'containment': (string);
}
