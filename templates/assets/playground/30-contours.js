// The shade of an objective on a grid, and the isolines through it by marching squares.

const BANDS = 14;
const HIGHEST_SHADE = 3;

/**
 * Shades at ``columns x rows`` nodes spread over ``view``, the first row at the top.
 *
 * A shade is 0 at the lowest loss and 1 at the highest of the objective's own view, with equal
 * areas getting about equal ranges; it goes on past 1 where the view is wider.
 */
function sampleShades(field, shade, view, columns, rows) {
  const [[left, right], [bottom, top]] = view;
  const shades = new Float64Array(columns * rows);
  const exponent = 1 / shade.power;
  for (let row = 0; row < rows; row += 1) {
    const x2 = top + ((bottom - top) * row) / (rows - 1);
    for (let column = 0; column < columns; column += 1) {
      const x1 = left + ((right - left) * column) / (columns - 1);
      const lifted = (field.value(x1, x2) - shade.low) / shade.span;
      const value = lifted > 0 ? lifted ** exponent : 0;
      shades[row * columns + column] = value < HIGHEST_SHADE ? value : HIGHEST_SHADE;
    }
  }
  return shades;
}

// Corners a b / d c, edges top right bottom left as 0 1 2 3; for each sum of corners above the
// level, the pairs of edges that a line joins. 5 and 10 are saddles, decided by the middle.
const CROSSINGS = [[], [[3, 0]], [[0, 1]], [[3, 1]], [[1, 2]], null, [[0, 2]], [[3, 2]],
  [[2, 3]], [[2, 0]], null, [[2, 1]], [[1, 3]], [[1, 0]], [[0, 3]], []];
const SADDLES = { 5: [[[3, 2], [1, 0]], [[3, 0], [1, 2]]], 10: [[[0, 3], [2, 1]], [[0, 1], [2, 3]]] };

function crossingsOf(cell, level) {
  const [a, b, c, d] = cell;
  const sum = (a > level ? 1 : 0) + (b > level ? 2 : 0) + (c > level ? 4 : 0) + (d > level ? 8 : 0);
  if (CROSSINGS[sum] !== null) return CROSSINGS[sum];
  return SADDLES[sum][(a + b + c + d) / 4 > level ? 0 : 1];
}

/** Where the level crosses an edge of a cell, in cells from its top left corner. */
function crossingPoint(cell, edge, level) {
  const [a, b, c, d] = cell;
  if (edge === 0) return [(level - a) / (b - a), 0];
  if (edge === 1) return [1, (level - b) / (c - b)];
  if (edge === 2) return [(level - d) / (c - d), 1];
  return [0, (level - a) / (d - a)];
}

/** Calls ``emit(level, x, y, x', y')`` for each piece of each isoline, in units of grid cells. */
function marchingSquares(shades, columns, rows, bands, emit) {
  const cell = [0, 0, 0, 0];
  for (let row = 0; row < rows - 1; row += 1) {
    for (let column = 0; column < columns - 1; column += 1) {
      const at = row * columns + column;
      cell[0] = shades[at];
      cell[1] = shades[at + 1];
      cell[2] = shades[at + columns + 1];
      cell[3] = shades[at + columns];
      const low = Math.min(cell[0], cell[1], cell[2], cell[3]);
      const high = Math.max(cell[0], cell[1], cell[2], cell[3]);
      for (let index = Math.max(1, Math.ceil(low * bands)); index < high * bands; index += 1) {
        const level = index / bands;
        for (const [from, to] of crossingsOf(cell, level)) {
          const [x, y] = crossingPoint(cell, from, level);
          const [x2, y2] = crossingPoint(cell, to, level);
          emit(level, column + x, row + y, column + x2, row + y2);
        }
      }
    }
  }
}

/** Fills ``pixels`` (one 32-bit color each) with the band in which each pixel's shade lies. */
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
      const band = (left + shares[x] * (line[cells[x] + 1] - left)) | 0;
      pixels[y * width + x] = colors[band < bands ? band : bands - 1];
    }
  }
}
