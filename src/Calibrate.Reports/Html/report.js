// Draws the figures of a report: from the JSON beside each of them, in the colours of the page, one column of panels where the page is narrow.
'use strict';
(() => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const narrow = window.matchMedia('(max-width: 640px)');
  const replacements = JSON.parse(document.getElementById('dark-colours').textContent);
  const plots = [...document.querySelectorAll('.plot[data-figure]')];
  const margins = { top: 44, bottom: 56 };

  function coloured(text) {
    if (!dark.matches || printing) return text;
    return replacements.reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  }

  // Panels below one another, each as high as it was.
  function inOneColumn(layout) {
    const { panels, panelHeight, gap } = layout.meta;
    const inner = panels * panelHeight + (panels - 1) * gap;
    for (let i = 0; i < panels; i++) {
      const suffix = i === 0 ? '' : String(i + 1);
      const top = 1 - i * (panelHeight + gap) / inner;
      layout['xaxis' + suffix].domain = [0, 1];
      layout['yaxis' + suffix].domain = [Math.max(0, top - panelHeight / inner), top];
    }
    layout.height = inner + margins.top + margins.bottom;
  }

  function figureOf(plot) {
    const figure = JSON.parse(coloured(document.getElementById('figure-data-' + plot.dataset.figure).textContent));
    const meta = figure.layout.meta || {};
    if (narrow.matches) {
      figure.layout.margin.l = 48;
      if (meta.panels > 0 && meta.columns > 1) inOneColumn(figure.layout);
      if (meta.minWidth) figure.layout.width = Math.max(meta.minWidth, plot.clientWidth);
    }
    return figure;
  }

  let printing = false;

  function draw(plot) {
    const figure = figureOf(plot);
    plot.dataset.drawn = 'yes';
    // On a narrow page the buttons would lie over the legend; fingers zoom without them.
    const config = { responsive: true, displaylogo: false, displayModeBar: !narrow.matches, modeBarButtonsToRemove: ['lasso2d', 'select2d'] };
    return Plotly.react(plot, figure.data, figure.layout, config);
  }

  // One figure per frame: the page can be read and scrolled from the start.
  function drawAll(queue) {
    const next = queue.shift();
    if (!next) {
      document.documentElement.dataset.figures = 'drawn';
      return;
    }
    draw(next);
    requestAnimationFrame(() => setTimeout(() => drawAll(queue)));
  }

  function redraw() {
    delete document.documentElement.dataset.figures;
    drawAll([...plots]);
  }

  dark.addEventListener('change', redraw);
  narrow.addEventListener('change', redraw);
  window.addEventListener('beforeprint', () => { printing = true; plots.forEach(draw); });
  window.addEventListener('afterprint', () => { printing = false; redraw(); });
  drawAll([...plots]);
})();
