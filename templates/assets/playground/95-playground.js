// One playground: its state, its parts, and what is redone when something changes.

const MOST_ENTERED_STEPS = 2000;
const ANNOUNCE_DELAY = 700;

class Playground {
  /** ``host``: the element with ``data-config``; ``page``: the page data; ``changed`` after a person's change. */
  constructor(host, page, changed) {
    this.host = host;
    this.page = page;
    this.words = page.words;
    this.name = host.id.replace(/^playground-/, "");
    this.config = JSON.parse(host.dataset.config);
    this.optimizer = page.optimizers[this.config.optimizer];
    this.state = usualState(this.config, page);
    this.offered = offeredObjectives(this.config, page);
    this.changed = changed;
    this.hovered = null;
    this.waiting = false;
    this.theme = null;
    this.told = "";
    this.build();
    this.observe();
    this.refresh();
  }

  build() {
    const { words, optimizer } = this;
    this.stage = new Stage(words, {
      start: () => this.state.start,
      moveStart: (point) => this.set(point ? { start: point } : {}),
      hoverStep: (step) => this.hover(step),
    });
    this.equations = new EquationTable(optimizer, words);
    this.lossPanel = new LossPanel(`${this.host.id}-step`, words, {
      pick: (step) => this.set({ step }),
      hover: (step) => this.hover(step),
    });
    this.controls = buildControls(this);
    this.outcome = make("p", { class: "playground-outcome" });
    this.notice = make("p", { class: "playground-notice" });
    this.live = make("div", { class: "playground-hidden", role: "status", "aria-live": "polite" });
    this.host.setAttribute("role", "group");
    this.host.setAttribute("aria-label", fill(words.playground, { optimizer: optimizer.title }));
    this.host.replaceChildren(make("div", { class: "playground-body" },
      make("div", { class: "playground-left" }, this.controls.head, this.stage.element,
        this.outcome, this.controls.panel, this.notice, make("p", { class: "playground-hint" }, words.hint)),
      make("div", { class: "playground-right" }, this.equations.element, this.lossPanel.element, this.live)));
  }

  observe() {
    new ResizeObserver(() => {
      this.controls.fit();
      this.redrawSoon();
    }).observe(this.host);
    window.addEventListener("resize", () => this.redrawSoon());
    watchTheme(() => {
      this.theme = null;
      this.redrawSoon();
    });
    document.fonts?.ready.then(() => this.redrawSoon());
  }

  /** Takes a person's change; the run follows at once, the picture with the next frame. */
  set(change) {
    const { hyper, ...rest } = change;
    Object.assign(this.state, rest);
    if (hyper) this.state.hyper = { ...this.state.hyper, ...hyper };
    if (rest.objective) this.state.start = usualStart(rest.objective, this.config, this.page);
    this.refresh();
    this.announceSoon();
    this.changed();
  }

  reset() {
    this.state = usualState(this.config, this.page);
    this.refresh();
    this.announceSoon();
    this.changed();
  }

  /** Takes the state that an address describes. */
  restore(text) {
    this.state = readState(text, this.config, this.page);
    this.refresh();
  }

  address() {
    return writeState(this.state, this.config, this.page);
  }

  /** Tells that an entry was not taken, and what would be. */
  refuse(name, expected, value) {
    clearTimeout(this.timer);
    const sentence = plainSentence(fill(this.words.refused, { name, expected, value }));
    this.notice.textContent = sentence;
    this.live.textContent = sentence;
  }

  hover(step) {
    if (step === this.hovered) return;
    this.hovered = step;
    this.redrawSoon();
  }

  refresh() {
    const { objective, start, steps, hyper } = this.state;
    this.notice.textContent = "";
    this.trajectory = run({ optimizer: this.config.optimizer, objective, start, steps, hyper });
    this.controls.show(this.state);
    this.redrawSoon();
  }

  redrawSoon() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.redraw();
    });
  }

  /** The step whose numbers are shown: the one pointed at, the one chosen, else the last. */
  cursor() {
    const last = this.trajectory.points.length - 1;
    return Math.min(this.hovered ?? this.state.step ?? last, last);
  }

  redraw() {
    this.theme ||= readTheme(this.host);
    const { trajectory, state, words } = this;
    const cursor = this.cursor();
    const objective = { ...this.page.objectives[state.objective], name: state.objective };
    const chosen = this.hovered !== null || state.step !== null;
    const arrows = chosen && cursor > 0;
    const scene = { ...trajectory, cursor, arrows, gradientTexts: this.optimizer.gradients, minima: objective.minima, words };
    this.stage.draw(scene, objective, RULES.objectives[state.objective], this.theme);
    this.lossPanel.draw({ ...trajectory, steps: state.steps, cursor }, this.theme);
    this.equations.show(trajectory, cursor, state.steps);
    const sentence = outcomeSentence(trajectory, words);
    if (this.told !== sentence) {
      this.told = sentence;
      showSentence(this.outcome, sentence);
      this.outcome.dataset.outcome = trajectory.outcome;
      const values = { optimizer: this.optimizer.title, start: pointText(state.start), outcome: sentence };
      this.stage.picture.setAttribute("aria-label", plainSentence(fill(words.picture, values)));
    }
  }

  /** Tells a screen reader how the run ended, once the person pauses. */
  announceSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.live.textContent = plainSentence(outcomeSentence(this.trajectory, this.words));
    }, ANNOUNCE_DELAY);
  }
}

/** How a run ended, in a sentence of the page's language. */
function outcomeSentence({ outcome, stopped, points, losses, kinks }, words) {
  const last = points.length - 1;
  const digits = digitsApart(losses[0], losses[last]);
  const key = outcome === "finished" && losses[0] === losses[last] ? "level" : outcome;
  const sentence = words[`outcome.${key}`] + (kinks.length ? words["outcome.kinked"] : "");
  return fill(sentence, {
    step: stopped ?? last,
    steps: fill(words[last === 1 ? "steps.one" : "steps.many"], { count: last }),
    first: inSentence(losses[0], digits),
    last: inSentence(losses[last], digits),
    point: pointText(points[last]),
  });
}
