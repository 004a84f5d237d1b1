// Line plots as SVG: small, sharp on every screen, in the page's own colours. Drawn at the width they have, so that their text stays readable.

import { shape } from "./dom.js";
import { extent, logTicks, padded, scale, ticks, tickText } from "./scale.js";

const Margin = { left: 52, right: 10, top: 8, bottom: 24 };
const FewestPixelsPerTick = 90;
const Decimals = 1;

const plots = new WeakMap();
const resized = new ResizeObserver(entries => {
  for (const { target } of entries) {
    const plot = plots.get(target);
    if (plot && Math.abs(target.clientWidth - plot.width) > 1) {
      draw(target, plot.content);
    }
  }
});

/**
 * Draws into a figure, again whenever its width changes.
 * `content`: `{ label, height, lines: [{ x, y, kind, area }], limits: [y], logarithmic, warmUp, yTicks }`; a null in `y` breaks a line.
 */
export const plot = (figure, content) => {
  if (!plots.has(figure)) {
    resized.observe(figure);
  }
  draw(figure, content);
};

const draw = (figure, content) => {
  const width = figure.clientWidth;
  plots.set(figure, { content, width });
  const before = figure.querySelector("svg");
  const svg = picture(width || 320, content);
  before ? before.replaceWith(svg) : figure.prepend(svg);
};

const picture = (width, { label, height = 180, lines, limits = [], logarithmic = false, warmUp = null, yTicks = true }) => {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": label });
  const usable = value => value !== null && Number.isFinite(value) && (!logarithmic || value > 0);
  const xs = extent(lines.map(line => line.x));
  const ys = extent([...lines.map(line => line.y.filter(usable)), limits]);
  if (!xs || !ys || !lines.some(line => line.y.some(usable))) {
    svg.append(shape("text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, "no draws yet"));
    return svg;
  }

  const yDomain = logarithmic ? [ys[0] / 1.15, ys[1] * 1.15] : padded(ys);
  const left = yTicks ? Margin.left : 6;
  const x = scale(xs, [left, width - Margin.right]);
  const y = scale(yDomain, [height - Margin.bottom, Margin.top], logarithmic);
  if (warmUp !== null && warmUp > xs[0]) {
    svg.append(shape("rect", { class: "warmup", x: x(xs[0]), y: Margin.top, width: Math.max(0, x(Math.min(warmUp, xs[1])) - x(xs[0])), height: height - Margin.bottom - Margin.top }));
  }
  axes(svg, width, height, left, x, y, xs, yDomain, logarithmic, yTicks);
  for (const limit of limits) {
    svg.append(shape("line", { class: "limit", x1: left, x2: width - Margin.right, y1: y(limit), y2: y(limit) }));
  }
  for (const line of lines) {
    const points = path(line, x, y, usable);
    if (line.area && points) {
      svg.append(shape("path", { class: `area ${line.kind}`, d: `${points}L${x(line.x.at(-1)).toFixed(Decimals)},${y(yDomain[0]).toFixed(Decimals)}L${x(line.x[0]).toFixed(Decimals)},${y(yDomain[0]).toFixed(Decimals)}Z` }));
    }
    if (points) {
      svg.append(shape("path", { class: `mark ${line.kind}`, d: points }));
    }
  }
  return svg;
};

const axes = (svg, width, height, left, x, y, xs, yDomain, logarithmic, yTicks) => {
  svg.append(shape("path", { class: "axis", d: `M${left},${Margin.top}V${height - Margin.bottom}H${width - Margin.right}` }));
  const wanted = Math.max(2, Math.floor((width - left) / FewestPixelsPerTick));
  for (const tick of xs[0] < xs[1] ? ticks(xs, wanted) : [xs[0]]) {
    const at = x(tick);
    const anchor = at > width - Margin.right - 18 ? "end" : at < left + 18 ? "start" : "middle";
    svg.append(shape("text", { x: at, y: height - 7, "text-anchor": anchor }, tickText(tick)));
  }
  for (const tick of yTicks ? (logarithmic ? thinned(logTicks(yDomain)) : ticks(yDomain, 4)) : []) {
    svg.append(
      shape("path", { class: "axis", d: `M${left},${y(tick)}H${width - Margin.right}` }),
      shape("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, tickText(tick)));
  }
};

const thinned = all => all.length <= 6 ? all : all.filter((_, i) => i % Math.ceil(all.length / 6) === 0);

const path = (line, x, y, usable) => {
  let text = "";
  let pen = "M";
  line.y.forEach((value, i) => {
    if (!usable(value)) {
      pen = "M";
      return;
    }
    text += `${pen}${x(line.x[i]).toFixed(Decimals)},${y(value).toFixed(Decimals)}`;
    pen = "L";
  });
  // A line of one point is a dot.
  return text && !text.includes("L") ? `${text}h.1` : text;
};
