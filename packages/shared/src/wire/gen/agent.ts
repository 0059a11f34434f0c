import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { Ack as _stint_agent_v1_Ack, Ack__Output as _stint_agent_v1_Ack__Output } from './stint/agent/v1/Ack.js';
import type { AgentClient as _stint_agent_v1_AgentClient, AgentDefinition as _stint_agent_v1_AgentDefinition } from './stint/agent/v1/Agent.js';
import type { AgentMessage as _stint_agent_v1_AgentMessage, AgentMessage__Output as _stint_agent_v1_AgentMessage__Output } from './stint/agent/v1/AgentMessage.js';
import type { Argv as _stint_agent_v1_Argv, Argv__Output as _stint_agent_v1_Argv__Output } from './stint/agent/v1/Argv.js';
import type { AttemptRef as _stint_agent_v1_AttemptRef, AttemptRef__Output as _stint_agent_v1_AttemptRef__Output } from './stint/agent/v1/AttemptRef.js';
import type { Cancel as _stint_agent_v1_Cancel, Cancel__Output as _stint_agent_v1_Cancel__Output } from './stint/agent/v1/Cancel.js';
import type { Drain as _stint_agent_v1_Drain, Drain__Output as _stint_agent_v1_Drain__Output } from './stint/agent/v1/Drain.js';
import type { Heartbeat as _stint_agent_v1_Heartbeat, Heartbeat__Output as _stint_agent_v1_Heartbeat__Output } from './stint/agent/v1/Heartbeat.js';
import type { Hello as _stint_agent_v1_Hello, Hello__Output as _stint_agent_v1_Hello__Output } from './stint/agent/v1/Hello.js';
import type { MasterMessage as _stint_agent_v1_MasterMessage, MasterMessage__Output as _stint_agent_v1_MasterMessage__Output } from './stint/agent/v1/MasterMessage.js';
import type { Pull as _stint_agent_v1_Pull, Pull__Output as _stint_agent_v1_Pull__Output } from './stint/agent/v1/Pull.js';
import type { Refused as _stint_agent_v1_Refused, Refused__Output as _stint_agent_v1_Refused__Output } from './stint/agent/v1/Refused.js';
import type { Renew as _stint_agent_v1_Renew, Renew__Output as _stint_agent_v1_Renew__Output } from './stint/agent/v1/Renew.js';
import type { Results as _stint_agent_v1_Results, Results__Output as _stint_agent_v1_Results__Output } from './stint/agent/v1/Results.js';
import type { Start as _stint_agent_v1_Start, Start__Output as _stint_agent_v1_Start__Output } from './stint/agent/v1/Start.js';
import type { TaskResult as _stint_agent_v1_TaskResult, TaskResult__Output as _stint_agent_v1_TaskResult__Output } from './stint/agent/v1/TaskResult.js';
import type { TaskStart as _stint_agent_v1_TaskStart, TaskStart__Output as _stint_agent_v1_TaskStart__Output } from './stint/agent/v1/TaskStart.js';
import type { Welcome as _stint_agent_v1_Welcome, Welcome__Output as _stint_agent_v1_Welcome__Output } from './stint/agent/v1/Welcome.js';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stint: {
    agent: {
      v1: {
        Ack: MessageTypeDefinition<_stint_agent_v1_Ack, _stint_agent_v1_Ack__Output>
        Agent: SubtypeConstructor<typeof grpc.Client, _stint_agent_v1_AgentClient> & { service: _stint_agent_v1_AgentDefinition }
        AgentMessage: MessageTypeDefinition<_stint_agent_v1_AgentMessage, _stint_agent_v1_AgentMessage__Output>
        Argv: MessageTypeDefinition<_stint_agent_v1_Argv, _stint_agent_v1_Argv__Output>
        AttemptRef: MessageTypeDefinition<_stint_agent_v1_AttemptRef, _stint_agent_v1_AttemptRef__Output>
        Cancel: MessageTypeDefinition<_stint_agent_v1_Cancel, _stint_agent_v1_Cancel__Output>
        Drain: MessageTypeDefinition<_stint_agent_v1_Drain, _stint_agent_v1_Drain__Output>
        EndingKind: EnumTypeDefinition
        Heartbeat: MessageTypeDefinition<_stint_agent_v1_Heartbeat, _stint_agent_v1_Heartbeat__Output>
        Hello: MessageTypeDefinition<_stint_agent_v1_Hello, _stint_agent_v1_Hello__Output>
        MasterMessage: MessageTypeDefinition<_stint_agent_v1_MasterMessage, _stint_agent_v1_MasterMessage__Output>
        Pull: MessageTypeDefinition<_stint_agent_v1_Pull, _stint_agent_v1_Pull__Output>
        Refused: MessageTypeDefinition<_stint_agent_v1_Refused, _stint_agent_v1_Refused__Output>
        Renew: MessageTypeDefinition<_stint_agent_v1_Renew, _stint_agent_v1_Renew__Output>
        Results: MessageTypeDefinition<_stint_agent_v1_Results, _stint_agent_v1_Results__Output>
        Start: MessageTypeDefinition<_stint_agent_v1_Start, _stint_agent_v1_Start__Output>
        TaskResult: MessageTypeDefinition<_stint_agent_v1_TaskResult, _stint_agent_v1_TaskResult__Output>
        TaskStart: MessageTypeDefinition<_stint_agent_v1_TaskStart, _stint_agent_v1_TaskStart__Output>
        Welcome: MessageTypeDefinition<_stint_agent_v1_Welcome, _stint_agent_v1_Welcome__Output>
      }
    }
  }
}

