// Original file: proto/stint/agent/v1/agent.proto


export interface Refused {
  'code'?: (string);
  'text'?: (string);
}

export interface Refused__Output {
  'code': (string);
  'text': (string);
}
