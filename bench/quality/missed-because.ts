/** Why a promised figure is missed, by its name: a measured limit, or a proof under decisions/. Empty: not known yet. */
export const MISSED_BECAUSE: Readonly<Record<string, string>> = {
  "informed, makespan / bound at 1.5 ×, normal":
    "partly a limit, decisions/0022: the bound knows each task's luck and splits tasks; and a plan changes its machines once",
  "makespan / bound at 1.5 ×, normal, big":
    "the same, and the first units of most machines are rented only when each cluster has ended a task",
  "makespan / informed at 1.5 ×, small":
    "a slow cluster ends its first task late: until then, and until an offer is picked, at most half of the budget works",
  "all done within the budget beside round-robin, each world and budget":
    "at hourly units and 1.15 × the units that sampling buys are what is missing in one run of six; round-robin buys none to learn from",
  "makespan / informed at 1.5 ×, big":
    "learning: at hourly units a cluster gets its machines when its first tasks have ended, and room for tasks longer than the sample's keeps part of the money back",
  "makespan / bound at 1.5 ×, heavy, big":
    "the bound begins with the longest tasks, which nobody knows: who draws blindly begins one of them near the end",
  "makespan / bats where both stay within the budget, each world":
    "short of money stint ends on its cheapest machines, slowly; of ten runs of bats these are the few that happened to stay within the budget",
  "makespan / round-robin where both complete, each world":
    "round-robin rents all it can at its first second and learns nothing: where the order of the file is a good plan it has no better one to find, and nothing to pay for finding it",
  "offered P90 of time is kept, normal":
    "a point too careful: the room for tasks longer than the sample's is there for bags that are more scattered than they look, and less of it breaks promises of mixed bags",
  "offered P90 of time is kept, heavy":
    "such offers say that they are not calibrated: the longest tasks, which may be a quarter of all work, are not in the sample",
  "P90 of time is kept from half of the run on, heavy": "the same",
  "offers that say ≥ 90 % end so, heavy": "the same; a little under 90 % before it is rounded",
  "without review: makespan, and complete runs lost":
    "an insurance that the median run of unlucky-mixture-dearer-hourly does not need; where money is tight it is worth most: normal-small-faster-hourly at 1.15 × takes 1.9 times as long without (30 seeds)",
  "without drift: makespan, and complete runs lost":
    "its worth lies in what is promised: forecasts after a slow-down are off by 5 to 9 % instead of 16 to 20 % (decisions/0020); makespans gain a hundredth",
};
