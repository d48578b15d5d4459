// The shade of an objective on a grid, and the isolines through it by marching squares.

const BANDS = 14;
const LOWEST_SHADE = -2;
const HIGHEST_SHADE = 3;

/** Shades at ``columns x rows`` nodes spread over ``view``, the first row at the top; NaN where there is no value. */
function sampleShades(field, shade, view, columns, rows) {
  const [[left, right], [bottom, top]] = view;
  const shades = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const x2 = top + ((bottom - top) * row) / (rows - 1);
    for (let column = 0; column < columns; column += 1) {
      const loss = field.value(left + ((right - left) * column) / (columns - 1), x2);
      shades[row * columns + column] = Number.isFinite(loss)
        ? clamp(shadeAt(shade, loss), LOWEST_SHADE, HIGHEST_SHADE)
        : NaN;
    }
  }
  return shades;
}

// Corners a b / d c, edges top right bottom left as 0 1 2 3; for each sum of corners above the
// level, the edges that its lines join, two by two. 5 and 10 are saddles, decided by the middle.
const CROSSINGS = [[], [3, 0], [0, 1], [3, 1], [1, 2], null, [0, 2], [3, 2],
  [2, 3], [2, 0], null, [2, 1], [1, 3], [1, 0], [0, 3], []];
const SADDLES = { 5: [[3, 2, 1, 0], [3, 0, 1, 2]], 10: [[0, 3, 2, 1], [0, 1, 2, 3]] };

function crossingsOf(a, b, c, d, level) {
  const sum = (a > level ? 1 : 0) + (b > level ? 2 : 0) + (c > level ? 4 : 0) + (d > level ? 8 : 0);
  if (CROSSINGS[sum] !== null) return CROSSINGS[sum];
  return SADDLES[sum][(a + b + c + d) / 4 > level ? 0 : 1];
}

/**
 * By the number of each level, ``bands`` to a shade, the grid edges that its pieces join, two by two.
 * Edge 2n goes right from node n, 2n + 1 down. The shades 0 and 1, of single points, have no lines.
 */
function crossedEdges(shades, columns, rows, bands) {
  const crossed = new Map();
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const node = row * columns + column;
      const [a, b, c, d] = [shades[node], shades[node + 1], shades[node + columns + 1], shades[node + columns]];
      const high = Math.max(a, b, c, d) * bands;
      for (let index = Math.ceil(Math.min(a, b, c, d) * bands); index < high; index += 1) {
        if (index === 0 || index === bands) continue;
        if (!crossed.has(index)) crossed.set(index, []);
        const edges = crossed.get(index);
        for (const side of crossingsOf(a, b, c, d, index / bands)) {
          if (side === 0) edges.push(2 * node);
          else if (side === 1) edges.push(2 * node + 3);
          else if (side === 2) edges.push(2 * (node + columns));
          else edges.push(2 * node + 1);
        }
      }
    }
  }
  return crossed;
}

/** Pieces that share an edge put together: lists of edges, a closed line ending where it began. */
function linkedEdges(pieces, neighbors) {
  for (let at = 0; at < pieces.length; at += 2) {
    for (const [edge, other] of [[pieces[at], pieces[at + 1]], [pieces[at + 1], pieces[at]]]) {
      neighbors[2 * edge + (neighbors[2 * edge] < 0 ? 0 : 1)] = other;
    }
  }
  const take = (edge) => {
    const slot = neighbors[2 * edge] >= 0 ? 2 * edge : 2 * edge + 1;
    const next = neighbors[slot];
    if (next < 0) return -1;
    neighbors[slot] = -1;
    neighbors[2 * next + (neighbors[2 * next] === edge ? 0 : 1)] = -1;
    return next;
  };
  const follow = (edge) => {
    const line = [edge];
    for (let next = take(edge); next >= 0; next = take(next)) line.push(next);
    return line;
  };
  const isEnd = (edge) => (neighbors[2 * edge] < 0) !== (neighbors[2 * edge + 1] < 0);
  const lines = pieces.filter(isEnd).map(follow).concat(pieces.map(follow));
  return lines.filter((line) => line.length > 1);
}

/** Isolines by marching squares: ``{level, points}`` with points ``[x, y]`` in grid cells from the top left node. */
function marchingSquares(shades, columns, rows, bands) {
  const neighbors = new Int32Array(4 * columns * rows).fill(-1);
  const isolines = [];
  crossedEdges(shades, columns, rows, bands).forEach((pieces, index) => {
    const level = index / bands;
    const pointOn = (edge) => {
      const node = edge >> 1;
      const down = edge & 1;
      const from = shades[node];
      const share = (level - from) / (shades[node + (down ? columns : 1)] - from);
      return [(node % columns) + (down ? 0 : share), Math.floor(node / columns) + (down ? share : 0)];
    };
    for (const line of linkedEdges(pieces, neighbors)) isolines.push({ level, points: line.map(pointOn) });
  });
  return isolines;
}

/** Fills ``pixels`` (one 32-bit color each) with the band in which each pixel's shade lies; clear where it has none. */
function paintBands(pixels, width, height, shades, columns, rows, colors) {
  const bands = colors.length;
  const cells = new Int32Array(width);
  const shares = new Float64Array(width);
  for (let x = 0; x < width; x += 1) {
    const at = ((x + 0.5) / width) * (columns - 1);
    cells[x] = Math.min(columns - 2, Math.floor(at));
    shares[x] = at - cells[x];
  }
  const line = new Float64Array(columns);
  for (let y = 0; y < height; y += 1) {
    const at = ((y + 0.5) / height) * (rows - 1);
    const row = Math.min(rows - 2, Math.floor(at));
    for (let column = 0; column < columns; column += 1) {
      const above = shades[row * columns + column];
      line[column] = (above + (at - row) * (shades[(row + 1) * columns + column] - above)) * bands;
    }
    for (let x = 0; x < width; x += 1) {
      const left = line[cells[x]];
      const shade = left + shares[x] * (line[cells[x] + 1] - left);
      if (shade < bands) pixels[y * width + x] = colors[shade > 0 ? shade | 0 : 0];
      else pixels[y * width + x] = shade >= bands ? colors[bands - 1] : 0;
    }
  }
}
