// How a run ended that made all its steps, with the bounds of `engine.ending` and `engine.rest`.

const BEYOND = 1e100;
const FLAT = 1e-3;
const FLATTER = 1e-6;
const GAIN = 1e-6;
const NUDGE = 1e-3;
const DRAWN = 3;
const LONGER = 100;
const STENCIL = 1e-4;
const FINEST = 1e-7;
const LOSS_ROUNDING = 4 * Number.EPSILON;

function norm(vector) {
  return Math.hypot(vector[0], vector[1]);
}

/** The outcome of ``run``: its field, path, settings, and how it ``goesOn`` from a point for so many steps. */
function finalOutcome(run) {
  const { points, losses, field } = run;
  const last = points[points.length - 1];
  if (last.some((value) => Math.abs(value) > BEYOND)) return "diverging";
  const higher = losses[losses.length - 1] > losses[0];
  if (!higher && hasConverged(run)) return "converged";
  if (endsFlat(field, last, losses[0], losses[losses.length - 1])) return "flat";
  if (!higher) return "finished";
  return grows(losses) ? "diverging" : "climbed";
}

/** Whether losses grow to the end and no slower toward it: the highest of each quarter tell. */
function grows(losses) {
  const rows = losses.length;
  if (rows < 8) return false;
  const peaks = [0, 1, 2, 3].map((quarter) =>
    losses.slice(Math.floor((quarter * rows) / 4), Math.floor(((quarter + 1) * rows) / 4)).reduce((a, b) => Math.max(a, b)));
  const before = peaks[2] - peaks[1];
  return before > 0 && peaks[3] - peaks[2] >= before && peaks[3] > losses[0];
}

/** Whether the gradient at the end is next to nothing by the objective's own scale. */
function endsFlat({ gradient, scale }, end, first, last) {
  const promised = norm(gradient(...end)) * scale.reach;
  const left = FLAT * (last - scale.lowest);
  const little = FLATTER * scale.usual;
  return (promised < left && last - first <= left) || (promised <= little && Math.abs(last - first) <= little);
}

/** Whether a run is at rest with next to nothing left to gain. */
function hasConverged({ field, points, losses, gradients, taken, goesOn }) {
  const end = points[points.length - 1];
  const way = points.reduce((most, [x1, x2]) => Math.max(most, Math.hypot(x1 - end[0], x2 - end[1])), 0);
  const slopes = Object.values(taken).flatMap(({ values }) => values);
  const nothing = GAIN * (slopes.length ? slopes : gradients).reduce((most, gradient) => Math.max(most, norm(gradient)), 0) * way;
  const { promised, curved } = promises(field, end, way);
  const could = losses[0] - field.scale.lowest;
  const floor = GAIN * could > LOSS_ROUNDING * Math.max(Math.abs(losses[0]), Math.abs(field.scale.lowest))
    && losses[losses.length - 1] - field.scale.lowest <= GAIN * could;
  const calm = promised <= nothing && (curved > nothing || floor);
  return (calm || (floor && field.minima.length > 0)) && isAtRest(end, NUDGE * way, goesOn);
}

/** What slope and curvature at the end promise, and what the largest curvature would within reach. */
function promises({ gradient, scale }, end, way) {
  const reach = Math.max(scale.reach, way);
  const stencil = Math.max(STENCIL * way, FINEST * (reach + Math.max(Math.abs(end[0]), Math.abs(end[1]))));
  const around = [[stencil, 0], [0, stencil]].map(([x1, x2]) => {
    const [after, before] = [gradient(end[0] + x1, end[1] + x2), gradient(end[0] - x1, end[1] - x2)];
    return [0, 1].map((axis) => (after[axis] - before[axis]) / (2 * stencil));
  });
  const mixed = (around[0][1] + around[1][0]) / 2;
  const half = (around[0][0] - around[1][1]) / 2;
  const middle = (around[0][0] + around[1][1]) / 2;
  const size = Math.hypot(half, mixed);
  const angle = Math.atan2(mixed, half) / 2;
  const [g1, g2] = gradient(...end);
  const along = Math.abs(g1 * Math.cos(angle) + g2 * Math.sin(angle));
  const across = Math.abs(g2 * Math.cos(angle) - g1 * Math.sin(angle));
  const gained = (slope, curvature) => {
    const best = curvature * reach > slope ? slope / curvature : reach;
    return slope * best - (curvature * best ** 2) / 2;
  };
  return {
    promised: gained(along, middle + size) + gained(across, middle - size),
    curved: ((middle + size) * reach ** 2) / 2,
  };
}

/** Whether a run that is nudged off its end, along either axis, stays by it. */
function isAtRest(end, nudge, goesOn) {
  return [[nudge, 0], [0, nudge]].every(([x1, x2]) =>
    goesOn([end[0] + x1, end[1] + x2], LONGER, (point) =>
      point.every((value, axis) => Math.abs(value - end[axis]) <= DRAWN * nudge)));
}
