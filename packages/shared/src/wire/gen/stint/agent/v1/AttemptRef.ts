// Original file: proto/stint/agent/v1/agent.proto


export interface AttemptRef {
  'task'?: (number);
  'attempt'?: (number);
}

export interface AttemptRef__Output {
  'task': (number);
  'attempt': (number);
}
