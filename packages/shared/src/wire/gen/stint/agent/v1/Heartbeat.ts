// Original file: proto/stint/agent/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface Heartbeat {
  'nowBootUs'?: (number | string | Long);
}

export interface Heartbeat__Output {
  'nowBootUs': (number);
}
