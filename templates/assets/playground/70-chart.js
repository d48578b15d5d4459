// The loss against the step, with a playhead at the cursor.

const CHART_EDGES = { left: 52, right: 12, top: 10, bottom: 22 };
const LOG_FROM_RATIO = 50;
const LOG_DEPTH = 1e-24;
const LOG_STRIDES = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200];

const LEAST_SPAN = 0.6;
const BELOW = 0.05;

/**
 * The vertical scale: logarithmic when all losses are positive and span more than a factor of 50.
 * An even one begins at 0 where that leaves the losses most of it, else it follows them.
 */
function lossScale(losses) {
  const high = Math.max(...losses);
  const least = Math.min(...losses);
  const positive = losses.filter((loss) => loss > 0);
  const low = Math.max(Math.min(...positive), (losses[0] || high) * LOG_DEPTH);
  if (least >= 0 && positive.length > 1 && high / low > LOG_FROM_RATIO) {
    const from = Math.log10(low);
    const to = Math.log10(high);
    return { log: true, part: (loss) => (Math.log10(Math.max(loss, low)) - from) / (to - from), from, to };
  }
  const [base, top] = evenEnds(least, high);
  return { log: false, part: (loss) => (loss - base) / (top - base), from: base, to: top };
}

function evenEnds(least, high) {
  if (least >= 0 && high > 0 && high - least >= LEAST_SPAN * high) return [0, high];
  if (high > least) return [least - BELOW * (high - least), high];
  if (least === 0) return [0, 1];
  const more = Math.max(1, Math.abs(least) / 10);
  return [least - more, least + more];
}

/** The ticks of an even scale; their suffix tells what they are less than the losses. */
function evenTicks(scale) {
  const found = [3, 4, 5, 6].map((count) => axisTicks(scale.from, scale.to, count));
  return found.find(({ values }) => values.length > 1) ?? found[0];
}

/** Ticks as ``[part of the height, text]``, on a logarithmic scale ``[part, power of ten]``. */
function lossTicks(scale) {
  if (!scale.log) {
    const { values, labels } = evenTicks(scale);
    return values.map((value, index) => [scale.part(value), labels[index]]);
  }
  const stride = LOG_STRIDES.find((powers) => powers * 4.5 >= scale.to - scale.from);
  const ticks = [];
  for (let power = Math.ceil(scale.from / stride) * stride; power <= scale.to; power += stride) {
    ticks.push([(power - scale.from) / (scale.to - scale.from), power]);
  }
  return ticks;
}

class LossChart {
  constructor(canvas) {
    this.canvas = canvas;
    this.steps = 1;
    this.width = 1;
  }

  /** Draws ``losses`` over ``steps`` asked for, which may be more when the run broke off. */
  draw(width, height, { losses, steps, cursor }, theme) {
    const { context } = fitCanvas(this.canvas, width, height);
    context.clearRect(0, 0, width, height);
    this.steps = Math.max(1, steps);
    this.width = width;
    const plot = {
      left: CHART_EDGES.left,
      top: CHART_EDGES.top,
      width: width - CHART_EDGES.left - CHART_EDGES.right,
      height: height - CHART_EDGES.top - CHART_EDGES.bottom,
    };
    const scale = lossScale(losses);
    const dots = losses.map((loss, step) => [
      plot.left + (step / this.steps) * plot.width,
      plot.top + (1 - scale.part(loss)) * plot.height,
    ]);
    drawChartAxes(context, plot, scale, this.steps, theme);
    drawLossLine(context, plot, dots, cursor, theme);
  }

  /** The step under a place on the canvas, in CSS pixels from its left edge. */
  stepAt(x) {
    const part = (x - CHART_EDGES.left) / (this.width - CHART_EDGES.left - CHART_EDGES.right);
    return Math.round(clamp(part, 0, 1) * this.steps);
  }
}

function drawChartAxes(context, plot, scale, steps, theme) {
  context.font = `11px ${theme.font}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const [part, text] of lossTicks(scale)) {
    const y = plot.top + (1 - part) * plot.height;
    context.fillStyle = theme.line;
    context.fillRect(plot.left, y - 0.5, plot.width, 1);
    context.fillStyle = theme.muted;
    if (scale.log) drawPowerOfTen(context, text, plot.left - 6, y, theme);
    else context.fillText(text, plot.left - 6, y);
  }
  context.font = `11px ${theme.font}`;
  context.fillStyle = theme.muted;
  context.fillRect(plot.left, plot.top + plot.height, plot.width, 1);
  context.textBaseline = "top";
  context.textAlign = "center";
  const { values } = niceTicks(0, steps, Math.min(steps, 6));
  for (const value of values.filter(Number.isInteger)) {
    context.fillText(String(value), plot.left + (value / steps) * plot.width, plot.top + plot.height + 5);
  }
}

/** 10 with a raised exponent, ending at ``x``. */
function drawPowerOfTen(context, power, x, y, theme) {
  const exponent = trueMinus(String(power));
  context.font = `9px ${theme.font}`;
  const width = context.measureText(exponent).width;
  context.fillText(exponent, x, y - 4);
  context.font = `11px ${theme.font}`;
  context.fillText("10", x - width - 1, y + 1);
}

function drawLossLine(context, plot, dots, cursor, theme) {
  const parts = [[dots.slice(cursor), theme.muted, 1.5], [dots.slice(0, cursor + 1), theme.point, 2.5]];
  context.lineJoin = "round";
  for (const [part, color, thickness] of parts) {
    context.beginPath();
    part.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.strokeStyle = color;
    context.lineWidth = thickness;
    context.stroke();
  }
  const [x, y] = dots[cursor];
  context.fillStyle = theme.step;
  context.fillRect(x - 0.75, plot.top, 1.5, plot.height);
  drawShape(context, disc([x, y], 5), theme.step, theme.background);
}
