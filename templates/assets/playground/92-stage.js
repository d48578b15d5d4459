// The stage: field and path on two canvases, and the start that is dragged, clicked or moved by keys.

const HOVER_RADIUS = 12;
const KEY_STEPS = 100;

class Stage {
  /** ``events``: start() as it is now, even before it is drawn; moveStart(point, done), hoverStep(step or null). */
  constructor(words, events) {
    this.words = words;
    this.events = events;
    this.place = null;
    this.dots = [];
    this.dragging = null;
    this.ground = make("canvas", { "aria-hidden": "true" });
    this.picture = make("canvas", { role: "img" });
    this.handle = make("button", { type: "button", class: "playground-handle", "aria-label": words.handle });
    this.element = make("div", { class: "playground-stage" }, this.ground, this.picture, this.handle);
    this.field = new FieldLayer(this.ground);
    this.path = new PathLayer(this.picture);
    this.listen();
  }

  listen() {
    this.handle.addEventListener("keydown", (event) => this.moveByKey(event));
    for (const target of [this.handle, this.picture]) {
      target.addEventListener("pointerdown", (event) => this.grab(event, target));
      target.addEventListener("pointermove", (event) => this.move(event));
      for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, (event) => this.drop(event));
    }
    // A finger that scrolls the page also starts with pointerdown; only a tap on the field counts.
    this.picture.addEventListener("click", (event) => {
      if (this.touched && this.inside(event)) this.events.moveStart(this.planeAt(event), true);
    });
    this.picture.addEventListener("pointerleave", () => this.events.hoverStep(null));
  }

  screenAt(event) {
    const frame = this.element.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  }

  inside(event) {
    const [x, y] = this.screenAt(event);
    const { box } = this.place;
    return x >= box.left && x <= box.left + box.width && y >= box.top && y <= box.top + box.height;
  }

  /** The point of the plane under the pointer, rounded to what a pixel can tell. */
  planeAt(event) {
    const { box, view } = this.place;
    const [x, y] = this.screenAt(event);
    const point = this.place.toPlane([
      clamp(x, box.left, box.left + box.width),
      clamp(y, box.top, box.top + box.height),
    ]);
    return point.map((value, axis) => roundedTo(value, (view[axis][1] - view[axis][0]) / 1000));
  }

  grab(event, target) {
    this.touched = event.pointerType === "touch" && target === this.picture;
    if (event.button !== 0 || this.touched || !this.place || !this.inside(event)) return;
    target.setPointerCapture(event.pointerId);
    this.dragging = event.pointerId;
    if (target === this.picture) this.events.moveStart(this.planeAt(event), false);
  }

  move(event) {
    if (this.dragging === event.pointerId) this.events.moveStart(this.planeAt(event), false);
    else if (event.pointerType === "mouse" && this.place) this.events.hoverStep(this.stepNear(event));
  }

  drop(event) {
    if (this.dragging !== event.pointerId) return;
    this.dragging = null;
    this.events.moveStart(null, true);
  }

  /** The step whose dot is under the pointer, or null. */
  stepNear(event) {
    const [x, y] = this.screenAt(event);
    let [nearest, least] = [null, HOVER_RADIUS];
    this.dots.forEach((dot, step) => {
      const distance = Math.hypot(dot[0] - x, dot[1] - y);
      if (step > 0 && distance < least) [nearest, least] = [step, distance];
    });
    return nearest;
  }

  moveByKey(event) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const way = ways[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { view } = this.place;
    const factor = event.shiftKey ? 10 : 1;
    const start = this.events.start();
    const point = way.map((part, axis) => {
      const unit = roundUnit((view[axis][1] - view[axis][0]) / KEY_STEPS);
      return roundedTo(start[axis] + part * factor * unit, unit / 10);
    });
    this.events.moveStart(point, true);
  }

  /** Draws a scene (see PathLayer) over an objective; while the start is dragged the view stays. */
  draw(scene, objective, rule, theme, paper) {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (!width || !height) return;
    const box = plotBox(width, height);
    const free = withAspect(widenedView(objective.view, scene.points), box.width / box.height);
    const kept = this.dragging !== null && this.place;
    this.place = projection(kept ? this.place.view : free, box);
    this.dots = scene.points.map(this.place.toScreen);
    this.field.draw(this.place, width, height, objective, rule, theme);
    this.path.draw(this.place, width, height, { ...scene, ground: paper ? this.ground : null }, theme);
    const [x, y] = this.dots[0];
    this.handle.style.left = `${clamp(x, box.left, box.left + box.width)}px`;
    this.handle.style.top = `${clamp(y, box.top, box.top + box.height)}px`;
  }
}

/** The power of ten, or twice or five times one, at or under ``size``. */
function roundUnit(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * [5, 2, 1].find((factor) => factor * power <= size * 1.0001);
}

/** ``value`` on a decimal grid not coarser than ``size``, free of binary noise. */
function roundedTo(value, size) {
  const decimals = clamp(Math.ceil(-Math.log10(size)), 0, 12);
  return Number(value.toFixed(decimals)) + 0;
}
