/** Why a promised figure is missed, by its name: a measured limit, or a proof under decisions/. Empty: not known yet. */
export const MISSED_BECAUSE: Readonly<Record<string, string>> = {
  "informed, makespan / bound at 1.5 ×, normal":
    "partly a limit, decisions/0022: the bound knows each task's luck and splits tasks; and a plan changes its machines once",
  "makespan / bound at 1.5 ×, normal, big":
    "the same, and the first units of most machines are rented only when each cluster has ended a task",
  "makespan / informed at 1.5 ×, small":
    "a slow cluster ends its first task late: until then, and until an offer is picked, at most half of the budget works",
};
