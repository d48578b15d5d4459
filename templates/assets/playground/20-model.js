// The arithmetic: the printed rules, stepped in the order in which the engine steps them.

const MOST_STEPS = 100000;

function ruleNamed(table, kind, name) {
  if (Object.hasOwn(table, name)) return table[name];
  throw new RangeError(`unknown ${kind} '${name}': one of ${Object.keys(table).join(", ")}`);
}

function checkedPoint(start) {
  if (Array.isArray(start) && start.length === 2 && start.every(Number.isFinite)) return [...start];
  throw new RangeError("start: expected two finite numbers");
}

function checkedSteps(steps) {
  if (Number.isInteger(steps) && steps >= 1 && steps <= MOST_STEPS) return steps;
  throw new RangeError(`steps: expected a whole number from 1 to ${MOST_STEPS}`);
}

function checkedHyper(rule, given) {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(rule.hyper, name)) {
      throw new RangeError(`unknown hyper-parameter '${name}': one of ${Object.keys(rule.hyper).join(", ")}`);
    }
    if (!Number.isFinite(value)) throw new RangeError(`${name}: expected a finite number`);
  }
  return { ...rule.hyper, ...given };
}

/** How a step broke off, or null where all its numbers are finite. An infinity outranks a NaN. */
function breakOf(step, taken, loss) {
  const gradients = Object.values(taken).flatMap(({ value }) => value);
  const numbers = [...gradients, loss, ...Object.values(step.terms).flat()];
  if (numbers.every(Number.isFinite)) return null;
  return numbers.some((value) => Math.abs(value) === Infinity) ? "diverged" : "undefined";
}

/**
 * One descent: ``{points, losses, gradients, taken, terms, outcome, stopped, kinks}``.
 *
 * ``points[0]`` is the start and ``points[t]`` follows update ``t``; ``terms[name][t - 1]`` belongs
 * to that update, and so do ``taken[name].points[t - 1]`` and ``.values[t - 1]``: where it took a
 * gradient, and what that was. ``gradients[t - 1]`` is the one at ``points[t - 1]``. A run that
 * leaves the finite numbers keeps the steps before; ``stopped`` is the step at which it did, else null.
 * In the steps ``kinks`` a gradient was taken at a kink, where it has no value: a subgradient.
 */
function run({ optimizer, objective, start, steps = 50, hyper = {} }) {
  const rule = ruleNamed(RULES.optimizers, "optimizer", optimizer);
  const field = ruleNamed(RULES.objectives, "objective", objective);
  const settings = checkedHyper(rule, hyper);
  const count = checkedSteps(steps);
  let kinked = false;
  const grad = (point) => {
    const { gradient, kink } = field.subgradient(point[0], point[1]);
    kinked ||= kink;
    return gradient;
  };
  let x = checkedPoint(start === undefined ? field.start : start);
  let state = Object.fromEntries(Object.entries(rule.state).map(([name, value]) => [name, value === "x" ? [...x] : [value, value]]));
  const result = { points: [x], losses: [field.value(x[0], x[1])], gradients: [], taken: {}, terms: {}, outcome: "", stopped: null, kinks: [] };
  for (let t = 1; t <= count; t += 1) {
    kinked = false;
    const g = field.gradient(x[0], x[1]);
    const step = rule.step(x, state, g, t, settings, grad);
    const taken = rule.taken(x, state, t, settings, step.terms, grad);
    const loss = field.value(step.x[0], step.x[1]);
    const broken = Number.isFinite(result.losses[0]) ? breakOf(step, taken, loss) : "undefined";
    if (broken) return { ...result, outcome: broken, stopped: t };
    ({ x, state } = step);
    if (kinked) result.kinks.push(t);
    result.points.push(x);
    result.losses.push(loss);
    result.gradients.push(g);
    for (const [name, { point, value }] of Object.entries(taken)) {
      const kept = (result.taken[name] ||= { points: [], values: [] });
      kept.points.push(point);
      kept.values.push(value);
    }
    for (const [name, value] of Object.entries(step.terms)) (result.terms[name] ||= []).push(value);
  }
  const goesOn = (point, further, holds) => {
    let [next, kept] = [point, state];
    for (let t = count + 1; t <= count + further; t += 1) {
      ({ x: next, state: kept } = rule.step(next, kept, grad(next), t, settings, grad));
      if (!holds(next)) return false;
    }
    return true;
  };
  result.outcome = finalOutcome({ ...result, field, goesOn });
  return result;
}

window.thalweg = Object.freeze({ ...window.thalweg, run });
