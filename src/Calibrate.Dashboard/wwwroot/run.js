// One run, live.

import { control, downloadPath, readRun, readSummary, watch } from "./api.js";
import { byId, element, say } from "./dom.js";
import { showDraws } from "./draws.js";
import { duration, words } from "./format.js";
import { showStatus } from "./status.js";
import { summaryTable } from "./summary.js";

const run = decodeURIComponent(location.pathname.split("/").pop());
const buttons = { pause: byId("pause"), resume: byId("resume"), stop: byId("stop"), extend: byId("extend-button") };
const iterations = byId("iterations");
let latest = null;
let draws = null;

document.title = `${run} · Calibrate`;
say(byId("name"), run);

/** What can be done with a run in its present status. */
const steer = view => {
  const status = view.live?.status ?? null;
  const alive = status !== null && !["stopping", "completed", "failed"].includes(status);
  const allowed = { pause: alive && status !== "paused", resume: alive && status === "paused", stop: alive, extend: alive };
  const focused = Object.values(buttons).find(button => button === document.activeElement);
  for (const [verb, button] of Object.entries(buttons)) {
    button.disabled = !allowed[verb];
  }
  // A button that has the focus is not taken away under the reader's hands: the focus moves to the one that undoes it.
  if (focused?.disabled) {
    (allowed.resume ? buttons.resume : allowed.pause ? buttons.pause : byId("main")).focus();
  }
  iterations.disabled = !allowed.extend;
  if (document.activeElement !== iterations && !iterations.value && view.iterations > 0) {
    iterations.placeholder = String(2 * view.iterations);
    iterations.min = String(view.iterations + 1);
  }
};

const send = async (verb, body) => {
  const answer = byId("answer");
  say(answer, `Asking to ${verb} …`);
  answer.className = "notice";
  try {
    const { ok, body: reply } = await control(run, verb, body);
    answer.className = ok ? "notice" : "notice refused";
    say(answer, reply.message ?? reply.detail ?? "No answer.");
    if (reply.status && typeof reply.status === "object") {
      show({ ...latest, live: reply.status });
    }
  } catch {
    answer.className = "notice refused";
    say(answer, "The dashboard does not answer.");
  }
};

const show = view => {
  latest = view;
  const status = view.live?.status ?? view.status;
  say(byId("status"), words(status));
  byId("status").className = `badge ${status}`;
  say(byId("reason"), [view.live?.reason || view.reason, view.note].filter(Boolean).join(" "));
  steer(view);
  showStatus(view, draws);
};

buttons.pause.addEventListener("click", () => send("pause"));
buttons.resume.addEventListener("click", () => send("resume"));
buttons.stop.addEventListener("click", () => byId("stop-dialog").showModal());
byId("stop-dialog").addEventListener("close", event => event.target.returnValue === "stop" && send("stop"));
byId("extend").addEventListener("submit", event => {
  event.preventDefault();
  send("extend", { iterations: Number(iterations.value) });
  iterations.value = "";
});

byId("summarise").addEventListener("click", async event => {
  const button = event.target;
  const began = performance.now();
  button.disabled = true;
  say(byId("summary-state"), "Reading all draws …");
  const { ok, body } = await readSummary(run).catch(() => ({ ok: false, body: {} }));
  button.disabled = false;
  say(byId("summary-state"), ok ? `Made in ${duration((performance.now() - began) / 1000)} from ${body.iterations} iterations.` : body.detail ?? "The summary could not be made.");
  if (ok) {
    byId("summary").replaceChildren(summaryTable(body));
  }
});

const begin = async () => {
  const { ok, body } = await readRun(run);
  if (!ok) {
    say(byId("reason"), body.detail ?? "The run cannot be read.");
    say(byId("connection"), "");
    return;
  }
  byId("downloads-section").hidden = body.downloads.length === 0;
  byId("downloads").replaceChildren(...body.downloads.map(file =>
    element("li", {}, element("a", { class: "button", href: downloadPath(run, file.name), download: true }, file.label))));
  show(body.run);
  watch(run, {
    connected: yes => say(byId("connection"), yes ? "live" : "connection lost, trying again"),
    status: show,
    draws: message => {
      draws = message;
      showDraws(message);
      showStatus(latest, draws);
    },
    trouble: message => say(byId("sampled"), `The draws cannot be shown: ${message.message}`),
  });
};

begin().catch(() => say(byId("connection"), "the dashboard does not answer"));
