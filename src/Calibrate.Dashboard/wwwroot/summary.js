// The exact summary of a run, as `calibrate runs show --json` has it.

import { element, table } from "./dom.js";
import { count, number, rhat as rhatText } from "./format.js";

/** The summary as a verdict and a table. */
export const summaryTable = summary => element("div", {},
  element("p", { class: summary.converged ? "good" : "bad" }, summary.converged
    ? "Converged: every parameter has R-hat below 1.01, effective sample sizes above 400 and more than 50 autocorrelation times of draws."
    : "Not converged yet: some parameter has R-hat of 1.01 or more, an effective sample size of 400 or less, or no more than 50 autocorrelation times of draws."),
  table(
    "Exact summary",
    ["Quantity", ["Mean", "number"], ["MCSE", "number"], ["SD", "number"], ["5 %", "number"], ["Median", "number"], ["95 %", "number"], ["R-hat", "number"], ["ESS bulk", "number"], ["ESS tail", "number"], ["Tau", "number"]],
    Object.entries(summary.parameters).map(([name, value]) => [
      name,
      number(value.mean),
      number(value.mcse_mean, 2),
      number(value.sd),
      number(value.q05),
      number(value.median),
      number(value.q95),
      rhatText(value.rhat),
      count(value.ess_bulk),
      count(value.ess_tail),
      number(value.tau, 3),
    ])),
  element("p", { class: "note" }, `Chain hash ${summary.chain_hash}`));
