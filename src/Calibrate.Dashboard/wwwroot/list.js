// The list of runs, read again every few seconds while somebody looks at it.

import { readRuns } from "./api.js";
import { byId, element, say } from "./dom.js";
import { count, duration, moment, percent, words } from "./format.js";

const Period = 3000;
const body = byId("runs").tBodies[0];
const labels = [...byId("runs").tHead.rows[0].cells].map(cell => cell.textContent);

const failuresOf = run => Object.values(run.failures).reduce((sum, value) => sum + value, 0);

const progressOf = run => run.iterations > 0
  ? element("span", {},
      element("progress", { max: run.iterations, value: Math.max(0, run.iteration), "aria-label": `Iterations of ${run.run}` }),
      ` ${count(Math.max(0, run.iteration))} of ${count(run.iterations)}`)
  : "–";

const cellsOf = run => [
  element("a", { href: `/runs/${encodeURIComponent(run.run)}` }, run.run),
  element("span", { class: `badge ${run.status}`, title: run.reason || null }, words(run.status)),
  run.problem || "–",
  progressOf(run),
  count(run.walker_steps),
  percent(run.acceptance),
  count(failuresOf(run)),
  duration(run.seconds),
  moment(run.started_at),
];

const rowOf = run => element("tr", { "data-run": run.run }, ...cellsOf(run).map((cell, i) => i === 0
  ? element("th", { scope: "row" }, cell)
  : element("td", { "data-label": labels[i], class: i >= 4 && i <= 7 ? "number" : null }, cell)));

const show = runs => {
  // A row that somebody is on with the keyboard keeps the focus.
  const focused = document.activeElement?.closest?.("tr")?.dataset.run;
  body.replaceChildren(...runs.map(rowOf));
  if (focused) {
    [...body.rows].find(row => row.dataset.run === focused)?.querySelector("a")?.focus();
  }
};

let shown = "";

const refresh = async () => {
  try {
    const { ok, body: answer } = await readRuns();
    if (!ok) {
      say(byId("notice"), answer.detail ?? "The runs cannot be read.");
      return;
    }
    say(byId("place"), answer.place);
    say(byId("notice"), answer.runs.length === 0 ? "There are no runs yet: calibrate run PROBLEM.yaml starts one." : "");
    byId("holder").hidden = answer.runs.length === 0;
    const text = JSON.stringify(answer.runs);
    if (text !== shown) {
      shown = text;
      show(answer.runs);
    }
  } catch {
    say(byId("notice"), "The dashboard does not answer; it may have been stopped.");
  }
};

const again = async () => {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(again, Period);
};

document.addEventListener("visibilitychange", () => document.hidden || refresh());
again();
