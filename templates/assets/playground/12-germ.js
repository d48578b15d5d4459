// Formulas on a path that starts at a point, known by their first terms; engine/formula/germ.py says more.

const VAGUE = 1;
const SINGULAR = 2;
const OUTSIDE = 3;
const SAME_POWER = 1e-9;
const SMALL = 60;
const FAR = 1e300;

/** Why there is no germ: thrown, so without the trace of an error. */
class Flaw {
  constructor(kind) {
    this.kind = kind;
  }
}

function flaw(kind) {
  throw new Flaw(kind);
}

/** ``h^order (terms[0] + terms[1] h^(1/grid) + ...) + O(h^rest)``; the first term is NaN where none is known. */
class Germ {
  constructor(order, terms, rest) {
    this.order = order;
    this.terms = terms;
    this.rest = rest;
  }

  get first() {
    return this.terms[0][0];
  }

  get vague() {
    return Number.isNaN(this.first);
  }

  get zero() {
    return this.first === 0 && this.rest === Infinity;
  }

  get constant() {
    return this.zero || (this.order === 0 && this.rest === Infinity && seriesDegree(this.terms) === 0);
  }

  /** What it tends to, maybe infinite. */
  limit() {
    if (this.order > 0) return 0;
    if (this.vague) return flaw(VAGUE);
    return this.order < 0 ? this.first * Infinity : wideToNumber(...this.terms[0]);
  }

  /** The same with what is infinite taken at a small h, so that the constant behind it tells. */
  start(grid) {
    if (!(this.rest > SAME_POWER) && Number.isFinite(this.order)) flaw(VAGUE);
    if (!Number.isFinite(this.order)) return this.order > 0 ? 0 : this.first * Infinity;
    return this.terms.reduce((sum, [m, e], k) => {
      const power = this.order + k / grid;
      return power <= SAME_POWER ? sum + wideToNumber(m, e - Math.round(SMALL * power)) * 2 ** (Math.round(SMALL * power) - SMALL * power) : sum;
    }, 0);
  }
}

/** The arithmetic of germs with ``count`` terms in steps of h^(1/grid); ``logStep`` stands for log(h). */
class Germs {
  constructor(count, grid, logStep, noise = NOISE) {
    Object.assign(this, { count, grid, logStep, noise, reach: count / grid });
  }

  /** The germ of a formula, a tree as the rules hold it, from those of its names. */
  of(node, names) {
    if (typeof node === "number") return this.constant(node);
    if (typeof node === "string") return names[node];
    const [head, ...parts] = node;
    if (head === "**" && typeof parts[1] === "number") return this.fixedPower(this.of(parts[0], names), parts[1]);
    const [a, b] = parts.map((part) => this.of(part, names));
    switch (head) {
      case "neg": return this.minus(a);
      case "+": return this.plus(a, b);
      case "-": return this.plus(a, this.minus(b));
      case "*": return this.times(a, b);
      case "/": return this.over(a, b);
      case "**": return this.power(a, b);
      case "abs": return a.first < 0 ? this.minus(a) : a;
      case "sign": return a.vague ? this.bounded(0) : this.constant(Math.sign(a.first));
      case "exp": return this.exp(a);
      case "log": return this.log(a);
      case "sin": return this.waves(a)[0];
      case "cos": return this.waves(a)[1];
      case "atan": return this.atan(a);
      case "floor": return this.floor(a);
      case "maximum": return this.maximum(a, b);
      case "minimum": return this.minus(this.maximum(this.minus(a), this.minus(b)));
      default: return this.called(head, a);
    }
  }

  /** A function by its definition; the function itself gives the first term more exactly. */
  called(name, a) {
    const { definition, plain } = RULES.functions[name];
    const found = this.of(definition, { a });
    if (a.order < 0 || found.order !== 0 || found.vague) return found;
    const value = plain(wideToNumber(...this.dense(a).terms[0]));
    if (!Number.isFinite(value) || value === 0) return found;
    return new Germ(0, [wide(value, 0), ...found.terms.slice(1)], found.rest);
  }

  constant(value) {
    const terms = Array.from({ length: this.count }, (_, k) => (k ? [0, 0] : wide(value, 0)));
    return new Germ(value === 0 ? Infinity : 0, terms, Infinity);
  }

  /** ``value + slope h + bend h^2``. */
  path(value, slope, bend) {
    const terms = Array.from({ length: Math.max(this.count, 2 * this.grid + 1) }, () => [0, 0]);
    [terms[0], terms[this.grid], terms[2 * this.grid]] = [wide(value, 0), wide(slope, 0), wide(bend, 0)];
    const found = this.leading(0, terms, Infinity);
    const lost = found.terms.slice(this.count).some(([m]) => m !== 0);
    return new Germ(found.order, found.terms.slice(0, this.count), lost ? found.order + this.reach : Infinity);
  }

  minus(a) {
    return new Germ(a.order, a.terms.map(([m, e]) => [-m, e]), a.rest);
  }

  plus(a, b) {
    const order = Math.min(a.order, b.order);
    const [one, other] = [this.from(a, order), this.from(b, order)];
    return this.leading(order, seriesPlus(one.terms, other.terms, this.noise), Math.min(one.rest, other.rest));
  }

  times(a, b) {
    if (a.zero || b.zero) return this.constant(0);
    const order = a.order + b.order;
    const full = seriesDegree(a.terms) + seriesDegree(b.terms) >= this.count;
    const rest = least(a.order + b.rest, b.order + a.rest, full ? order + this.reach : Infinity);
    return this.leading(order, seriesTimes(a.terms, b.terms, this.noise), rest);
  }

  over(a, b) {
    if (b.zero) flaw(SINGULAR);
    if (b.vague) flaw(VAGUE);
    if (a.zero) return a;
    const order = a.order - b.order;
    const known = least(a.rest - a.order, b.rest - b.order, seriesDegree(b.terms) > 0 ? this.reach : Infinity);
    return this.leading(order, seriesOver(a.terms, b.terms, this.noise), order + known);
  }

  fixedPower(a, exponent) {
    if (exponent === 0) return this.constant(1);
    const whole = Number.isInteger(exponent);
    const below = a.first < 0;
    if (exponent < 0 && a.zero) flaw(SINGULAR);
    if (exponent < 0 && a.vague) flaw(VAGUE);
    if (below && !whole) flaw(OUTSIDE);
    if (a.zero) return a;
    let terms = seriesPower(below ? this.minus(a).terms : a.terms, exponent, this.noise);
    if (below && exponent % 2) terms = terms.map(([m, e]) => [-m, e]);
    const last = seriesDegree(a.terms);
    const ends = whole && exponent > 0 ? last * exponent < this.count : last === 0;
    const known = least(a.rest - a.order, ends ? Infinity : this.reach);
    return this.leading(a.order * exponent, terms, a.order * exponent + known);
  }

  power(a, b) {
    if (b.constant) return this.fixedPower(a, b.zero ? 0 : wideToNumber(...b.terms[0]));
    return this.exp(this.times(b, this.log(a)));
  }

  /** Of what grows or falls without bound only that it does so is kept. */
  exp(a) {
    const { terms, rest } = this.dense(a);
    if (!(rest > 0) && !(a.order < 0 && !a.vague)) flaw(VAGUE);
    const start = a.order < 0 ? a.first * Infinity : wideToNumber(...terms[0]);
    if (Math.abs(start) === Infinity) {
      const far = start > 0 ? -1 : 1;
      return new Germ(far * Infinity, this.constant(1).terms, far * FAR);
    }
    const known = a.constant ? Infinity : Math.min(rest, this.reach);
    return this.leading(0, seriesExp(terms, wideExp(start), this.noise), known);
  }

  log(a) {
    if (a.first < 0) flaw(OUTSIDE);
    if (a.zero) flaw(SINGULAR);
    if (a.vague || !Number.isFinite(a.order)) flaw(VAGUE);
    const first = wide(wideLog(a.terms[0]) + a.order * this.logStep, 0);
    const known = least(a.rest - a.order, seriesDegree(a.terms) > 0 ? this.reach : Infinity);
    return this.leading(0, seriesLog(a.terms, first, this.noise), known);
  }

  /** ``[sin(a), cos(a)]``; of what grows without bound only that they are bounded. */
  waves(a) {
    const { terms, rest } = this.dense(a);
    if (!(rest > 0)) return [this.bounded(0), this.bounded(0)];
    const start = wideToNumber(...terms[0]);
    if (Math.abs(start) === Infinity) flaw(OUTSIDE);
    const clean = (value) => (Math.abs(value) <= this.noise * Math.abs(start) ? 0 : value);
    const known = a.constant ? Infinity : Math.min(rest, this.reach);
    const both = seriesWaves(terms, [clean(Math.sin(start)), clean(Math.cos(start))], this.noise);
    return both.map((wave) => this.leading(0, wave, known));
  }

  /** Of what grows without bound a right angle less that of its reciprocal. */
  atan(a) {
    if (a.order < 0 && !a.vague) {
      const right = this.constant((Math.sign(a.first) * Math.PI) / 2);
      return this.plus(right, this.minus(this.atan(this.over(this.constant(1), a))));
    }
    const { terms, rest } = this.dense(a);
    if (!(rest > 0)) return this.bounded(0);
    const slope = this.dense(this.plus(this.constant(1), this.times(a, a))).terms;
    const rising = seriesOver(terms.map(([m, e], k) => [m * k, e]), slope, this.noise);
    const found = rising.map(([m, e], k) => (k ? [m / k, e] : wide(Math.atan(wideToNumber(...terms[0])), 0)));
    return this.leading(0, found, a.constant ? Infinity : Math.min(rest, this.reach));
  }

  /** Where both cannot be told apart, what they have in common. */
  maximum(a, b) {
    const gap = this.plus(a, this.minus(b));
    if (gap.vague) return this.plus(a, this.bounded(gap.order));
    return gap.first < 0 ? b : a;
  }

  /** On a whole number it matters from where the path comes. */
  floor(a) {
    const { terms, rest } = this.dense(a);
    const start = wideToNumber(...terms[0]);
    if (!(rest > 0)) return this.plus(a, this.bounded(0));
    if (Math.abs(start) === Infinity) return a;
    const nearest = Math.round(start);
    if (!(Math.abs(start - nearest) <= this.noise * Math.abs(start))) return this.constant(Math.floor(start));
    const beyond = this.plus(a, this.minus(this.constant(nearest)));
    return beyond.vague ? this.plus(a, this.bounded(0)) : this.constant(nearest - (beyond.first < 0 ? 1 : 0));
  }

  /** ``(a - a0) / h`` with the limit a0 of a. */
  slope(a) {
    if (a.order < 0 || !(a.rest > 0)) flaw(VAGUE);
    const terms = a.order === 0 ? [[0, 0], ...a.terms.slice(1)] : a.terms;
    const found = this.leading(a.order, terms, a.rest);
    return new Germ(found.order - 1, found.terms, found.rest - 1);
  }

  bounded(order) {
    return new Germ(order, this.constant(NaN).terms, order);
  }

  /** The terms from h^0 on, and the rest, which is 0 or less where ``a`` is infinite. */
  dense(a) {
    const { terms, rest } = this.from(a, 0);
    return { terms, rest: a.order < 0 ? a.order : rest };
  }

  /** The terms from a lower order on; those no whole number of steps behind it are not known. */
  from(a, order) {
    const nothing = () => this.constant(0).terms;
    if (a.order === order) return { terms: a.terms, rest: a.rest };
    const gap = (a.order - order) * this.grid;
    if (!(gap < this.count)) {
      return { terms: nothing(), rest: a.zero ? a.rest : Math.min(a.rest, order + this.reach) };
    }
    const steps = Math.max(0, Math.round(gap));
    if (Math.abs(gap - steps) > SAME_POWER && gap > 0) return { terms: nothing(), rest: a.order };
    const terms = nothing().map((none, k) => (k < steps ? none : a.terms[k - steps]));
    const lost = seriesDegree(a.terms) + steps >= this.count;
    return { terms, rest: lost ? Math.min(a.rest, order + this.reach) : a.rest };
  }

  /** The germ with its order at the first known term that is not 0. */
  leading(order, terms, rest) {
    if (Number.isNaN(order)) flaw(VAGUE);
    const boundless = !Number.isFinite(order);
    const known = terms.map((term, k) => (boundless || order + k / this.grid < rest - SAME_POWER ? term : [0, 0]));
    const first = known.findIndex(([m]) => m !== 0);
    if (first < 0) {
      return rest === Infinity ? this.constant(0) : new Germ(rest, this.constant(NaN).terms, rest);
    }
    const led = known.map((_, k) => known[k + first] || [0, 0]);
    return new Germ(order + first / this.grid, led, boundless ? Math.sign(order) * FAR : rest);
  }
}

/**
 * A formula from the pairs of its names, without a path, as a pair or as the flaw that it has.
 *
 * It is what ``Germs`` would find with one term; fields are painted by it, so it is short.
 */
function wideOf(node, names) {
  if (typeof node === "number") return wide(node, 0);
  if (typeof node === "string") return names[node];
  const a = wideOf(node[1], names);
  if (typeof a === "number") return a;
  const b = node.length > 2 ? wideOf(node[2], names) : null;
  if (typeof b === "number") return b;
  switch (node[0]) {
    case "neg": return [-a[0], a[1]];
    case "+": return widePlus(a, b);
    case "-": return widePlus(a, [-b[0], b[1]]);
    case "*": return wideTimes(a, b);
    case "/": return b[0] === 0 ? SINGULAR : wideOver(a, b);
    case "**": return wideRaised(a, wideToNumber(...b));
    case "abs": return [Math.abs(a[0]), a[1]];
    case "sign": return [Math.sign(a[0]), 0];
    case "exp": return wideGrown(wideToNumber(...a));
    case "log": return wideLogarithm(a);
    case "maximum": return wideSum([a, [-b[0], b[1]]], 0)[0] < 0 ? b : a;
    case "minimum": return wideSum([a, [-b[0], b[1]]], 0)[0] < 0 ? a : b;
    default: return wideCalled(node[0], a);
  }
}

function widePlus(a, b) {
  const sum = wideSum([a, b], 0);
  // What grows against what grows, both beyond any number: nothing is known.
  return sum[0] === 0 && Math.max(a[1], b[1]) >= FAR / 2 ? VAGUE : sum;
}

function wideRaised(a, exponent) {
  if (exponent === 0) return [1, 0];
  if (a[0] === 0) return exponent > 0 ? a : SINGULAR;
  if (a[0] > 0) return widePower(a, exponent);
  if (!Number.isInteger(exponent)) return OUTSIDE;
  const [m, e] = widePower([-a[0], a[1]], exponent);
  return exponent % 2 ? [-m, e] : [m, e];
}

function wideGrown(x) {
  return Math.abs(x) === Infinity ? [1, Math.sign(x) * FAR] : wideExp(x);
}

function wideLogarithm(a) {
  if (a[0] < 0) return OUTSIDE;
  if (a[0] === 0) return SINGULAR;
  return Math.abs(a[1]) >= FAR / 2 ? VAGUE : wide(wideLog(a), 0);
}

/** A function of one number, or by its definition where that number is out of reach. */
function wideCalled(name, a) {
  const x = wideToNumber(...a);
  if (name === "floor") return Math.abs(x) === Infinity ? a : wide(Math.floor(x), 0);
  if (name === "atan") return wide(Math.atan(x), 0);
  if (name === "sin" || name === "cos") return Math.abs(x) === Infinity ? OUTSIDE : wide(Math[name](x), 0);
  const { definition, plain } = RULES.functions[name];
  const value = plain(x);
  return Number.isFinite(value) && value !== 0 ? wide(value, 0) : wideOf(definition, { a });
}

/** The least of numbers, those that are NaN left out. */
function least(...values) {
  return Math.min(...values.filter((value) => !Number.isNaN(value)));
}
