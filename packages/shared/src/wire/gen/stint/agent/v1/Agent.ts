// Original file: proto/stint/agent/v1/agent.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AgentMessage as _stint_agent_v1_AgentMessage, AgentMessage__Output as _stint_agent_v1_AgentMessage__Output } from '../../../stint/agent/v1/AgentMessage.js';
import type { MasterMessage as _stint_agent_v1_MasterMessage, MasterMessage__Output as _stint_agent_v1_MasterMessage__Output } from '../../../stint/agent/v1/MasterMessage.js';

export interface AgentClient extends grpc.Client {
  Attach(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stint_agent_v1_AgentMessage, _stint_agent_v1_MasterMessage__Output>;
  Attach(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stint_agent_v1_AgentMessage, _stint_agent_v1_MasterMessage__Output>;
  attach(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stint_agent_v1_AgentMessage, _stint_agent_v1_MasterMessage__Output>;
  attach(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stint_agent_v1_AgentMessage, _stint_agent_v1_MasterMessage__Output>;
  
}

export interface AgentHandlers extends grpc.UntypedServiceImplementation {
  Attach: grpc.handleBidiStreamingCall<_stint_agent_v1_AgentMessage__Output, _stint_agent_v1_MasterMessage>;
  
}

export interface AgentDefinition extends grpc.ServiceDefinition {
  Attach: MethodDefinition<_stint_agent_v1_AgentMessage, _stint_agent_v1_MasterMessage, _stint_agent_v1_AgentMessage__Output, _stint_agent_v1_MasterMessage__Output>
}
