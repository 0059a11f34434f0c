// Original file: proto/stint/agent/v1/agent.proto


export interface Drain {
}

export interface Drain__Output {
}
