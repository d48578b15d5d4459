// Sliders, number fields, choices. Each control reads and writes one part of the state.

const MOST_SLIDER_STEPS = 200;

/** A slider's place for a value, and back; a logarithmic slider runs over decades. */
function sliderScale({ scale, low, high, step }) {
  if (scale !== "log") return { low, high, step, toPlace: (value) => value, toValue: (place) => place };
  return {
    low: Math.log10(low),
    high: Math.log10(high),
    step,
    toPlace: (value) => Math.log10(Math.max(value, low)),
    toValue: (place) => Number((10 ** place).toPrecision(6)),
  };
}

/**
 * A field for a number typed by hand: takes what is valid at once; left with anything else, it
 * shows its last number again and tells what it ``expected``. ``beyond(value)`` is a remark
 * about an unusual number, else "".
 */
class NumberField {
  constructor({ id, label, valid, expected, changed, refused, beyond = () => "" }) {
    Object.assign(this, { valid, expected, refused, beyond });
    this.changed = changed;
    this.value = NaN;
    this.element = make("input", {
      id, type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", class: "playground-entry",
      "aria-label": label, oninput: () => this.read(), onchange: () => this.leave(), onblur: () => this.leave(),
    });
  }

  read() {
    const value = parseNumber(this.element.value);
    const good = Number.isFinite(value) && this.valid(value);
    const fresh = good && value !== this.value;
    if (fresh) this.value = value;
    this.mark(good);
    if (fresh) this.changed(value);
  }

  leave() {
    const bad = this.element.getAttribute("aria-invalid") === "true";
    this.mark(true);
    this.element.value = inField(this.value);
    if (bad) this.refused(this.expected, inSentence(this.value));
  }

  /** Marks a wrong entry, or a right one with an unusual number; the title says why. */
  mark(good) {
    const remark = good ? this.beyond(this.value) : this.expected;
    this.element.setAttribute("aria-invalid", String(!good));
    this.element.toggleAttribute("data-beyond", good && remark !== "");
    this.element.title = remark;
  }

  show(value) {
    if (value === this.value) return;
    this.value = value;
    this.element.value = inField(value);
    this.mark(true);
  }
}

/**
 * A slider with its number field: ``spec`` has low, high, step, scale, label, mathml, valid,
 * expected and beyond (the remark about a number outside the slider, which is then shown).
 */
class SliderControl {
  constructor(id, spec, changed, refused) {
    const scale = sliderScale(spec);
    this.spec = spec;
    this.scale = scale;
    this.slider = make("input", {
      id, type: "range", min: scale.low, max: scale.high, step: scale.step, "aria-describedby": `${id}-beyond`,
      oninput: () => changed(Number(inField(scale.toValue(Number(this.slider.value))))),
    });
    const says = spec.doc ? `${spec.label}, ${spec.doc}` : spec.label;
    this.entry = new NumberField({
      id: `${id}-number`, label: says, valid: spec.valid, expected: spec.expected, changed,
      refused: (expected, value) => refused(spec.label, expected, value),
      beyond: (value) => (this.side(value) ? spec.beyond : ""),
    });
    this.entry.element.setAttribute("aria-describedby", `${id}-beyond`);
    const label = make("label", { for: id }, make("span", { class: "playground-name" }, spec.label));
    if (spec.mathml) label.append(" ", mathElement("span", { "aria-hidden": "true" }, spec.mathml));
    if (spec.doc) label.append(" ", make("span", { class: "playground-doc" }, spec.doc));
    this.track = make("span", { class: "playground-track" }, this.slider);
    this.remark = make("span", { class: "playground-beyond", id: `${id}-beyond` });
    this.element = make("div", { class: "playground-control" }, label, this.track, this.entry.element, this.remark);
  }

  /** On which side of the slider a value lies, "" where it lies on it. */
  side(value) {
    if (value > this.spec.high) return "above";
    return value < this.spec.low ? "below" : "";
  }

  show(value) {
    const place = String(this.scale.toPlace(value));
    if (this.slider.value !== place) this.slider.value = place;
    this.slider.setAttribute("aria-valuetext", plainSentence(inSentence(value)));
    this.entry.show(value);
    const side = this.side(value);
    this.track.dataset.beyond = side;
    this.remark.textContent = side ? this.spec.beyond : "";
  }
}

/** The two coordinates of the start. */
class StartControl {
  constructor(id, words, rule, changed, refused) {
    this.point = [0, 0];
    this.entries = [0, 1].map((axis) => new NumberField({
      id: `${id}-x${axis + 1}`,
      label: fill(words.startOf, { axis: axis + 1 }),
      ...rule,
      refused: (expected, value) => refused(fill(words.startOf, { axis: axis + 1 }), expected, value),
      changed: (value) => changed(this.point.map((old, index) => (index === axis ? value : old))),
    }));
    this.element = make("div", { class: "playground-control playground-start", role: "group", "aria-label": words.startPoint },
      make("span", { class: "playground-label" }, words.startPoint));
    this.entries.forEach((entry, axis) => {
      this.element.append(make("span", { class: "playground-pair" },
        mathElement("span", { "aria-hidden": "true" }, indexedX(axis + 1)), entry.element));
    });
  }

  show(point) {
    this.point = point;
    this.entries.forEach((entry, axis) => entry.show(point[axis]));
  }
}

const FUNCTION_OF_X =
  '<math><mi>f</mi><mrow><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow><mo>=</mo></math> ';

/** What an objective is called on the page. */
function objectiveTitle(name, objectives, words) {
  return words[`objective.${name}`] || objectives[name].title || name;
}

/** The choice of an objective, with its formula. */
class ObjectiveControl {
  /** ``names``: those of ``objectives`` that are offered. */
  constructor(id, objectives, names, words, changed) {
    this.objectives = objectives;
    this.select = make("select", { id, onchange: () => changed(this.select.value) });
    for (const name of names) {
      this.select.append(make("option", { value: name }, objectiveTitle(name, objectives, words)));
    }
    this.formula = make("span", { class: "playground-formula", role: "group", "aria-label": words.formula });
    this.element = make("div", { class: "playground-objective" },
      make("label", { for: id }, words.objective), this.select, this.formula);
    this.shown = null;
  }

  show(name) {
    if (name === this.shown) return;
    this.shown = name;
    this.select.value = name;
    this.formula.innerHTML = FUNCTION_OF_X + this.objectives[name].mathml;
    this.fit();
  }

  /** A formula too long for its place scrolls, and then the keyboard must reach it. */
  fit() {
    reachable(this.formula);
  }
}
