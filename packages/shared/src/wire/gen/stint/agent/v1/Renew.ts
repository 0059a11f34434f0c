// Original file: proto/stint/agent/v1/agent.proto

import type { Long } from '@grpc/proto-loader';

export interface Renew {
  'paidUntilBootUs'?: (number | string | Long);
}

export interface Renew__Output {
  'paidUntilBootUs': (number);
}
