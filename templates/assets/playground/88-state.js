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

/**
 * The ``state`` that ``text`` describes, and the sentences that tell what of it was ``refused``: that
 * keeps its usual value. The rules are those of the fields, see `entryRules`.
 */
function readState(text, config, page) {
  const { words } = page;
  const [state, refused, given] = [usualState(config, page), [], givenParts(text)];
  const rules = entryRules(words);
  const number = (name, rule, usual) => {
    if (!given.has(name)) return usual;
    const value = parseNumber(given.get(name));
    if (Number.isFinite(value) && rule.valid(value)) return value;
    refused.push(refusal(words, name, rule.expected, inSentence(usual ?? state.steps)));
    return usual;
  };
  const offered = offeredObjectives(config, page);
  if (offered.includes(given.get("objective"))) state.objective = given.get("objective");
  else if (given.has("objective")) {
    const titles = offered.map((name) => objectiveTitle(name, page.objectives, words));
    const stays = objectiveTitle(state.objective, page.objectives, words);
    refused.push(refusal(words, words.objective, fill(words.expectOne, { names: titles.join(words.comma) }), stays));
  }
  state.start = usualStart(state.objective, config, page);
  if (given.has("start")) {
    const start = given.get("start").split(",").map(parseNumber);
    if (start.length === 2 && start.every((value) => Number.isFinite(value) && rules.start.valid(value))) state.start = start;
    else refused.push(refusal(words, words.startPoint, words.expectPoint, pointText(state.start)));
  }
  for (const name of Object.keys(state.hyper)) state.hyper[name] = number(name, rules.hyper, state.hyper[name]);
  state.steps = number("steps", rules.steps, state.steps);
  state.step = number("step", wholeNumber(0, state.steps, words), null);
  const known = ["objective", "start", "steps", "step", ...Object.keys(state.hyper)];
  for (const name of given.keys()) {
    if (!known.includes(name)) refused.push(fill(words.refusedName, { name, names: known.join(words.comma) }));
  }
  return { state, refused };
}

/** The settings written in a part of the address, by name. */
function givenParts(text) {
  const parts = text.split("&").filter((part) => part !== "");
  return new Map(parts.map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), decoded(part.slice(at + 1))];
  }));
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
