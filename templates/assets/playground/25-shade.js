// The shade of a loss: the map that `engine.field` has, worked out over the view that is shown.

const SAMPLES = 4096;
const SPREAD = [0.7548776662466927, 0.5698402909980532];
const KNOTS = 64;
const LEAST_SHARE = 0.5;
const MOST_STEP = 4;
const ROUNDING = 4 * Number.EPSILON;
const FARTHEST = 4e307;
const STEEPEST = 700;
const LEAST_BEND = 1e-6;

/** The finite losses at points spread over ``view``, its corners and its lowest minimum, rising. */
function sampledLosses(field, view, minima) {
  const [[left, right], [bottom, top]] = view;
  const losses = [];
  const take = (loss) => {
    if (Number.isFinite(loss)) losses.push(clamp(loss, -FARTHEST, FARTHEST));
  };
  const at = (across, up) => field.value(left + across * (right - left), bottom + up * (top - bottom));
  for (let index = 1; index <= SAMPLES; index += 1) take(at((index * SPREAD[0]) % 1, (index * SPREAD[1]) % 1));
  for (const [across, up] of [[0, 0], [0, 1], [1, 0], [1, 1]]) take(at(across, up));
  const inside = minima.filter(([x1, x2]) => left <= x1 && x1 <= right && bottom <= x2 && x2 <= top);
  take(Math.min(...inside.map(([x1, x2]) => field.value(x1, x2))));
  return Float64Array.from(losses).sort();
}

/** The map from losses to shades over ``view``: the fields of `engine.field.Shade`. */
function shadeOver(field, view, minima) {
  const sampled = sampledLosses(field, view, minima);
  if (!sampled.length) return { losses: [0], shades: [0], bends: [], power: 1 };
  const ranks = Array.from({ length: KNOTS + 1 }, (_, index) => Math.sin(((Math.PI / 2) * index) / KNOTS) ** 2);
  const knots = ranks.map((rank) => sampled[Math.floor(rank * (sampled.length - 1) + LEAST_BEND)]);
  const span = knots[KNOTS] - knots[0];
  const heights = knots.map((knot) => (knot - knots[0]) / (span || 1));
  const power = 1 - Math.log2(Math.max(heights[KNOTS / 2], 1 / FARTHEST));
  const roots = heights.map((height) => height ** (1 / power));
  const [losses, sums] = [[knots[0]], [0]];
  for (let index = 0; index < KNOTS; index += 1) {
    const [from, to] = [knots[index], knots[index + 1]];
    if (!(to - from > ROUNDING * Math.max(Math.abs(from), Math.abs(to)))) continue;
    const least = LEAST_SHARE * (ranks[index + 1] - ranks[index]);
    losses.push(to);
    sums.push(sums[sums.length - 1] + clamp(roots[index + 1] - roots[index], least, MOST_STEP / KNOTS));
  }
  if (losses.length === 1) return { losses, shades: sums, bends: [], power: 1 };
  const shades = sums.map((sum) => sum / sums[sums.length - 1]);
  return { losses, shades, bends: bendsOf(losses, shades), power };
}

/** How the slope falls over each interval between knots: by the slopes of the intervals beside it. */
function bendsOf(losses, shades) {
  const last = losses.length - 2;
  const slope = (index) => {
    const at = clamp(index, 0, last);
    return Math.log(shades[at + 1] - shades[at]) - Math.log(losses[at + 1] - losses[at]);
  };
  return losses.slice(1).map((_, index) => clamp((slope(index - 1) - slope(index + 1)) / 2, -STEEPEST, STEEPEST));
}

/** The shade of a loss; it goes on below 0 and above 1. */
function shadeAt({ losses, shades, bends, power }, loss) {
  const value = clamp(loss, -FARTHEST, FARTHEST);
  const last = losses.length - 1;
  const span = losses[last] - losses[0] || 1;
  if (value < losses[0]) return -Math.log1p((losses[0] - value) / span) / power;
  if (value >= losses[last]) return shades[last] + Math.log1p((value - losses[last]) / span) / power;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (losses[middle] <= value) low = middle;
    else high = middle;
  }
  const gap = losses[high] - losses[low];
  return shades[low] + bent((value - losses[low]) / gap, (losses[high] - value) / gap, bends[low]) * (shades[high] - shades[low]);
}

/** The share of the shades between two knots at shares ``passed`` and ``left`` of the losses. */
function bent(passed, left, bend) {
  const size = Math.abs(bend);
  if (size < LEAST_BEND) return passed;
  const curve = Math.log1p(Math.expm1(size) * (bend > 0 ? passed : left)) / size;
  return bend > 0 ? curve : 1 - curve;
}
