// What moves over the field: the path, its start, end and minima, and the arrows of one step.

const DOT_SPACING = 3;
const ARROW_LENGTH = 44;

class PathLayer {
  constructor(canvas) {
    this.canvas = canvas;
  }

  /** ``scene``: a run, with cursor, arrows, gradientTexts, minima and words; on paper also the ground. */
  draw(place, width, height, scene, theme) {
    const { context } = fitCanvas(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    if (scene.ground) drawUnder(context, scene.ground, width, height, theme);
    const dots = scene.points.map(place.toScreen);
    const shown = lastShown(scene.points, place);
    const labels = [];
    const arrows = [];
    context.save();
    clipTo(context, place.box);
    drawLine(context, dots.slice(0, shown + 2), Math.min(scene.cursor, shown + 1), theme);
    if (scene.arrows) arrows.push(...drawArrows(context, place, scene, dots, labels, theme));
    context.restore();
    drawMarks(context, place, scene, dots, shown, labels, theme);
    placeLabels(context, labels, dots.slice(0, shown + 2).concat(arrows), place.box, theme);
  }
}

/** The canvas below, for paper: there a canvas is opaque and would hide it. */
function drawUnder(context, ground, width, height, theme) {
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, height);
  context.drawImage(ground, 0, 0, width, height);
}

/** The last step whose point is in the view; what comes after has left for good. */
function lastShown(points, place) {
  return Math.max(0, points.findLastIndex(place.shows));
}

function clipTo(context, box) {
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
}

/** The path up to the cursor, then fainter; each step a dot unless dots would touch. */
function drawLine(context, dots, cursor, theme) {
  const parts = [[dots.slice(cursor), 0.4], [dots.slice(0, cursor + 1), 1]];
  for (const [part, alpha] of parts) {
    if (part.length < 2) continue;
    const line = new Path2D();
    part.forEach(([x, y], index) => (index ? line.lineTo(x, y) : line.moveTo(x, y)));
    context.lineJoin = "round";
    context.globalAlpha = alpha * 0.8;
    context.strokeStyle = theme.background;
    context.lineWidth = 4;
    context.stroke(line);
    context.globalAlpha = alpha;
    context.strokeStyle = theme.point;
    context.lineWidth = 2;
    context.stroke(line);
    drawDots(context, part, theme);
  }
  context.globalAlpha = 1;
}

function drawDots(context, dots, theme) {
  let [lastX, lastY] = [Infinity, Infinity];
  context.beginPath();
  for (const [x, y] of dots) {
    if (Math.hypot(x - lastX, y - lastY) < DOT_SPACING) continue;
    context.moveTo(x + 3, y);
    context.arc(x, y, 3, 0, 2 * Math.PI);
    [lastX, lastY] = [x, y];
  }
  context.fillStyle = theme.point;
  context.fill();
}

/**
 * Of the step to the cursor: the way straight down from where it took its gradients, dashed and of one
 * length, for it tells no more than the direction; and the step as it is, solid. Places along them.
 */
function drawArrows(context, place, scene, dots, labels, theme) {
  const from = dots[scene.cursor - 1];
  const to = dots[scene.cursor];
  const covered = placesBetween(from, to);
  for (const [name, { points, values }] of Object.entries(scene.taken)) {
    const [point, gradient] = [points[scene.cursor - 1], values[scene.cursor - 1]];
    const size = norm(gradient);
    if (!(size > 0)) continue;
    const tail = place.toScreen(point);
    const down = place.toScreen(point.map((value, axis) => value - gradient[axis] / size));
    const length = Math.hypot(down[0] - tail[0], down[1] - tail[1]);
    const tip = tail.map((value, axis) => value + ((down[axis] - value) / length) * ARROW_LENGTH);
    if (tail.some((value, axis) => Math.abs(value - from[axis]) > 0.5)) drawAside(context, from, tail, theme);
    drawArrow(context, tail, tip, theme.gradient, [5, 3], theme);
    covered.push(...placesBetween(tail, tip));
    const text = fill(scene.words.direction, { gradient: scene.gradientTexts[name] });
    labels.push({ at: tip, text, color: theme.gradient });
  }
  if (Math.hypot(to[0] - from[0], to[1] - from[1]) > 7) drawArrow(context, from, to, theme.step, [], theme);
  return covered;
}

/** Where a gradient is taken beside the point, and a thin line to there. */
function drawAside(context, from, tail, theme) {
  context.strokeStyle = theme.gradient;
  context.lineWidth = 1.2;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...tail);
  context.stroke();
  context.setLineDash([]);
  drawShape(context, disc(tail, 4), theme.background, theme.gradient);
}

function placesBetween(from, to) {
  return [0.2, 0.4, 0.6, 0.8, 1].map((part) => from.map((value, axis) => value + part * (to[axis] - value)));
}

function drawArrow(context, [x, y], [tipX, tipY], color, dash, theme) {
  const angle = Math.atan2(tipY - y, tipX - x);
  const shaft = new Path2D();
  shaft.moveTo(x, y);
  shaft.lineTo(tipX - 5 * Math.cos(angle), tipY - 5 * Math.sin(angle));
  const head = new Path2D();
  head.moveTo(tipX, tipY);
  for (const side of [-0.42, 0.42]) head.lineTo(tipX - 11 * Math.cos(angle + side), tipY - 11 * Math.sin(angle + side));
  head.closePath();
  context.strokeStyle = theme.background;
  context.lineWidth = 5;
  context.stroke(shaft);
  context.lineWidth = 2;
  context.stroke(head);
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 2.5;
  context.setLineDash(dash);
  context.stroke(shaft);
  context.setLineDash([]);
  context.fill(head);
}

function writeHalo(context, text, x, y, color, theme) {
  context.font = `600 13px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = theme.background;
  context.lineWidth = 4;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** Start, end, minima and cursor; their names go to ``labels``, the most needed first. */
function drawMarks(context, place, scene, dots, shown, labels, theme) {
  const { words, cursor } = scene;
  const last = dots.length - 1;
  const minima = scene.minima.filter(place.shows).map(place.toScreen);
  for (const at of minima) drawStar(context, at, theme);
  if (shown < last) {
    const border = borderCrossing(dots[shown], dots[shown + 1], place.box);
    drawBorderMark(context, border, dots[shown], theme);
    labels.unshift({ at: border, text: fill(words.leaves, { step: shown + 1 }) });
  } else if (last > 0) {
    drawShape(context, diamond(dots[last], 5.5), theme.point, theme.background);
    labels.unshift({ at: dots[last], text: words.end });
  }
  drawShape(context, disc(dots[0], 6.5), theme.background, theme.point);
  labels.unshift({ at: dots[0], text: words.start });
  if (scene.arrows && place.shows(scene.points[cursor])) {
    drawShape(context, disc(dots[cursor], 6), theme.step, theme.background);
    labels.unshift({ at: dots[cursor], text: String(cursor), color: theme.step });
  }
  labels.push(...minima.map((at) => ({ at, text: words.minimum })));
}

function disc([x, y], radius) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  return path;
}

function diamond([x, y], radius) {
  return new Path2D(`M${x},${y - radius} l${radius},${radius} l${-radius},${radius} l${-radius},${-radius}Z`);
}

function drawShape(context, path, inside, outline) {
  context.fillStyle = inside;
  context.strokeStyle = outline;
  context.lineWidth = 2;
  context.fill(path);
  context.stroke(path);
}

function drawStar(context, [x, y], theme) {
  const path = new Path2D();
  for (let corner = 0; corner < 10; corner += 1) {
    const radius = corner % 2 ? 4.4 : 11;
    const angle = (corner * Math.PI) / 5 - Math.PI / 2;
    path.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  path.closePath();
  context.strokeStyle = theme.background;
  context.lineWidth = 4;
  context.stroke(path);
  context.fillStyle = theme.text;
  context.fill(path);
}

/** A wedge at the border that points where the path goes. */
function drawBorderMark(context, [x, y], from, theme) {
  const angle = Math.atan2(y - from[1], x - from[0]);
  const path = new Path2D();
  path.moveTo(x, y);
  for (const side of [-0.5, 0.5]) path.lineTo(x - 14 * Math.cos(angle + side), y - 14 * Math.sin(angle + side));
  path.closePath();
  drawShape(context, path, theme.point, theme.background);
}
