// The rows of the table: what was measured, and whether that is good enough.

const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A number as a reader wants it: three digits that count, and all of those before the point. */
export const say = (value) => (Math.abs(value) < 100 ? digits : whole).format(value);

/**
 * One row. `value` is what the gate (`most`) and the goal (`aim`) are held against; without them the row
 * only informs. `shown` is what the table says if the number alone does not say it all.
 */
export function row(goal, metric, measure, value, { most, aim, unit = "", shown } = {}) {
  const limit = (bound) => (bound === undefined ? "" : `≤ ${say(bound)}${space(unit)}`);
  return {
    goal,
    metric,
    measure,
    gate: limit(most),
    stretch: limit(aim),
    measured: shown ?? `${say(value)}${space(unit)}`,
    met: verdict(value, most, aim),
  };
}

/** A row for what could not be measured. Where the page is what refuses, the gate is missed. */
export const unmeasured = (goal, metric, why, missed = false) => ({
  goal, metric, measure: "", gate: "", stretch: "", measured: why, met: missed ? "no" : "",
});

const space = (unit) => (unit === "" || unit === "×" ? unit : ` ${unit}`);

function verdict(value, most, aim) {
  if (value <= aim) return "stretch";
  if (most === undefined) return "";
  return value <= most ? "gate" : "no";
}
