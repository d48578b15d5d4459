// The ground: bands, isolines and axes. Painted only when view, objective, size or colors change.

const NODE_SPACING = 4;

/** The plot inside a stage of ``width x height`` CSS pixels, leaving room for the axes. */
function plotBox(width, height) {
  const left = width < 420 ? 34 : 42;
  return { left, top: 8, width: width - left - 10, height: height - 8 - 28 };
}

class FieldLayer {
  constructor(canvas) {
    this.canvas = canvas;
    this.key = "";
    this.colors = { key: "", bands: null };
  }

  /** Draws ``objective`` over the view of ``place`` unless that is what is there. */
  draw(place, width, height, objective, rule, theme) {
    const key = JSON.stringify([place.view, width, height, window.devicePixelRatio, objective.name, theme.key]);
    if (key === this.key) return;
    this.key = key;
    const { context, ratio } = fitCanvas(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    this.paintGround(context, ratio, place, objective, rule, theme);
    drawAxes(context, place, theme);
  }

  paintGround(context, ratio, { view, box }, objective, rule, theme) {
    const columns = Math.ceil(box.width / NODE_SPACING) + 1;
    const rows = Math.ceil(box.height / NODE_SPACING) + 1;
    const shades = sampleShades(rule, shadeOver(rule, view, objective.minima), view, columns, rows);
    if (this.colors.key !== theme.key) this.colors = { key: theme.key, bands: bandColors(theme.field, BANDS) };
    const [across, down] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
    const image = context.createImageData(across, down);
    paintBands(new Uint32Array(image.data.buffer), across, down, shades, columns, rows, this.colors.bands);
    context.putImageData(image, Math.round(box.left * ratio), Math.round(box.top * ratio));
    drawIsolines(context, box, shades, columns, rows, theme);
  }
}

function drawIsolines(context, box, shades, columns, rows, theme) {
  const lines = new Path2D();
  const across = box.width / (columns - 1);
  const down = box.height / (rows - 1);
  for (const { points } of marchingSquares(shades, columns, rows, BANDS)) {
    points.forEach(([x, y], index) => {
      lines[index ? "lineTo" : "moveTo"](box.left + x * across, box.top + y * down);
    });
  }
  context.save();
  context.globalAlpha = 0.28;
  context.strokeStyle = theme.text;
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  context.stroke(lines);
  context.restore();
}

/** The frame, ticks with true minus signs, and the names of the axes. */
function drawAxes(context, place, theme) {
  const { view, box } = place;
  const small = box.width < 380;
  const across = axisTicks(...view[0], Math.max(3, Math.round(box.width / (small ? 52 : 70))));
  const down = axisTicks(...view[1], Math.max(3, Math.round(box.height / 60)));
  context.save();
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.strokeRect(box.left - 0.5, box.top - 0.5, box.width + 1, box.height + 1);
  context.font = `${small ? 11 : 12}px ${theme.font}`;
  context.fillStyle = theme.muted;
  const bottom = box.top + box.height;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const [index, value] of across.values.entries()) {
    const x = place.toScreen([value, 0])[0];
    context.fillText(across.labels[index], clamp(x, box.left, box.left + box.width - 8), bottom + 7);
    context.fillRect(x - 0.5, bottom, 1, 4);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const [index, value] of down.values.entries()) {
    const y = place.toScreen([0, value])[1];
    context.fillText(down.labels[index], box.left - 7, clamp(y, box.top + 5, bottom - 5));
    context.fillRect(box.left - 4, y - 0.5, 4, 1);
  }
  context.restore();
  drawAxisNames(context, box, theme, [across.suffix, down.suffix].map(raisedText));
}

/** The names of the axes, each with what its ticks are less than the coordinate. */
function drawAxisNames(context, box, theme, suffixes) {
  context.save();
  context.font = `italic 13px ${theme.font}`;
  context.fillStyle = theme.text;
  context.strokeStyle = theme.surface;
  context.lineWidth = 3;
  context.lineJoin = "round";
  const write = (text, x, y, align) => {
    context.textAlign = align;
    context.textBaseline = "alphabetic";
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  };
  write(`x\u2081${suffixes[0]}`, box.left + box.width - 6, box.top + box.height - 7, "right");
  write(`x\u2082${suffixes[1]}`, box.left + 7, box.top + 16, "left");
  context.restore();
}
