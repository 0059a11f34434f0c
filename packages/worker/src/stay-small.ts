/**
 * Keeps the agent's memory small, on import and before all else: to start a task the system copies the tables of
 * that memory, and the young objects of an agent are few.
 */
import { setFlagsFromString } from "node:v8";

/** The space for young objects stays at the 2 MB with which it begins. */
setFlagsFromString("--semi-space-growth-factor=1");
