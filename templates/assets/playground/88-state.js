// The state of one playground, its usual values, and how it is written in the address.

/** What a playground starts from: the page's settings over the optimizer's own defaults. */
function usualState(config, page) {
  const hyper = {};
  for (const { name, default: value } of page.optimizers[config.optimizer].hyper) hyper[name] = value;
  return {
    objective: config.objective,
    start: [...config.start],
    steps: config.steps,
    hyper: { ...hyper, ...config.hyper },
    step: null,
  };
}

/** The objectives to choose from: those with a name, and the playground's own formula. */
function offeredObjectives(config, page) {
  return Object.keys(page.objectives).filter((name) => /^\w+$/.test(name) || name === config.objective);
}

/** Where a descent of ``objective`` usually starts; the page's own start for its own objective. */
function usualStart(objective, config, page) {
  return [...(objective === config.objective ? config.start : page.objectives[objective].start)];
}

/** ``lr=0.4&start=-5,-2``: what differs from the usual values, or an empty text. */
function writeState(state, config, page) {
  const usual = usualState(config, page);
  const parts = [];
  for (const [name, value] of Object.entries(state.hyper)) {
    if (value !== usual.hyper[name]) parts.push(`${name}=${inField(value)}`);
  }
  if (state.objective !== usual.objective) parts.push(`objective=${encodeURIComponent(state.objective)}`);
  const start = usualStart(state.objective, config, page);
  if (state.start.some((value, axis) => value !== start[axis])) parts.push(`start=${state.start.map(inField)}`);
  if (state.steps !== usual.steps) parts.push(`steps=${state.steps}`);
  if (state.step !== null) parts.push(`step=${state.step}`);
  return parts.join("&");
}

/** The state that ``text`` describes; what it leaves out or gets wrong keeps its usual value. */
function readState(text, config, page) {
  const state = usualState(config, page);
  const given = new Map(text.split("&").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), decoded(part.slice(at + 1))];
  }));
  if (offeredObjectives(config, page).includes(given.get("objective"))) state.objective = given.get("objective");
  state.start = usualStart(state.objective, config, page);
  const start = (given.get("start") ?? "").split(",").map(parseNumber);
  if (start.length === 2 && start.every(Number.isFinite)) state.start = start;
  for (const name of Object.keys(state.hyper)) {
    const value = parseNumber(given.get(name) ?? "");
    if (Number.isFinite(value)) state.hyper[name] = value;
  }
  const steps = parseNumber(given.get("steps") ?? "");
  if (Number.isInteger(steps) && steps >= 1) state.steps = Math.min(steps, MOST_ENTERED_STEPS);
  const step = parseNumber(given.get("step") ?? "");
  if (Number.isInteger(step) && step >= 0) state.step = step;
  return state;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
