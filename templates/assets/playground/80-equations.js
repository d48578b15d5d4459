// The update equations beside the numbers of one step, in fixed columns.

const LOSS_LINE =
  '<math><mi>f</mi><mrow><mo stretchy="false">(</mo><mrow class="term term-x role-point"><msub><mi>x</mi>' +
  '<mi>t</mi></msub></mrow><mo stretchy="false">)</mo></mrow></math>';

function indexedX(index) {
  return `<math><msub><mi>x</mi><mn>${index}</mn></msub></math>`;
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
    this.loss = make("td", { class: "playground-number", colspan: "2" });
    body.append(make("tr", {}, this.head("f", LOSS_LINE), this.loss));
    const head = make("tr", {}, make("th", { scope: "col" }, words.equation));
    for (const index of [1, 2]) head.append(make("th", { scope: "col" }, make("i", {}, "x"), make("sub", {}, index)));
    this.element = make("table", { class: "playground-equations" }, this.caption, make("thead", {}, head), body);
  }

  line(target, mathml, role) {
    const classes = `playground-number${role ? ` role-${role}` : ""}`;
    const cells = [make("td", { class: classes }), make("td", { class: classes })];
    this.cells.set(target, cells);
    return make("tr", { "data-term": target }, this.head(target, mathml), ...cells);
  }

  /** A row's head: the formula, and its name for readers to whom a formula says nothing. */
  head(name, mathml) {
    const head = mathElement("th", { scope: "row" }, mathml);
    head.prepend(make("span", { class: "playground-hidden" }, name));
    return head;
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
