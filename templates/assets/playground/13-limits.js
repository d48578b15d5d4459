// Values and gradients where plain numbers fail, as engine/formula/limits.py and subgradient.py find them.

const LADDER = [[1, 1], [4, 1], [12, 1], [16, 2], [48, 12]];
const LOG_STEPS = [-(2 ** 12), -(2 ** 13)];
const CLOSE = 1e-9;
const CUTS = 8;
const ALIGNED = 1e-12;
const LEAST_GAIN = 1e-3;
const STEEP = 1e15;
const AXES = [[1, 0], [-1, 0], [0, 1], [0, -1]];
const STRAIGHT = [...AXES, [1, 1], [-1, -1], [1, -1], [-1, 1]].map((slope) => [slope, [0, 0]]);
const BENT = AXES.flatMap((slope) => [1, -1].map((bend) => [slope, [bend * Math.abs(slope[1]), bend * Math.abs(slope[0])]]));

/** Whether numbers are the same but for what rounding leaves open. */
function isClose(a, b) {
  const size = Math.max(Math.abs(a), Math.abs(b), 1e-3);
  return a === b || (Number.isFinite(size) && Math.abs(a - b) <= CLOSE * size);
}

/** ``{value, flaw}`` of what ``compute`` returns, or the flaw that it throws. */
function tried(compute) {
  try {
    const value = compute();
    return Number.isNaN(value) ? { value, flaw: VAGUE } : { value, flaw: 0 };
  } catch (thrown) {
    if (thrown instanceof Flaw) return { value: NaN, flaw: thrown.kind };
    throw thrown;
  }
}

/** A formula at a point with all the range it needs on the way. */
function exactRange(formula, [x1, x2]) {
  const found = wideOf(formula.tree, { x1: wide(x1, 0), x2: wide(x2, 0) });
  return typeof found === "number" ? { value: NaN, flaw: found } : { value: wideToNumber(...found), flaw: 0 };
}

/** What a view shows of the weighted sum of a formula's germs on paths ``{slope, bend, weight}``. */
function seen(arithmetic, formula, point, paths, view) {
  const parts = paths.map(({ slope, bend, weight }) => {
    const [x1, x2] = point.map((value, axis) => arithmetic.path(value, slope[axis], bend[axis]));
    const germ = arithmetic.of(formula.tree, { x1, x2 });
    return arithmetic.times(view === "slope" ? arithmetic.slope(germ) : germ, arithmetic.constant(weight));
  });
  let whole = parts.reduce((a, b) => arithmetic.plus(a, b));
  if (view === "across") whole = new Germ(whole.order - 2, whole.terms, whole.rest - 2);
  return view === "start" || view === "across" ? whole.start(arithmetic.grid) : whole.limit();
}

/** What a formula tends to on a path or, weighted, on several; see ``seen``. */
function along(formula, point, paths, view = "limit") {
  let found = { value: NaN, flaw: VAGUE };
  for (const [count, grid] of LADDER) {
    if (found.flaw !== VAGUE || (grid > 1 && !formula.roots)) break;
    const [first, second] = LOG_STEPS.slice(0, formula.logs ? 2 : 1).map((step) =>
      tried(() => seen(new Germs(count, grid, step), formula, point, paths, view)));
    found = second ? agreed(first, second) : first;
  }
  return found;
}

/** The limit on which both stand-ins for log(h) agree; infinite where it follows them. */
function agreed(first, second) {
  if (first.flaw || second.flaw) return { value: NaN, flaw: Math.max(first.flaw, second.flaw) };
  if (isClose(first.value, second.value)) return second;
  const grows = Math.abs(second.value) > 1.5 * Math.abs(first.value);
  return grows ? { value: second.value * Infinity, flaw: 0 } : { value: NaN, flaw: VAGUE };
}

/** The formula where plain numbers fail: its value, its limit from all sides, or NaN. */
function completed(formula, point) {
  const plain = exactRange(formula, point);
  if (plain.flaw === 0 || plain.flaw === OUTSIDE) return plain.value;
  const values = [];
  for (const [slope, bend] of [...STRAIGHT, ...BENT]) {
    const { value, flaw: kind } = along(formula, point, [{ slope, bend, weight: 1 }]);
    if (kind >= SINGULAR) continue;
    if (!Number.isFinite(value)) return NaN;
    values.push(value);
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length && isClose(low, high) ? low + (high - low) / 2 : NaN;
}

/** The mean slope along an axis, coming from ``sides`` that are 1 or -1. */
function slopeFrom(trees, axis, point, sides) {
  const paths = (bend, weight) => sides.map((side) => ({
    slope: axis ? [0, side] : [side, 0], bend, weight: weight(side) / sides.length }));
  const even = () => 1;
  let found = along(trees.partials[axis], point, paths([0, 0], even));
  if (found.flaw === SINGULAR) found = along(trees.value, point, paths([0, 0], (side) => side), "slope");
  if (found.flaw === SINGULAR) found = along(trees.partials[axis], point, paths(axis ? [1, 0] : [0, 1], even));
  return found;
}

/** A component from the slopes on both sides: the one to take, their mean, whether they differ. */
function sided(trees, axis, point, plain) {
  const [right, left] = [1, -1].map((side) => slopeFrom(trees, axis, point, [side]));
  const kink = !right.flaw && !left.flaw && !isClose(right.value, left.value);
  if (!kink) {
    const oneSided = (right.flaw === 0 && left.flaw === OUTSIDE) || (left.flaw === 0 && right.flaw === OUTSIDE);
    const known = right.flaw ? left : right;
    const better = oneSided || (!right.flaw && !left.flaw && !Number.isFinite(plain));
    const value = better && Number.isFinite(known.value) ? known.value : plain;
    return { chosen: value, mean: value, kink };
  }
  let mean = right.value + (left.value - right.value) / 2;
  if (Math.abs(right.value) === Infinity && Math.abs(left.value) === Infinity) {
    const both = slopeFrom(trees, axis, point, [1, -1]);
    mean = both.flaw ? plain : both.value;
  }
  if (isClose(mean, plain)) mean = plain;
  return { chosen: left.value <= 0 && right.value >= 0 ? 0 : mean, mean, kink };
}

/** The gradient where its formulas fail or may jump, and whether there is a kink. */
function subgradient(trees, point, plain, failed, jumps) {
  const parts = plain.map((value, axis) => {
    if (!jumps[axis]) {
      const kept = { chosen: value, mean: value, kink: false };
      if (!failed && Number.isFinite(value)) return kept;
      const found = exactRange(trees.partials[axis], point);
      if (found.flaw === 0) return { chosen: found.value, mean: found.value, kink: false };
      if (found.flaw === OUTSIDE || Number.isFinite(value)) return kept;
    }
    return sided(trees, axis, point, value);
  });
  const chosen = parts.map((part) => part.chosen);
  const asked = parts.some((part) => part.kink && part.chosen !== part.mean);
  const taken = asked && !supports(trees, point, chosen) ? parts.map((part) => part.mean) : chosen;
  return { gradient: taken, kink: parts.some((part) => part.kink) };
}

/** The gradient right beside a point in a direction, or null where there is none. */
function gradientBeside(trees, point, way) {
  const found = [0, 1].map((axis) => {
    const partial = along(trees.partials[axis], point, [{ slope: way, bend: [0, 0], weight: 1 }], "start");
    if (partial.flaw !== SINGULAR) return partial;
    const bend = axis ? [0, 1] : [1, 0];
    const pair = [1, -1].map((side) => ({ slope: way, bend: bend.map((part) => part * side), weight: side / 2 }));
    return along(trees.value, point, pair, "across");
  });
  return found.some((part) => part.flaw) ? null : found.map((part) => clamp(part.value, -STEEP, STEEP));
}

/** Whether ``chosen`` lies in the hull of the gradients around: cutting planes, corner by corner. */
function supports(trees, point, chosen) {
  const offset = (way) => gradientBeside(trees, point, way)?.map((value, axis) => value - chosen[axis]);
  const corners = AXES.map(offset).filter(Boolean);
  for (let cut = 0; cut < CUTS && corners.length; cut += 1) {
    const { near, encloses } = nearest(corners);
    const size = Math.max(...corners.flat().map(Math.abs));
    const distance = norm(near);
    if (encloses || distance <= ALIGNED * size) return true;
    const way = near.map((value) => -value / distance);
    const added = offset(way);
    if (!added) return false;
    const most = Math.max(...added.map(Math.abs));
    const gain = added[0] * way[0] + added[1] * way[1] + distance;
    if (!(gain > LEAST_GAIN * most && most < size / LEAST_GAIN)) return false;
    corners.push(added);
  }
  return false;
}

/** The point nearest to 0 on the lines between corners, and whether they enclose 0. */
function nearest(corners) {
  let near = corners[0];
  corners.forEach((start, index) => {
    for (const end of corners.slice(index)) {
      const line = [end[0] - start[0], end[1] - start[1]];
      const length = line[0] ** 2 + line[1] ** 2;
      const share = length > 0 ? clamp(-(start[0] * line[0] + start[1] * line[1]) / length, 0, 1) : 0;
      const point = [start[0] + share * line[0], start[1] + share * line[1]];
      if (norm(point) < norm(near)) near = point;
    }
  });
  const angles = corners.map(([x, y]) => Math.atan2(y, x)).sort((a, b) => a - b);
  const gaps = angles.map((angle, index) => (index ? angle - angles[index - 1] : angle + 2 * Math.PI - angles[angles.length - 1]));
  return { near, encloses: Math.max(...gaps) < Math.PI - ALIGNED };
}

/**
 * An objective of the rules whose ``value`` and ``gradient`` go on where plain numbers fail.
 *
 * ``subgradient(x1, x2)`` is ``{gradient, kink}``.
 */
function completedField(field) {
  const { trees } = field;
  let last = { point: [NaN, NaN], found: null };
  const value = (x1, x2) => {
    const plain = field.value(x1, x2);
    if (Number.isFinite(plain) || !Number.isFinite(x1) || !Number.isFinite(x2)) return plain;
    const found = completed(trees.value, [x1, x2]);
    return Number.isNaN(found) ? plain : found;
  };
  const subgradientAt = (x1, x2) => {
    const plain = field.gradient(x1, x2);
    const jumps = field.jumps(x1, x2);
    // What overflows below a bar leaves a finite 0; where the formula itself overflows, none is trusted.
    const failed = !Number.isFinite(field.value(x1, x2));
    const whole = !failed && plain.every(Number.isFinite) && !jumps.includes(true);
    if (whole || !Number.isFinite(x1) || !Number.isFinite(x2)) return { gradient: plain, kink: false };
    if (last.point[0] !== x1 || last.point[1] !== x2) {
      const found = Number.isFinite(value(x1, x2)) ? subgradient(trees, [x1, x2], plain, failed, jumps) : { gradient: plain, kink: false };
      last = { point: [x1, x2], found };
    }
    return last.found;
  };
  return { ...field, value, subgradient: subgradientAt, gradient: (x1, x2) => subgradientAt(x1, x2).gradient };
}
