// Where a run stands: progress, work, nodes, failures.

import { byId, element, figures, say, table } from "./dom.js";
import { count, duration, moment, number, percent, rate, rhat as rhatText } from "./format.js";

const TargetEss = 400;

/** Smallest effective sample size and largest R-hat of any quantity in the draws, where they are known. */
const worst = draws => {
  const known = draws?.quantities.filter(quantity => quantity.name !== "log_posterior") ?? [];
  const ess = known.map(quantity => quantity.ess).filter(value => value !== null);
  const rhat = known.map(quantity => quantity.rhat).filter(value => value !== null);
  return { ess: ess.length ? Math.min(...ess) : null, rhat: rhat.length ? Math.max(...rhat) : null };
};

/** Seconds until the smallest effective sample size reaches a target: it grows in proportion to the iterations after the warm-up. */
const secondsToEss = (view, draws, ess, target, stepsPerSecond) => {
  if (!ess || !stepsPerSecond || !draws || ess >= target) {
    return ess >= target ? 0 : null;
  }
  const done = draws.iteration - draws.warm_up;
  return (done * (target / ess - 1) * view.ensembles * view.walkers) / stepsPerSecond;
};

const showProgress = (view, live, draws) => {
  const iteration = Math.max(0, live?.iteration ?? view.iteration);
  const iterations = live?.iterations ?? view.iterations;
  const bar = byId("progress");
  bar.max = Math.max(1, iterations);
  bar.value = iteration;
  const { ess, rhat } = worst(draws);
  const target = view.stop_rule.ess ?? TargetEss;
  const pace = live?.steps_per_second ?? view.steps_per_second;
  const toEss = secondsToEss(view, draws, ess, target, pace);
  const active = pace > 0;
  const judged = live?.convergence ?? view.judged;
  figures(byId("figures"), [
    ["Iterations", `${count(iteration)} of ${count(iterations)}`],
    ["Speed", active ? `${rate(pace)} steps` : null],
    ["Time left", active ? duration(live?.seconds_left ?? view.seconds_left) : null],
    [`Time to ESS ${count(target)}`, toEss === 0 ? "reached" : active ? duration(toEss) : null],
    ["Smallest ESS", ess === null ? "–" : `≈ ${count(ess)}`],
    ["Largest R-hat", rhat === null ? "–" : rhatText(rhat)],
    ["Last judged", judged ? `R-hat ${rhatText(judged.rhat)}, ESS ${count(judged.ess)} at ${count(judged.iteration)}` : null],
    ["Acceptance", percent(live?.acceptance ?? view.acceptance)],
    ["Walker steps", count(live?.walker_steps ?? view.walker_steps)],
    ["Evaluations", count(live?.evaluations ?? view.evaluations)],
    ["Active time", duration(live?.seconds ?? view.seconds)],
    ["Ensembles × walkers", `${view.ensembles} × ${view.walkers}, ${view.dimension}-D`],
    ["Engine", live ? [live.session.engine, live.session.scheduling].filter(Boolean).join(", ") : view.engine],
    ["Driven by", live ? `process ${live.session.process} on ${live.session.host}` : null],
    ["Started", moment(view.started_at)],
    ["Problem, seed", `${view.problem}, ${view.seed}`],
  ]);
};

const showWork = (view, live) => {
  const work = live?.work;
  byId("work-section").hidden = !work && view.workers.length === 0;
  figures(byId("work"), work ? [
    ["Slots", work.useful_slots > 0 ? `${count(work.slots)} (useful: ${count(work.useful_slots)})` : count(work.slots)],
    ["In flight", `${count(work.in_flight)} in ${count(work.batches_in_flight)} batches`],
    ["Ready and waiting", count(work.waiting)],
    ["Queue depth", work.queued_batches === null ? null : `${count(work.queued_batches)} batches`],
    ["Hedged", count(work.hedged)],
    ["Dispatched again", count(work.redispatched)],
    ["Compared", count(work.compared)],
    ["One evaluation", live.seconds_per_evaluation ? `${number(live.seconds_per_evaluation * 1000, 3)} ms` : null],
  ] : []);
  replace(byId("nodes"), live?.nodes ?? view.workers, () => live ? [nodeTable(live.nodes), ...live.nodes.filter(node => node.slots.length > 0).map(slotTable)] : [
    table("Workers", ["Worker", "About", ["Slots", "number"]], view.workers.map(worker => [worker.name, worker.description, count(worker.slots)])),
  ]);
};

const nodeTable = nodes => table(
  "Nodes",
  ["Node", "Host", ["Slots busy", "number"], ["Evaluations", "number"], ["Rate", "number"], ["Busy share", "number"]],
  nodes.map(node => [
    node.name,
    `${node.host}, process ${node.process}${node.isolation ? `, ${node.isolation} slots` : ""}`,
    `${node.busy_slots} of ${node.slot_count}`,
    count(node.evaluations),
    rate(node.evaluations_per_second),
    percent(node.busy_share, 0),
  ]));

const slotTable = node => element("details", {},
  element("summary", {}, `Slots of ${node.name}`),
  table(`Slots of ${node.name}`, ["Slot", "State", ["Evaluations", "number"], ["Rate", "number"]],
    node.slots.map(slot => [String(slot.index), slot.busy ? "busy" : "idle", count(slot.evaluations), rate(slot.evaluations_per_second)])));

const showTroubles = (view, live) => {
  const failures = Object.entries(live?.failures ?? view.failures);
  const verdicts = live?.verdicts ?? view.verdicts;
  const refusals = live?.refusals ?? view.refusals;
  const refused = live?.refusal_count ?? view.refusal_count;
  replace(byId("troubles"), [failures, view.failure_examples, verdicts, refusals, refused, view.disagreements], () => [
    failures.length + verdicts.length + refused + view.disagreements === 0 ? element("p", { class: "note" }, "None.") : null,
    failures.length === 0 ? null : table("Failures", ["Failure", ["Evaluations", "number"]], failures.map(([kind, value]) => [kind, count(value)])),
    view.failure_examples.length === 0 ? null : element("details", {},
      element("summary", {}, `The first ${view.failure_examples.length} in full`),
      ...view.failure_examples.map(failure => element("pre", {},
        `${failure.kind}, ensemble ${failure.ensemble}, iteration ${failure.iteration}, walker ${failure.walker}\n${failure.message}\n[${failure.parameters.map(value => number(value, 6)).join(", ")}]`))),
    verdicts.length === 0 ? null : table("Limits exceeded", ["Limit", "Consequence", ["Evaluations", "number"]],
      verdicts.map(verdict => [verdict.kind, verdict.rejected ? "rejected" : "paused the run", count(verdict.count)])),
    view.disagreements === 0 ? null : element("p", { class: "grave" },
      `${count(view.disagreements)} evaluations had different outcomes on two workers: the chain before them is in doubt.`),
    refused === 0 ? null : table(`Refused workers, ${count(refused)} in all`, ["Worker", "Reason"], refusals.map(refusal => [refusal.worker, refusal.reason])),
  ]);
};

// Only what changed is made anew, so that an opened list stays open and the focus stays where it is.
const shown = new WeakMap();
const replace = (node, data, make) => {
  const text = JSON.stringify(data);
  if (shown.get(node) === text) {
    return;
  }
  shown.set(node, text);
  const open = [...node.querySelectorAll("details")].map(details => details.open);
  node.replaceChildren(...make().filter(Boolean));
  node.querySelectorAll("details").forEach((details, i) => { details.open = open[i] ?? false; });
};

/** Shows where a run stands. */
export const showStatus = (view, draws) => {
  if (!view) {
    return;
  }
  const live = view.live ?? null;
  showProgress(view, live, draws);
  showWork(view, live);
  showTroubles(view, live);
  byId("steer").hidden = !live && !["running", "paused"].includes(view.status);
};
