// Numbers and times as people read them.

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

const known = value => typeof value === "number" && Number.isFinite(value);

/** A count: 12,345. */
export const count = value => known(value) ? grouped.format(value) : "–";

/** A number with some significant digits. */
export const number = (value, digits = 4) => {
  if (!known(value)) {
    return "–";
  }
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(digits - 1) : String(Number(value.toPrecision(digits)));
};

/** R-hat, which matters in its third decimal. */
export const rhat = value => !known(value) ? "–" : value < 10 ? value.toFixed(4) : number(value, 3);

/** A share as percent. */
export const percent = (value, digits = 1) => known(value) ? `${(100 * value).toFixed(digits)} %` : "–";

/** A rate: 1,234/s. */
export const rate = value => !known(value) ? "–" : value >= 100 ? `${count(value)}/s` : `${number(value, 3)}/s`;

/** A span of seconds: 1 h 05 min. */
export const duration = seconds => {
  if (!known(seconds)) {
    return "–";
  }
  if (seconds < 100) {
    return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  return days > 0 ? `${days} d ${hours} h` : minutes >= 60 ? `${hours} h ${String(rest).padStart(2, "0")} min` : `${minutes} min ${String(Math.floor(seconds) % 60).padStart(2, "0")} s`;
};

/** A moment in the reader's own time. */
export const moment = text => text ? new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }) : "–";

/** A status in words. */
export const words = status => status.replaceAll("_", " ");
