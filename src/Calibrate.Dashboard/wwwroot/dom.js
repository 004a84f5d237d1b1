// Builds elements. Text goes in as text, never as markup: names of runs, labels, units and messages are strangers' words.

const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
};

/** An HTML element. */
export const element = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** An SVG element. */
export const shape = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** The element of an id. */
export const byId = id => document.getElementById(id);

/** Sets an element's text, only when it changed: screen readers read a live region again at every change. */
export const say = (node, text) => {
  if (node.textContent !== text) {
    node.textContent = text;
  }
};

/** A list of figures, `[term, value]` each; those without a value are left out. */
export const figures = (list, pairs) => {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  while (list.children.length > shown.length) {
    list.lastElementChild.remove();
  }
  shown.forEach(([term, value], i) => {
    const row = list.children[i] ?? list.appendChild(element("div", {}, element("dt"), element("dd")));
    say(row.firstElementChild, term);
    say(row.lastElementChild, value);
  });
};

/** A table: head cells are texts, or `[text, "number"]`; rows are lists of texts or nodes, the first of which names the row. */
export const table = (caption, head, rows) => element("div", { class: "scroll", role: "region", "aria-label": caption, tabindex: "0" },
  element("table", {},
    element("caption", { class: "unseen" }, caption),
    element("thead", {}, element("tr", {}, ...head.map(cell => element("th", { scope: "col", class: classOf(cell) }, textOf(cell))))),
    element("tbody", {}, ...rows.map(row => element("tr", {}, ...row.map((cell, i) =>
      i === 0 ? element("th", { scope: "row" }, cell) : element("td", { class: classOf(head[i]) }, cell)))))));

const textOf = cell => Array.isArray(cell) ? cell[0] : cell;
const classOf = cell => Array.isArray(cell) ? cell[1] : undefined;
