/** Begins the page: who looks, and then what there is to see. */
import { render } from "preact";
import { App } from "./app.js";
import { beginSession, hasToken } from "./client/session.js";
import "./style/fonts.css";
import "uplot/dist/uPlot.min.css";
import "./style/page.css";

addEventListener("hashchange", () => {
  if (hasToken()) location.reload();
});
const place = document.getElementById("app");
if (place !== null) render(<App session={await beginSession()} />, place);
