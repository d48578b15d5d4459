// The update equations beside the numbers of one step, in fixed columns.

const LOSS_LINE =
  '<math><mi>f</mi><mrow><mo stretchy="false">(</mo><mrow class="term term-x role-point"><msub><mi>x</mi>' +
  '<mi>t</mi></msub></mrow><mo stretchy="false">)</mo></mrow></math>';

function indexedX(index) {
  return `<math><msub><mi>x</mi><mn>${index}</mn></msub></math>`;
}

/** A box that scrolls can be reached with the keyboard. */
function reachable(box) {
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  box.toggleAttribute("data-scrolls", scrolls);
  if (scrolls) box.tabIndex = 0;
  else box.removeAttribute("tabindex");
}

class EquationTable {
  /** ``optimizer``: the page data's entry, with equations in the order in which they are worked out. */
  constructor(optimizer, words) {
    this.words = words;
    this.caption = make("caption", {});
    this.cells = new Map();
    const body = make("tbody");
    for (const { target, mathml } of optimizer.equations) {
      body.append(this.line(target, mathml, optimizer.roles[target]));
    }
    this.loss = make("td", { class: "playground-number playground-both", colspan: "2", role: "cell", "aria-colspan": "2" });
    body.append(make("tr", { role: "row" }, this.head("f", LOSS_LINE), this.loss));
    const head = make("tr", { role: "row" }, make("th", { scope: "col", role: "columnheader" }, words.equation));
    for (const index of [1, 2]) {
      head.append(make("th", { scope: "col", role: "columnheader" }, make("i", {}, "x"), make("sub", {}, index)));
    }
    body.setAttribute("role", "rowgroup");
    // The roles say again what tags mean, for a table laid out as a grid would lose it.
    this.element = make("table", { class: "playground-equations", role: "table" },
      this.caption, make("thead", { role: "rowgroup" }, head), body);
  }

  /** Numbers stand beside the formulas where there is room for the longest, else below each. */
  fit() {
    this.element.removeAttribute("data-stacked");
    const boxes = [...this.element.querySelectorAll(".playground-line")];
    const narrow = boxes.some((box) => box.scrollWidth > box.clientWidth + 1);
    this.element.toggleAttribute("data-stacked", narrow);
    for (const box of boxes) reachable(box);
  }

  line(target, mathml, role) {
    const classes = `playground-number${role ? ` role-${role}` : ""}`;
    const cells = [1, 2].map(() => make("td", { class: classes, role: "cell" }));
    this.cells.set(target, cells);
    return make("tr", { "data-term": target, role: "row" }, this.head(target, mathml), ...cells);
  }

  /** A row's head: the formula, and its name for readers to whom a formula says nothing. */
  head(name, mathml) {
    const formula = mathElement("div", { class: "playground-line", role: "group", "aria-label": name }, mathml);
    return make("th", { scope: "row", role: "rowheader" }, formula);
  }

  /** Shows the numbers of step ``cursor``; before the first step only the start and its loss. */
  show(trajectory, cursor, steps) {
    this.caption.textContent = fill(this.words.stepOf, { step: cursor, steps });
    for (const [target, cells] of this.cells) {
      const values = this.valuesOf(trajectory, target, cursor);
      cells.forEach((cell, axis) => {
        cell.textContent = values ? inColumn(values[axis]) : "\u2013";
      });
    }
    this.loss.textContent = columnText(trajectory.losses)(trajectory.losses[cursor]);
  }

  valuesOf(trajectory, target, cursor) {
    if (target === "x") return trajectory.points[cursor];
    if (cursor === 0) return null;
    return (trajectory.taken[target]?.values ?? trajectory.terms[target])[cursor - 1];
  }
}
