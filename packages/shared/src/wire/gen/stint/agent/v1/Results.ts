// Original file: proto/stint/agent/v1/agent.proto

import type { TaskResult as _stint_agent_v1_TaskResult, TaskResult__Output as _stint_agent_v1_TaskResult__Output } from '../../../stint/agent/v1/TaskResult.js';
import type { Long } from '@grpc/proto-loader';

export interface Results {
  'seq'?: (number | string | Long);
  'results'?: (_stint_agent_v1_TaskResult)[];
}

export interface Results__Output {
  'seq': (number);
  'results': (_stint_agent_v1_TaskResult__Output)[];
}
