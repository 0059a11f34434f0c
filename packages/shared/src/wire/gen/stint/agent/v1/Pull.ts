// Original file: proto/stint/agent/v1/agent.proto


export interface Pull {
  'credit'?: (number);
}

export interface Pull__Output {
  'credit': (number);
}
