/** Why a promised figure is missed, by its name: a measured limit, or a proof under decisions/. Empty: not known yet. */
export const MISSED_BECAUSE: Readonly<Record<string, string>> = {};
