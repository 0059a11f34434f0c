/** What a server has to tell whoever looks after it: words, and fields that a program can read. */
export interface Log {
  debug(fields: object, words: string): void;
  info(fields: object, words: string): void;
  warn(fields: object, words: string): void;
  error(fields: object, words: string): void;
}

const nothing = (): void => undefined;

/** For those who did not ask for a log. */
export const NO_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
