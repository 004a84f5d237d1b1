// From values to pixels, and round numbers for axes.

const Steps = [1, 2, 2.5, 5, 10];

/** Smallest and largest finite value of some lists; null when there is none. */
export const extent = lists => {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      if (value !== null && Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? [low, high] : null;
};

/** A linear or logarithmic scale from a domain to pixels. */
export const scale = ([low, high], [from, to], logarithmic = false) => {
  const map = logarithmic ? Math.log10 : value => value;
  const [a, b] = [map(low), map(high)];
  return value => from + ((map(value) - a) / (b - a || 1)) * (to - from);
};

/** Room around a domain, so that marks do not lie on the frame; a single value gets some on both sides. */
export const padded = ([low, high], share = 0.04) => {
  const room = (high - low) * share || Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
};

/** Round numbers within a domain. */
export const ticks = ([low, high], wanted) => {
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * Steps.find(candidate => candidate * power >= raw * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    found.push(Number((i * step).toPrecision(12)));
  }
  return found;
};

/** 1, 2 and 5 times powers of ten within a domain; powers alone when there are many. */
export const logTicks = ([low, high]) => {
  const decades = Math.log10(high / low);
  const found = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of decades > 3 ? [1] : [1, 2, 5]) {
      const tick = factor * 10 ** power;
      if (tick >= low * 0.999 && tick <= high * 1.001) {
        found.push(Number(tick.toPrecision(3)));
      }
    }
  }
  return found;
};

/** A tick as text, short. */
export const tickText = value => {
  const size = Math.abs(value);
  const short = (scaled, unit) => `${Number(scaled.toPrecision(4))}${unit}`;
  return size >= 1e9 ? short(value / 1e9, "G") : size >= 1e6 ? short(value / 1e6, "M") : size >= 1e4 ? short(value / 1e3, "k")
    : size !== 0 && size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(6)));
};
