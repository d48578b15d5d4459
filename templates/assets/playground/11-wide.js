// Numbers with more range than float64, as pairs [m, e] for m * 2^e, and power series of them.

const WIDE_MOST = 2 ** 200;
const FAR_APART = 1500;
const LN2_HIGH = 6.93147180369123816490e-01;
const LN2_LOW = 1.90821492927058770002e-10;
const NOISE = 2 ** -50;
const MOST_POWER = 512;

/** ``m * 2^e`` as a number: infinite or 0 where it is out of range. */
function wideToNumber(m, e) {
  if (e === 0 || m === 0) return m;
  if (e > 2200) return m * Infinity;
  if (e < -2200) return m * 0;
  const half = Math.trunc(e / 2);
  return m * 2 ** half * 2 ** (e - half);
}

/** The pair with a mantissa that can be multiplied without leaving the range. */
function wide(m, e) {
  const size = Math.abs(m);
  if (size === 0) return [0, 0];
  if (!(size > WIDE_MOST || size < 1 / WIDE_MOST) || size === Infinity) return [m, e];
  const shift = Math.floor(Math.log2(size));
  return [wideToNumber(m, -shift), e + shift];
}

/** The sum of pairs; 0 where the parts cancel but for ``noise`` of the largest. */
function wideSum(parts, noise) {
  let top = -Infinity;
  for (const [m, e] of parts) {
    if (m !== m) return [NaN, 0];
    if (m !== 0 && e > top) top = e;
  }
  let sum = 0;
  let largest = 0;
  for (const [m, e] of parts) {
    if (m === 0 || e - top < -FAR_APART) continue;
    const part = wideToNumber(m, e - top);
    sum += part;
    largest = Math.max(largest, Math.abs(part));
  }
  return Math.abs(sum) <= noise * largest ? [0, 0] : wide(sum, top);
}

function wideTimes([m, e], [n, f], weight = 1) {
  return wide(m * n * weight, e + f);
}

function wideOver([m, e], [n, f]) {
  return wide(m / n, e - f);
}

/** ``exp(x)`` of a number. */
function wideExp(x) {
  if (Math.abs(x) < 700 || !Number.isFinite(x)) return wide(Math.exp(x), 0);
  const turns = Math.round(x / Math.LN2);
  if (Math.abs(x) > 1e18) return [1, turns];
  return wide(Math.exp(x - turns * LN2_HIGH - turns * LN2_LOW), turns);
}

/** ``log`` of a pair above 0, as a number. */
function wideLog([m, e]) {
  return Math.abs(e) < 700 ? Math.log(wideToNumber(m, e)) : Math.log(m) + e * Math.LN2;
}

/** A pair above 0 to a fixed power. */
function widePower([m, e], exponent) {
  if (Math.abs(exponent) > MOST_POWER) return wideGrown(exponent * wideLog([m, e]));
  const shift = m === 0 ? 0 : Math.floor(Math.log2(m));
  const scaled = (e + shift) * exponent;
  if (Math.abs(e + shift) < 900 && Math.abs(scaled) < 900) return wide(wideToNumber(m, e) ** exponent, 0);
  const turns = Math.round(scaled);
  return wide(wideToNumber(m, -shift) ** exponent * 2 ** (scaled - turns), turns);
}

/** The sum over i from ``low`` to ``high`` of a[i] b[k - i], each with its weight. */
function convolved(a, b, low, high, k, noise, weight) {
  const parts = [];
  for (let i = low; i <= high; i += 1) {
    if (a[i][0] !== 0) parts.push(wideTimes(a[i], b[k - i], weight ? weight(i) : 1));
  }
  return wideSum(parts, noise);
}

// The recurrences of Knuth, The Art of Computer Programming, volume 2, section 4.7.

function seriesPlus(a, b, noise) {
  return a.map((term, k) => wideSum([term, b[k]], noise));
}

function seriesTimes(a, b, noise) {
  return a.map((_, k) => convolved(a, b, 0, k, k, noise));
}

/** A series of ``count`` terms from its first; ``term(k, found)`` gives the next, over ``unit``. */
function seriesFrom(first, count, term, unit = [1, 0]) {
  const found = [first];
  for (let k = 1; k < count; k += 1) found.push(wideOver(term(k, found), unit));
  return found;
}

function seriesOver(a, b, noise) {
  return seriesFrom(wideOver(a[0], b[0]), a.length, (k, found) =>
    wideSum([a[k], convolved(b, found, 1, k, k, noise, () => -1)], noise), b[0]);
}

function seriesPower(a, exponent, noise) {
  return seriesFrom(widePower(a[0], exponent), a.length, (k, found) =>
    convolved(a, found, 1, k, k, noise, (i) => (i * exponent - (k - i)) / k), a[0]);
}

function seriesExp(a, first, noise) {
  return seriesFrom(first, a.length, (k, found) => convolved(a, found, 1, k, k, noise, (i) => i / k));
}

function seriesLog(a, first, noise) {
  return seriesFrom(first, a.length, (k, found) =>
    wideSum([a[k], convolved(a, found, 1, k - 1, k, noise, (i) => -(k - i) / k)], noise), a[0]);
}

function seriesWaves(a, first, noise) {
  const [sine, cosine] = first.map((value) => [wide(value, 0)]);
  for (let k = 1; k < a.length; k += 1) {
    const rising = convolved(a, cosine, 1, k, k, noise, (i) => i / k);
    cosine.push(convolved(a, sine, 1, k, k, noise, (i) => -i / k));
    sine.push(rising);
  }
  return [sine, cosine];
}

/** The last power whose coefficient is not 0; 0 where there is none. */
function seriesDegree(a) {
  let last = a.length - 1;
  while (last > 0 && a[last][0] === 0) last -= 1;
  return last;
}
