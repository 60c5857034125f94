/** Entry point of the page. */
import { render } from "preact";
import { App } from "./app";
import { start } from "./dashboard";
import { restore } from "./session";
import { applyTheme } from "./theme";
import "uplot/dist/uPlot.min.css";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/components.css";
import "./styles/panels.css";

restore();
window.addEventListener("hashchange", restore);
applyTheme();
start();
const page = document.getElementById("page");
if (page) {
  page.replaceChildren();
  render(<App />, page);
}
