// Made by generate-wire.mjs from proto/stint/agent/v1/agent.proto; do not edit.
export const described = {
 "nested": {
  "stint": {
   "nested": {
    "agent": {
     "nested": {
      "v1": {
       "nested": {
        "Agent": {
         "methods": {
          "Attach": {
           "requestType": "AgentMessage",
           "requestStream": true,
           "responseType": "MasterMessage",
           "responseStream": true
          }
         }
        },
        "AgentMessage": {
         "oneofs": {
          "body": {
           "oneof": [
            "hello",
            "pull",
            "results",
            "heartbeat"
           ]
          }
         },
         "fields": {
          "hello": {
           "type": "Hello",
           "id": 1
          },
          "pull": {
           "type": "Pull",
           "id": 2
          },
          "results": {
           "type": "Results",
           "id": 3
          },
          "heartbeat": {
           "type": "Heartbeat",
           "id": 4
          }
         }
        },
        "MasterMessage": {
         "oneofs": {
          "body": {
           "oneof": [
            "welcome",
            "start",
            "ack",
            "cancel",
            "renew",
            "drain",
            "refused"
           ]
          }
         },
         "fields": {
          "welcome": {
           "type": "Welcome",
           "id": 1
          },
          "start": {
           "type": "Start",
           "id": 2
          },
          "ack": {
           "type": "Ack",
           "id": 3
          },
          "cancel": {
           "type": "Cancel",
           "id": 4
          },
          "renew": {
           "type": "Renew",
           "id": 5
          },
          "drain": {
           "type": "Drain",
           "id": 6
          },
          "refused": {
           "type": "Refused",
           "id": 7
          }
         }
        },
        "AttemptRef": {
         "fields": {
          "task": {
           "type": "uint32",
           "id": 1
          },
          "attempt": {
           "type": "uint32",
           "id": 2
          }
         }
        },
        "Hello": {
         "fields": {
          "machine": {
           "type": "string",
           "id": 1
          },
          "agentVersion": {
           "type": "string",
           "id": 2
          },
          "slots": {
           "type": "uint32",
           "id": 3
          },
          "bootId": {
           "type": "string",
           "id": 4
          },
          "nowBootUs": {
           "type": "uint64",
           "id": 5
          },
          "holding": {
           "rule": "repeated",
           "type": "AttemptRef",
           "id": 6
          },
          "containment": {
           "type": "string",
           "id": 7
          }
         }
        },
        "Welcome": {
         "fields": {
          "paidUntilBootUs": {
           "type": "uint64",
           "id": 1
          },
          "heartbeatMs": {
           "type": "uint32",
           "id": 2
          },
          "ackedSeq": {
           "type": "uint64",
           "id": 3
          }
         }
        },
        "Pull": {
         "fields": {
          "credit": {
           "type": "uint32",
           "id": 1
          }
         }
        },
        "Start": {
         "fields": {
          "tasks": {
           "rule": "repeated",
           "type": "TaskStart",
           "id": 1
          }
         }
        },
        "TaskStart": {
         "oneofs": {
          "command": {
           "oneof": [
            "shell",
            "argv"
           ]
          }
         },
         "fields": {
          "ref": {
           "type": "AttemptRef",
           "id": 1
          },
          "id": {
           "type": "string",
           "id": 2
          },
          "shell": {
           "type": "string",
           "id": 3
          },
          "argv": {
           "type": "Argv",
           "id": 4
          },
          "cwd": {
           "type": "string",
           "id": 5
          },
          "env": {
           "keyType": "string",
           "type": "string",
           "id": 6
          },
          "timeoutUs": {
           "type": "uint64",
           "id": 7
          },
          "slowdown": {
           "type": "double",
           "id": 8
          },
          "replica": {
           "type": "uint32",
           "id": 9
          },
          "outputs": {
           "rule": "repeated",
           "type": "string",
           "id": 10
          }
         }
        },
        "Argv": {
         "fields": {
          "words": {
           "rule": "repeated",
           "type": "string",
           "id": 1
          }
         }
        },
        "Results": {
         "fields": {
          "seq": {
           "type": "uint64",
           "id": 1
          },
          "results": {
           "rule": "repeated",
           "type": "TaskResult",
           "id": 2
          }
         }
        },
        "EndingKind": {
         "values": {
          "ENDING_KIND_UNSPECIFIED": 0,
          "ENDING_KIND_EXITED": 1,
          "ENDING_KIND_SIGNALLED": 2,
          "ENDING_KIND_TIMED_OUT": 3,
          "ENDING_KIND_CANCELLED": 4,
          "ENDING_KIND_NOT_STARTED": 5,
          "ENDING_KIND_NO_OUTPUT": 6
         }
        },
        "TaskResult": {
         "oneofs": {
          "_cpuUs": {
           "oneof": [
            "cpuUs"
           ]
          },
          "_peakMemoryBytes": {
           "oneof": [
            "peakMemoryBytes"
           ]
          }
         },
         "fields": {
          "ref": {
           "type": "AttemptRef",
           "id": 1
          },
          "ending": {
           "type": "EndingKind",
           "id": 2
          },
          "exitCode": {
           "type": "uint32",
           "id": 3
          },
          "reason": {
           "type": "string",
           "id": 4
          },
          "startedBootUs": {
           "type": "uint64",
           "id": 5
          },
          "endedBootUs": {
           "type": "uint64",
           "id": 6
          },
          "slot": {
           "type": "uint32",
           "id": 7
          },
          "stdoutBytes": {
           "type": "uint64",
           "id": 8
          },
          "stderrBytes": {
           "type": "uint64",
           "id": 9
          },
          "cpuUs": {
           "type": "uint64",
           "id": 10,
           "options": {
            "proto3_optional": true
           }
          },
          "peakMemoryBytes": {
           "type": "uint64",
           "id": 11,
           "options": {
            "proto3_optional": true
           }
          }
         }
        },
        "Ack": {
         "fields": {
          "seq": {
           "type": "uint64",
           "id": 1
          }
         }
        },
        "Cancel": {
         "fields": {
          "attempts": {
           "rule": "repeated",
           "type": "AttemptRef",
           "id": 1
          }
         }
        },
        "Renew": {
         "fields": {
          "paidUntilBootUs": {
           "type": "uint64",
           "id": 1
          }
         }
        },
        "Drain": {
         "fields": {}
        },
        "Heartbeat": {
         "fields": {
          "nowBootUs": {
           "type": "uint64",
           "id": 1
          }
         }
        },
        "Refused": {
         "fields": {
          "code": {
           "type": "string",
           "id": 1
          },
          "text": {
           "type": "string",
           "id": 2
          }
         }
        }
       }
      }
     }
    }
   }
  }
 }
};
