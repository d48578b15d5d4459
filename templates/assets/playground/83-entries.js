// What may be entered, typed into a field or written in the address: one rule for both.

const MOST_ENTERED_STEPS = 5000;
const FARTHEST_START = 1e6;

/** A sentence about a range of numbers. */
function rangeText(template, low, high) {
  return fill(template, { low: trueMinus(inField(low)), high: trueMinus(inField(high)) });
}

/** A whole number from ``low`` to ``high``. */
function wholeNumber(low, high, words) {
  return {
    valid: (value) => Number.isInteger(value) && value >= low && value <= high,
    expected: rangeText(words.expectWhole, low, high),
  };
}

/** For each sort of entry which numbers are ``valid``, and what to say is ``expected``. */
function entryRules(words) {
  return {
    hyper: { valid: Number.isFinite, expected: words.expectNumber },
    steps: wholeNumber(1, MOST_ENTERED_STEPS, words),
    start: {
      valid: (value) => Math.abs(value) <= FARTHEST_START,
      expected: rangeText(words.expectBetween, -FARTHEST_START, FARTHEST_START),
    },
  };
}

/** That an entry was not taken, what would be, and what stays. */
function refusal(words, name, expected, value) {
  return plainSentence(fill(words.refused, { name, expected, value }));
}
