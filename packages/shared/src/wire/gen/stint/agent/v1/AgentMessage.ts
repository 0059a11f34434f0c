// Original file: proto/stint/agent/v1/agent.proto

import type { Hello as _stint_agent_v1_Hello, Hello__Output as _stint_agent_v1_Hello__Output } from '../../../stint/agent/v1/Hello.js';
import type { Pull as _stint_agent_v1_Pull, Pull__Output as _stint_agent_v1_Pull__Output } from '../../../stint/agent/v1/Pull.js';
import type { Results as _stint_agent_v1_Results, Results__Output as _stint_agent_v1_Results__Output } from '../../../stint/agent/v1/Results.js';
import type { Heartbeat as _stint_agent_v1_Heartbeat, Heartbeat__Output as _stint_agent_v1_Heartbeat__Output } from '../../../stint/agent/v1/Heartbeat.js';

export interface AgentMessage {
  'hello'?: (_stint_agent_v1_Hello | null);
  'pull'?: (_stint_agent_v1_Pull | null);
  'results'?: (_stint_agent_v1_Results | null);
  'heartbeat'?: (_stint_agent_v1_Heartbeat | null);
  'body'?: "hello"|"pull"|"results"|"heartbeat";
}

export interface AgentMessage__Output {
  'hello'?: (_stint_agent_v1_Hello__Output | null);
  'pull'?: (_stint_agent_v1_Pull__Output | null);
  'results'?: (_stint_agent_v1_Results__Output | null);
  'heartbeat'?: (_stint_agent_v1_Heartbeat__Output | null);
  'body'?: "hello"|"pull"|"results"|"heartbeat";
}
