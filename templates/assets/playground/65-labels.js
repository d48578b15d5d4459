// Names beside marks, each where it hides least.

const LABEL_HEIGHT = 16;
const LABEL_PLACES = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];

function overlap(box, other) {
  const across = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
  const down = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
  return across > 0 && down > 0 ? across * down : 0;
}

function labelBox([x, y], [right, down], width) {
  const gap = right && down ? 7 : 12;
  return {
    x: x + right * gap + (right - 1) * (width / 2),
    y: y + down * gap + ((down - 1) * LABEL_HEIGHT) / 2,
    width,
    height: LABEL_HEIGHT,
  };
}

/** How badly a name would stand at ``box``: off the plot, over other names or marks, over the path. */
function labelCost(box, taken, dots, plot) {
  const inside = overlap(box, { x: plot.left, y: plot.top, width: plot.width, height: plot.height });
  let cost = 20 * (box.width * box.height - inside);
  for (const other of taken) cost += 10 * overlap(box, other);
  for (const [x, y] of dots) {
    if (x > box.x - 3 && x < box.x + box.width + 3 && y > box.y - 3 && y < box.y + box.height + 3) cost += 40;
  }
  return cost;
}

/** Writes ``labels`` (``{at, text, color}``), the first ones choosing first. */
function placeLabels(context, labels, dots, plot, theme) {
  context.save();
  context.font = `600 13px ${theme.font}`;
  const taken = labels.map(({ at: [x, y] }) => ({ x: x - 8, y: y - 8, width: 16, height: 16 }));
  for (const label of labels) {
    const width = context.measureText(label.text).width + 2;
    const boxes = LABEL_PLACES.map((side) => labelBox(label.at, side, width));
    const costs = boxes.map((box) => labelCost(box, taken, dots, plot));
    const box = boxes[costs.indexOf(Math.min(...costs))];
    taken.push(box);
    writeHalo(context, label.text, box.x + box.width / 2, box.y + LABEL_HEIGHT / 2, label.color ?? theme.text, theme);
  }
  context.restore();
}
