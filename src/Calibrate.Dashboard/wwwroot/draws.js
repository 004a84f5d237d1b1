// Estimates, convergence and draws.

import { byId, element, say, table } from "./dom.js";
import { count, number, percent, rhat as rhatText } from "./format.js";
import { plot } from "./plots.js";

const Colours = 8;
const RhatGoal = 1.01;
const EssGoal = 400;

const cards = new Map();

const heading = quantity => quantity.unit ? `${quantity.label} (${quantity.unit})` : quantity.label;

const judged = (text, good) => element("span", { class: good ? "good" : "bad" }, text);

const showEstimates = draws => {
  say(byId("sampled"), draws.coverage > 0
    ? `Live estimates from ${percent(draws.coverage, draws.coverage < 0.1 ? 1 : 0)} of the iterations after the warm-up, which ends at ${count(draws.warm_up)}.`
    : `The warm-up lasts until iteration ${count(draws.warm_up)}; there are too few draws after it for estimates.`);
  const rows = draws.quantities.map(quantity => [
    heading(quantity),
    `${number(quantity.mean)} ± ${number(quantity.mcse_mean, 2)}`,
    number(quantity.sd),
    number(quantity.q05),
    number(quantity.median),
    number(quantity.q95),
    judged(rhatText(quantity.rhat), quantity.rhat !== null && quantity.rhat < RhatGoal),
    judged(count(quantity.ess), quantity.ess >= EssGoal),
  ]);
  const fresh = table("Estimates", ["Quantity", ["Mean ± error", "number"], ["SD", "number"], ["5 %", "number"], ["Median", "number"], ["95 %", "number"], ["R-hat", "number"], ["ESS", "number"]], rows);
  byId("estimates").replaceChildren(...fresh.firstElementChild.children);
};

const figure = (parent, caption) => parent.appendChild(element("figure", {}, element("figcaption", {}, caption)));

const evolution = ["R-hat", "ESS", "Acceptance"].map(name => ({ name, holder: null }));

const showEvolution = draws => {
  for (const entry of evolution) {
    entry.holder ??= figure(byId("evolution").appendChild(element("div", { class: "plot" })), {
      "R-hat": "R-hat \u2212 1 of the draws up to each iteration, one line per quantity; below 0.01 is the goal",
      ESS: `Effective sample size of the means, one line per quantity; above ${EssGoal} is the goal`,
      Acceptance: "Accepted share of the walker steps, by ensemble",
    }[entry.name]);
  }
  const { iterations, rhat, ess } = draws.history;
  const lines = values => values.map((y, i) => ({ x: iterations, y, kind: `k${i % Colours}` }));
  plot(evolution[0].holder, { label: `R-hat minus 1 of ${draws.quantities.length} quantities as the run goes on`, lines: lines(rhat.map(line => line.map(value => value === null ? null : Math.max(value - 1, 1e-5)))), limits: [RhatGoal - 1], logarithmic: true });
  plot(evolution[1].holder, { label: `Effective sample size of ${draws.quantities.length} quantities as the run goes on`, lines: lines(ess), limits: [EssGoal], logarithmic: true });
  plot(evolution[2].holder, { label: "Acceptance as the run goes on", lines: draws.acceptance.map(({ x, y }, i) => ({ x, y, kind: `k${i % Colours}` })) });
};

const cardOf = quantity => {
  const known = cards.get(quantity.name);
  if (known) {
    return known;
  }
  const pair = element("div", { class: "pair" });
  const card = element("div", { class: "card" }, element("h3", {}, heading(quantity)), pair);
  byId("cards").append(card);
  const made = { trace: figure(pair, "Some walkers over iterations"), marginal: figure(pair, "Density after the warm-up") };
  cards.set(quantity.name, made);
  return made;
};

const density = ({ from, to, density: posterior, prior }) => {
  const x = posterior.map((_, i) => from + ((to - from) * i) / Math.max(1, posterior.length - 1));
  return [
    ...(prior.length > 0 ? [{ x, y: prior, kind: "prior" }] : []),
    ...(posterior.length > 0 ? [{ x, y: posterior, kind: "k0", area: true }] : []),
  ];
};

const showCards = draws => {
  const perEnsemble = new Set(draws.quantities[0]?.traces.map(trace => trace.ensemble) ?? []);
  say(byId("legend"), `Colours are ensembles (${perEnsemble.size} shown). Grey: warm-up. Dashed: prior.`);
  for (const quantity of draws.quantities) {
    const { trace, marginal } = cardOf(quantity);
    plot(trace, {
      label: `Trace of ${quantity.label}: ${quantity.traces.length} walkers up to iteration ${count(draws.iteration)}`,
      lines: quantity.traces.map(({ ensemble, y }) => ({ x: draws.places[ensemble], y, kind: `k${ensemble % Colours}` })),
      warmUp: draws.warm_up,
    });
    plot(marginal, {
      label: `Density of ${quantity.label}: median ${number(quantity.median)}, 90 % between ${number(quantity.q05)} and ${number(quantity.q95)}`,
      lines: density(quantity.marginal),
      yTicks: false,
    });
  }
};

/** Shows a message with draws. */
export const showDraws = draws => {
  showEstimates(draws);
  showEvolution(draws);
  showCards(draws);
};
