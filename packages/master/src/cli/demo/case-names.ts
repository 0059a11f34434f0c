/** The bags that can be played, by name: known before anything of the simulation is loaded. */
export const DEMO_CASES = ["normal", "levy", "mixture"] as const;
export type DemoCaseName = (typeof DEMO_CASES)[number];
