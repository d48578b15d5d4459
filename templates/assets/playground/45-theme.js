// The page's colors for canvases, read from the style sheet so that both themes come from one place.

const THEME_NAMES = ["background", "surface", "text", "muted", "line", "accent"];
const ROLE_NAMES = ["point", "gradient", "first", "second", "memory", "step"];
const FIELD_STOPS = 6;

/** Colors and font now in force at ``element``. */
function readTheme(element) {
  const style = getComputedStyle(element);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const theme = { font: style.fontFamily, field: [] };
  for (const name of THEME_NAMES) theme[name] = color(name);
  for (const name of ROLE_NAMES) theme[name] = color(`role-${name}`);
  for (let index = 0; index < FIELD_STOPS; index += 1) theme.field.push(color(`field-${index}`));
  theme.key = JSON.stringify(theme);
  return theme;
}

/** Red, green and blue of any CSS color, by letting a canvas parse it. */
function channels(color) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return context.getImageData(0, 0, 1, 1).data;
}

/** ``count`` colors from the lowest loss to the highest, as 32-bit pixels. */
function bandColors(field, count) {
  const stops = field.map(channels);
  const colors = new Uint32Array(count);
  const bytes = new Uint8Array(colors.buffer);
  for (let band = 0; band < count; band += 1) {
    const at = (band / (count - 1)) * (stops.length - 1);
    const stop = Math.min(stops.length - 2, Math.floor(at));
    for (let channel = 0; channel < 3; channel += 1) {
      const low = stops[stop][channel];
      bytes[4 * band + channel] = Math.round(low + (at - stop) * (stops[stop + 1][channel] - low));
    }
    bytes[4 * band + 3] = 255;
  }
  return colors;
}

/** Calls ``changed`` when the page or the system switches between light and dark. */
function watchTheme(changed) {
  new MutationObserver(changed).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "class"],
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}

/** Makes ``canvas`` as many device pixels as it covers; a context in CSS pixels. */
function fitCanvas(canvas, width, height) {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, ratio };
}
