// The loss chart with its slider, and the controls of a playground put together.

/** As many digits as tell the losses of a run apart. */
function lossDigits(losses) {
  return digitsApart(Math.min(...losses), Math.max(...losses));
}

class LossPanel {
  /** ``events``: pick(step), hover(step or null). */
  constructor(id, words, events) {
    this.words = words;
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.chart = new LossChart(this.canvas);
    this.stage = make("div", { class: "playground-chart" }, this.canvas);
    this.slider = make("input", { id, type: "range", min: 0, step: 1, oninput: () => events.pick(Number(this.slider.value)) });
    this.title = make("p", { class: "playground-title" }, words.loss);
    this.element = make("div", { class: "playground-loss" }, this.title, this.stage,
      make("label", { class: "playground-hidden", for: id }, words.stepShown), this.slider);
    const stepOf = (event) => this.chart.stepAt(event.clientX - this.stage.getBoundingClientRect().left);
    this.stage.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") events.hover(stepOf(event));
    });
    this.stage.addEventListener("pointerleave", () => events.hover(null));
    this.stage.addEventListener("click", (event) => events.pick(stepOf(event)));
  }

  draw(scene, theme) {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height) return;
    this.chart.draw(width, height, scene, theme);
    this.slider.max = scene.steps;
    this.slider.value = scene.cursor;
    this.slider.setAttribute("aria-valuetext",
      plainSentence(fill(this.words.stepValue, { step: scene.cursor, steps: scene.steps, loss: inSentence(scene.losses[scene.cursor], lossDigits(scene.losses)) })));
    const scale = lossScale(scene.losses);
    const suffix = scale.log ? "" : evenTicks(scale).suffix;
    showSentence(this.title, (scale.log ? this.words.lossLog : this.words.loss) + (suffix && ` (f${suffix})`));
  }
}

/** The controls of ``playground``: ``{head, panel, show(state), fit()}``. */
function buildControls(playground) {
  const { words, page, optimizer, config, host } = playground;
  const refused = (name, expected, value) => playground.refuse(name, expected, value);
  const objective = new ObjectiveControl(`${host.id}-objective`, page.objectives, playground.offered, words,
    (name) => playground.set({ objective: name, step: null }));
  const hyper = optimizer.hyper.map((spec) => [spec.name, new SliderControl(`${host.id}-${spec.name}`, {
    ...spec,
    label: spec.name,
    mathml: spec.symbol_mathml,
    doc: words[`hyper.${spec.name}`] || spec.doc,
    valid: Number.isFinite,
    expected: words.expectNumber,
    beyond: rangeText(words.beyond, spec.low, spec.high),
  }, (value) => playground.set({ hyper: { [spec.name]: value } }), refused)]);
  const mostSteps = Math.max(MOST_SLIDER_STEPS, config.steps * 2);
  const steps = new SliderControl(`${host.id}-steps`, {
    low: 1,
    high: mostSteps,
    step: 1,
    label: words.steps,
    valid: (value) => Number.isInteger(value) && value >= 1 && value <= MOST_ENTERED_STEPS,
    expected: rangeText(words.expectWhole, 1, MOST_ENTERED_STEPS),
    beyond: rangeText(words.beyond, 1, mostSteps),
  }, (value) => playground.set({ steps: value }), refused);
  const start = new StartControl(`${host.id}-start`, words, (point) => playground.set({ start: point }), refused);
  const reset = make("button", { type: "button", class: "playground-reset", onclick: () => playground.reset() }, words.reset);
  return {
    fit: () => objective.fit(),
    head: make("div", { class: "playground-head" }, objective.element, reset),
    panel: make("div", { class: "playground-controls" }, ...hyper.map(([, control]) => control.element), steps.element, start.element),
    show(state) {
      objective.show(state.objective);
      for (const [name, control] of hyper) control.show(state.hyper[name]);
      steps.show(state.steps);
      start.show(state.start);
    },
  };
}
