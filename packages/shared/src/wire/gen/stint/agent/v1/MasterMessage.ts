// Original file: proto/stint/agent/v1/agent.proto

import type { Welcome as _stint_agent_v1_Welcome, Welcome__Output as _stint_agent_v1_Welcome__Output } from '../../../stint/agent/v1/Welcome.js';
import type { Start as _stint_agent_v1_Start, Start__Output as _stint_agent_v1_Start__Output } from '../../../stint/agent/v1/Start.js';
import type { Ack as _stint_agent_v1_Ack, Ack__Output as _stint_agent_v1_Ack__Output } from '../../../stint/agent/v1/Ack.js';
import type { Cancel as _stint_agent_v1_Cancel, Cancel__Output as _stint_agent_v1_Cancel__Output } from '../../../stint/agent/v1/Cancel.js';
import type { Renew as _stint_agent_v1_Renew, Renew__Output as _stint_agent_v1_Renew__Output } from '../../../stint/agent/v1/Renew.js';
import type { Drain as _stint_agent_v1_Drain, Drain__Output as _stint_agent_v1_Drain__Output } from '../../../stint/agent/v1/Drain.js';
import type { Refused as _stint_agent_v1_Refused, Refused__Output as _stint_agent_v1_Refused__Output } from '../../../stint/agent/v1/Refused.js';

export interface MasterMessage {
  'welcome'?: (_stint_agent_v1_Welcome | null);
  'start'?: (_stint_agent_v1_Start | null);
  'ack'?: (_stint_agent_v1_Ack | null);
  'cancel'?: (_stint_agent_v1_Cancel | null);
  'renew'?: (_stint_agent_v1_Renew | null);
  'drain'?: (_stint_agent_v1_Drain | null);
  'refused'?: (_stint_agent_v1_Refused | null);
  'body'?: "welcome"|"start"|"ack"|"cancel"|"renew"|"drain"|"refused";
}

export interface MasterMessage__Output {
  'welcome'?: (_stint_agent_v1_Welcome__Output | null);
  'start'?: (_stint_agent_v1_Start__Output | null);
  'ack'?: (_stint_agent_v1_Ack__Output | null);
  'cancel'?: (_stint_agent_v1_Cancel__Output | null);
  'renew'?: (_stint_agent_v1_Renew__Output | null);
  'drain'?: (_stint_agent_v1_Drain__Output | null);
  'refused'?: (_stint_agent_v1_Refused__Output | null);
  'body'?: "welcome"|"start"|"ack"|"cancel"|"renew"|"drain"|"refused";
}
