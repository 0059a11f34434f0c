/** The colours of the style sheet, for what is drawn on a canvas; they change with the reader's scheme. */
import { useEffect, useState } from "preact/hooks";

export type Ink = (name: string) => string;

export function inkNow(): Ink {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** Changes whenever colours do, so that a canvas is drawn anew. */
export function useScheme(): string {
  const [scheme, setScheme] = useState(() => (darkNow().matches ? "dark" : "light"));
  useEffect(() => {
    const dark = darkNow();
    const look = (): void => setScheme(dark.matches ? "dark" : "light");
    dark.addEventListener("change", look);
    return () => dark.removeEventListener("change", look);
  }, []);
  return scheme;
}

const darkNow = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

const CLUSTER_INKS = 6;
/** A cluster keeps its colour on every picture: by its place among the clusters. */
export const clusterInk = (place: number): string => `cluster-${(place % CLUSTER_INKS) + 1}`;
