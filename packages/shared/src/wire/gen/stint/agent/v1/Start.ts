// Original file: proto/stint/agent/v1/agent.proto

import type { TaskStart as _stint_agent_v1_TaskStart, TaskStart__Output as _stint_agent_v1_TaskStart__Output } from '../../../stint/agent/v1/TaskStart.js';

export interface Start {
  'tasks'?: (_stint_agent_v1_TaskStart)[];
}

export interface Start__Output {
  'tasks': (_stint_agent_v1_TaskStart__Output)[];
}
