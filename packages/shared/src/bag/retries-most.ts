/** The most attempts beyond the first that a task may ask for. */
export const RETRIES_MOST = 1_000;
