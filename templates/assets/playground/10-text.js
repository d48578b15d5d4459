// Numbers as readers see them, sentences with holes, and one helper that makes elements.

const MINUS = "\u2212";

/** Text with a true minus for every hyphen-minus. */
function trueMinus(text) {
  return text.replaceAll("-", MINUS);
}

/** Mantissa with ``decimals`` digits, and exponent. */
function scientificParts(value, decimals) {
  const [mantissa, exponent] = value.toExponential(decimals).split("e");
  return [trueMinus(mantissa), trueMinus(String(Number(exponent)))];
}

/** A number inside a sentence: ``digits`` that count; ``^{…}`` stands for a raised exponent. */
function inSentence(value, digits = 4) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa, exponent] = scientificParts(value, digits > 4 ? digits - 1 : 2);
    return `${mantissa}\u00d710^{${exponent}}`;
  }
  return trueMinus(String(Number(value.toPrecision(digits))));
}

const MOST_DIGITS = 17;

/** How many digits tell two numbers apart, as `engine.digits` has it. */
function digitsApart(first, second, least = 4) {
  const gap = Math.abs(first / 2 - second / 2);
  if (!Number.isFinite(gap) || gap === 0) return least;
  const size = Math.max(Math.abs(first / 2), Math.abs(second / 2));
  const needed = Math.ceil(Math.log10(size) - Math.log10(gap)) + 2;
  let digits = Math.min(Math.max(least, needed), MOST_DIGITS);
  while (digits < MOST_DIGITS && first.toPrecision(digits) === second.toPrecision(digits)) digits += 1;
  return digits;
}

/** A number in a column: four decimals, so that points stand under one another. */
function inColumn(value) {
  const size = Math.abs(value);
  if (value !== 0 && (size < 5e-4 || size >= 1e4)) return scientificParts(value, 2).join("e");
  return trueMinus(value.toFixed(4));
}

const CLOSE_SHARE = 0.05;
const COLUMN_WIDTH = 12;
const MANY_TEXTS = 20;

/**
 * How the numbers of a column are written: like ``inColumn``, or with as many digits as tell them
 * apart where they lie close together for their size, as losses of ``x1**2 + 1e6`` do.
 */
function columnText(values) {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Infinity);
  const high = finite.reduce((a, b) => Math.max(a, b), -Infinity);
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = high - low;
  if (!(span > 0 && span < CLOSE_SHARE * size && size >= 1)) return inColumn;
  const known = new Set(finite);
  if (new Set([...known].map(inColumn)).size >= Math.min(known.size, MANY_TEXTS)) return inColumn;
  const before = Math.abs(size).toFixed(0).length + (low < 0 ? 1 : 0);
  const places = Math.min(Math.max(4, Math.ceil(3 - Math.log10(span))), COLUMN_WIDTH - before - 1);
  if (places < 0 || 10 ** -places > span / 10) return inColumn;
  return (value) => (Math.abs(value) < 10 * size ? trueMinus(value.toFixed(places)) : inColumn(value));
}

/** A sentence without raised exponents, for labels and announcements. */
function plainSentence(text) {
  return text.replace(/\^\{([^}]*)\}/g, "^$1");
}

/** Puts a sentence into ``element``, with its exponents raised. */
function showSentence(element, text) {
  const parts = text.split(/\^\{([^}]*)\}/);
  element.replaceChildren(...parts.map((part, index) => (index % 2 ? make("sup", {}, part) : part)));
}

/** A number as a form field or an address holds it: ASCII, no rounding noise. */
function inField(value) {
  const rounded = Number(value.toPrecision(12));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
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

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const POWER = /^(.*?)(?:[\u00d7\u00b7*\u22c5]|(?<=^[+-]?))10(?:\^|\*\*)([+-]?\d+)$/;
const RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

/** Text with its digits, signs and raised exponents in ASCII, whatever keyboard they came from. */
function asciiNumber(text) {
  const raised = text.replace(/[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/g, (part) => {
    const digits = [...part].map((sign) => (sign === "\u207b" ? "-" : sign === "\u207a" ? "" : RAISED.indexOf(sign)));
    return `^${digits.join("")}`;
  });
  return raised
    .normalize("NFKC")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u060c\u066b\u3001]/g, ",")
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/\s*([\u00d7\u00b7\u22c5*^])\s*/g, "$1")
    .trim();
}

/**
 * Digits with a decimal point, from either custom: ``0,4``, ``1 000``, ``1'000``, ``1,000.5``, ``1.000,5``.
 * ``1,000`` alone may mean two numbers, and is left as it is, which is none.
 */
function withPoint(text) {
  const [, sign, digits, rest] = /^([+-]?\s?)([\d.,' ]+)(.*)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  const plain = digits.trimEnd().replace(/^\d{1,3}(?:([ '])\d{3}(?:\1\d{3})*)(?=$|[.,])/, (whole) => whole.replace(/[ ']/g, ""));
  const after = sign.trim() + plain;
  if (/^\d{1,3}(,\d{3})+\.\d*$|^[1-9]\d{0,2}(,\d{3}){2,}$/.test(plain)) return sign.trim() + plain.replaceAll(",", "") + rest;
  if (/^\d{1,3}(\.\d{3})+,\d*$|^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(plain)) {
    return sign.trim() + plain.replaceAll(".", "").replace(",", ".") + rest;
  }
  if (/^[1-9]\d{0,2},\d{3}$/.test(plain)) return text;
  return (/^\d*,\d*$/.test(plain) ? after.replace(",", ".") : after) + rest;
}

/** A decimal number written by a person, or NaN; an empty text is not zero. */
function parseNumber(text) {
  const ascii = asciiNumber(String(text));
  const power = POWER.exec(ascii);
  const number = power ? `${withPoint(power[1]).replace(/^[+-]?$/, "$&1")}e${power[2]}` : withPoint(ascii);
  return DECIMAL.test(number) ? Number(number) : NaN;
}

/** Round values between ``low`` and ``high``, about ``count`` of them, with the decimals they need. */
function niceTicks(low, high, count) {
  const rough = (high - low) / count;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const distance = (factor) => Math.abs(Math.log((factor * unit) / rough));
  const step = unit * [1, 2, 5, 10].sort((one, other) => distance(one) - distance(other))[0];
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const values = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    values.push(index * step);
  }
  return { values, decimals };
}

function tickText(value, decimals) {
  const size = Math.abs(value);
  if (size >= 1e5 || (size > 0 && decimals > 4)) return scientificParts(value, 0).join("e");
  return trueMinus((Number(value.toFixed(decimals)) + 0).toFixed(decimals));
}

const LONGEST_LABEL = 6;

function longestLabel(labels) {
  return Math.max(...labels.map((label) => label.replace(MINUS, "").length));
}

/** The roundest number that is about as near to ticks as they are to each other, or 0. */
function roundNear(values) {
  const span = values[values.length - 1] - values[0];
  const middle = values[0] / 2 + values[values.length - 1] / 2;
  if (!(Math.abs(middle) >= 4 * span)) return 0;
  for (let power = Math.floor(Math.log10(Math.abs(middle))); power > -300; power -= 1) {
    const base = Number(`${Math.round(middle / 10 ** power)}e${power}`);
    if (Math.abs(base - middle) <= 2 * span) return base;
  }
  return 0;
}

/**
 * About ``count`` ticks with labels that tell them apart: where these would be long they tell how
 * far a tick lies from a round number, ``base``, which ``suffix`` names.
 */
function axisTicks(low, high, count) {
  const { values, decimals } = niceTicks(low, high, count);
  const labels = values.map((value) => tickText(value, decimals));
  const plain = { values, labels, suffix: "" };
  if (values.length < 2 || (new Set(labels).size === labels.length && longestLabel(labels) <= LONGEST_LABEL)) return plain;
  const base = roundNear(values);
  if (!base) return plain;
  const size = Math.abs(base);
  const [mantissa, exponent] = size.toExponential().split("e");
  const power = `10^{${Number(exponent)}}`;
  const written = size < 1e5 ? String(size) : mantissa === "1" ? power : `${mantissa}\u00d7${power}`;
  return {
    values,
    labels: values.map((value) => tickText(value - base, decimals)),
    suffix: ` ${base > 0 ? MINUS : "+"} ${written}`,
  };
}


/** A sentence whose exponents are raised characters, for what is drawn. */
function raisedText(text) {
  return text.replace(/\^\{([^}]*)\}/g, (_, digits) => [...digits].map((digit) => RAISED[digit] ?? "\u207b").join(""));
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
