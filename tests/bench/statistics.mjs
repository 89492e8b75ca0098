// What is made of many measurements on a noisy machine.

/** The value below which a share `q` of the values lies. */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

export const median = (values) => quantile(values, 0.5);

/**
 * The median of a[i] / b[i], and how small it may be in truth: in 95 of 100 samples drawn from these
 * pairs it is not smaller. Only noise that all pairs share could miss a gate by that bound.
 */
export function ratio(a, b) {
  const ratios = a.map((value, index) => value / b[index]);
  const random = splitMix(1);
  const draw = () => ratios[Math.floor(random() * ratios.length)];
  const medians = Array.from({ length: 2000 }, () => median(ratios.map(draw)));
  return { median: median(ratios), lower: quantile(medians, 0.05) };
}

// The same numbers in every run, so that the same measurements give the same bound.
function splitMix(seed) {
  let state = BigInt(seed);
  const mask = (1n << 64n) - 1n;
  return () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let mixed = ((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
    return Number((mixed ^ (mixed >> 31n)) >> 11n) / 2 ** 53;
  };
}

/** Does `a` and `b` by turns, in the order ABBA, and gives what each returned. */
export async function interleaved(pairs, a, b) {
  const results = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    const order = pair % 2 ? [1, 0] : [0, 1];
    for (const which of order) results[which].push(await [a, b][which](pair));
  }
  return results;
}
