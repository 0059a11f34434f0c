/** What the browser's tab shows: how much of a run is done, in its title and its icon. */
import { useEffect } from "preact/hooks";

const TWELFTHS = 12;

export function useTab(title: string, done = 0, bad = false): void {
  const step = Math.max(0, Math.min(TWELFTHS, Math.floor(done * TWELFTHS)));
  const icon = `icon-${bad ? "bad" : "busy"}-${step}.svg`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
    if (link !== null && link.getAttribute("href") !== icon) link.setAttribute("href", icon);
  }, [icon]);
}
