// Original file: proto/stint/agent/v1/agent.proto

import type { AttemptRef as _stint_agent_v1_AttemptRef, AttemptRef__Output as _stint_agent_v1_AttemptRef__Output } from '../../../stint/agent/v1/AttemptRef.js';
import type { EndingKind as _stint_agent_v1_EndingKind, EndingKind__Output as _stint_agent_v1_EndingKind__Output } from '../../../stint/agent/v1/EndingKind.js';
import type { Long } from '@grpc/proto-loader';

export interface TaskResult {
  'ref'?: (_stint_agent_v1_AttemptRef | null);
  'ending'?: (_stint_agent_v1_EndingKind);
  'exitCode'?: (number);
  'reason'?: (string);
  'startedBootUs'?: (number | string | Long);
  'endedBootUs'?: (number | string | Long);
  'slot'?: (number);
  'stdoutBytes'?: (number | string | Long);
  'stderrBytes'?: (number | string | Long);
  'cpuUs'?: (number | string | Long);
  'peakMemoryBytes'?: (number | string | Long);
  '_cpuUs'?: "cpuUs";
  '_peakMemoryBytes'?: "peakMemoryBytes";
}

export interface TaskResult__Output {
  'ref': (_stint_agent_v1_AttemptRef__Output | null);
  'ending': (_stint_agent_v1_EndingKind__Output);
  'exitCode': (number);
  'reason': (string);
  'startedBootUs': (number);
  'endedBootUs': (number);
  'slot': (number);
  'stdoutBytes': (number);
  'stderrBytes': (number);
  'cpuUs'?: (number);
  'peakMemoryBytes'?: (number);
  '_cpuUs'?: "cpuUs";
  '_peakMemoryBytes'?: "peakMemoryBytes";
}
