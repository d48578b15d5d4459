// What part of the plane is shown, and where its points lie on the screen.

const VIEW_LIMIT = 3;
const VIEW_STEPS = 8;

/** ``low, high`` made wide enough for ``values``, in steps so that the field does not tremble. */
function widenedRange([low, high], values) {
  const span = high - low;
  const reach = (VIEW_LIMIT - 1) / 2;
  const margin = 0.04 * span;
  const unit = span / VIEW_STEPS;
  let below = low;
  let above = high;
  for (const value of values) {
    if (value < low) below = Math.min(below, value - margin);
    if (value > high) above = Math.max(above, value + margin);
  }
  below = low - Math.ceil(Math.max(0, low - below) / unit) * unit;
  above = high + Math.ceil(Math.max(0, above - high) / unit) * unit;
  return [Math.max(below, low - reach * span), Math.min(above, high + reach * span)];
}

/** The objective's view, never smaller, widened up to three times where the path needs it. */
function widenedView(view, points) {
  return view.map((range, axis) => widenedRange(range, points.map((point) => point[axis])));
}

/** ``view`` grown along one axis until a unit is equally long on both: then gradients cross isolines at right angles. */
function withAspect(view, aspect) {
  const spans = view.map(([low, high]) => high - low);
  const grown = [Math.max(spans[0], spans[1] * aspect), Math.max(spans[1], spans[0] / aspect)];
  return view.map(([low, high], axis) => {
    const more = (grown[axis] - (high - low)) / 2;
    return [low - more, high + more];
  });
}

/** Screen places in CSS pixels of the points of ``view`` inside the rectangle ``box``. */
function projection(view, box) {
  const [[left, right], [bottom, top]] = view;
  return {
    view,
    box,
    toScreen: ([x1, x2]) => [
      box.left + ((x1 - left) / (right - left)) * box.width,
      box.top + ((top - x2) / (top - bottom)) * box.height,
    ],
    toPlane: ([x, y]) => [
      left + ((x - box.left) / box.width) * (right - left),
      top - ((y - box.top) / box.height) * (top - bottom),
    ],
    shows: ([x1, x2]) => x1 >= left && x1 <= right && x2 >= bottom && x2 <= top,
  };
}

/** Where the way from ``inside`` to ``outside`` leaves ``box``; all in CSS pixels. */
function borderCrossing(inside, outside, box) {
  const share = (from, to, low, high) => {
    if (to > high) return (high - from) / (to - from);
    return to < low ? (low - from) / (to - from) : 1;
  };
  const part = Math.min(
    share(inside[0], outside[0], box.left, box.left + box.width),
    share(inside[1], outside[1], box.top, box.top + box.height),
  );
  return [inside[0] + part * (outside[0] - inside[0]), inside[1] + part * (outside[1] - inside[1])];
}
