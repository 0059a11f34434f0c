// Original file: proto/stint/agent/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface Welcome {
  'paidUntilBootUs'?: (number | string | Long);
  'heartbeatMs'?: (number);
  'ackedSeq'?: (number | string | Long);
}

export interface Welcome__Output {
  'paidUntilBootUs': (number);
  'heartbeatMs': (number);
  'ackedSeq': (number);
}
