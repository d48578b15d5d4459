// Numbers as readers see them, sentences with holes, and one helper that makes elements.

const MINUS = "\u2212";
const SUPERSCRIPTS = { "-": "\u207b", 0: "\u2070", 1: "\u00b9", 2: "\u00b2", 3: "\u00b3", 4: "\u2074",
  5: "\u2075", 6: "\u2076", 7: "\u2077", 8: "\u2078", 9: "\u2079" };

/** Text with a true minus for every hyphen-minus. */
function trueMinus(text) {
  return text.replaceAll("-", MINUS);
}

/** ``10`` to an integer power, as text. */
function powerOfTen(exponent) {
  return "10" + [...String(exponent)].map((digit) => SUPERSCRIPTS[digit]).join("");
}

/** ``mantissa`` decimals and a power of ten, as text. */
function scientific(value, decimals) {
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  return `${trueMinus(mantissa)}\u00d7${powerOfTen(Number(exponent))}`;
}

/** A number inside a sentence: four significant digits. */
function inSentence(value) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) return scientific(value, 2);
  return trueMinus(String(Number(value.toPrecision(4))));
}

/** A number in a column: four decimals, so that points stand under one another. */
function inColumn(value) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 5e-4 || size >= 1e4)) return scientific(value, 2);
  return trueMinus(value.toFixed(4));
}

/** A number as a form field or an address holds it: ASCII, no rounding noise. */
function inField(value) {
  return String(Number(value.toPrecision(12)));
}

/** ``{name}`` in ``template`` replaced from ``values``. */
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? values[name] : hole));
}

function pointText(point) {
  return `(${inSentence(point[0])}, ${inSentence(point[1])})`;
}

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/** A number written by a person, or NaN; an empty text is not zero. */
function parseNumber(text) {
  const trimmed = String(text).trim().replaceAll(MINUS, "-");
  return trimmed === "" ? NaN : Number(trimmed);
}

/** Round values between ``low`` and ``high``, about ``count`` of them, with the decimals they need. */
function niceTicks(low, high, count) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((factor) => factor * unit >= rough * 0.999);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    values.push(index * step);
  }
  return { values, decimals };
}

function tickText(value, decimals) {
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && decimals > 4)) return scientific(value, 0);
  return trueMinus((value === 0 ? 0 : value).toFixed(decimals));
}

/** An element with attributes and children; ``on…`` keys are listeners. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** An element that holds one formula of the page data. */
function mathElement(tag, attributes, mathml) {
  const element = make(tag, attributes);
  element.innerHTML = mathml;
  return element;
}
