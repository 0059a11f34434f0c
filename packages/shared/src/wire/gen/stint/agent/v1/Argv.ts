// Original file: proto/stint/agent/v1/agent.proto


export interface Argv {
  'words'?: (string)[];
}

export interface Argv__Output {
  'words': (string)[];
}
