// The dashboard's own API, described by /openapi.json.

const asked = async (path, options = {}) => {
  const response = await fetch(path, { cache: "no-store", headers: { accept: "application/json", ...options.headers }, ...options });
  const body = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, body };
};

const path = (run, rest = "") => `/api/runs/${encodeURIComponent(run)}${rest}`;

/** All runs. */
export const readRuns = () => asked("/api/runs");

/** One run and what can be done with it. */
export const readRun = run => asked(path(run));

/** The exact summary, from all draws. */
export const readSummary = run => asked(path(run, "/summary"));

/** Sends `pause`, `resume`, `stop` or `extend` to whoever drives a run. */
export const control = (run, verb, body) => asked(path(run, `/${verb}`), {
  method: "POST",
  headers: body ? { accept: "application/json", "content-type": "application/json" } : { accept: "application/json" },
  body: body ? JSON.stringify(body) : undefined,
});

/** Where a download is. */
export const downloadPath = (run, name) => path(run, `/downloads/${encodeURIComponent(name)}`);

/**
 * Watches a run: calls `on[topic]` with every message. Does not watch while the page is hidden, which costs neither side anything.
 */
export const watch = (run, on) => {
  let source = null;
  const open = () => {
    source = new EventSource(path(run, "/events"));
    source.onopen = () => on.connected(true);
    source.onerror = () => on.connected(false);
    for (const topic of ["status", "draws", "trouble"]) {
      source.addEventListener(topic, event => on[topic](JSON.parse(event.data)));
    }
  };
  const close = () => {
    source?.close();
    source = null;
  };
  document.addEventListener("visibilitychange", () => document.hidden ? close() : source ?? open());
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => event.persisted && (source ?? open()));
  open();
};
