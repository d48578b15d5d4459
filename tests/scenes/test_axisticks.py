"""The ticks of axes: their labels are short, and tell each tick from every other."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes.parts.axisticks import axis
from scenes.parts.figures import MINUS, column, counter


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12), st.integers(2, 9))
def test_labels_tell_ticks_apart(low, span, most):
    assume(span > 1e-9 * abs(low))
    found = axis(low, low + span, most)
    assert len(set(found.labels)) == len(found.labels) <= most + 1
    for value, label in zip(found.values, found.labels, strict=True):
        told = float(label.replace(MINUS, "-")) * 10.0**found.power + found.base
        assert told == pytest.approx(value, abs=0.01 * span + 1e-15 * abs(low))
    if len(found.labels) > 1:
        assert max(len(label.strip(MINUS)) for label in found.labels) <= 9


def test_usual_axes_have_plain_labels():
    found = axis(-6, 6, 7)
    assert found.plain
    assert found.labels == ("−6", "−4", "−2", "0", "2", "4", "6")


@pytest.mark.parametrize(
    ("ends", "first", "words"),
    [
        ((1e6, 1e6 + 1), "0", "loss − 10⁶"),
        ((-1e6 - 1, -1e6), "−1", "loss + 10⁶"),
        ((0, 3e-5), "0", "loss / 10⁻⁵"),
        ((1000, 1001), "1000", "loss"),
    ],
)
def test_long_labels_are_less_a_round_number_or_in_a_power_of_ten(ends, first, words):
    low, high = ends
    found = axis(low, high, 7)
    assert found.labels[0] == first
    assert found.text("loss").replace("\u00a0", " ") == words


@pytest.mark.parametrize("more", [1000.0, 1e6, -1e6, 1e9])
def test_numbers_of_a_column_that_lie_close_are_told_apart(more):
    values = [more + part for part in (25.0, 24.0, 3.5, 0.25)]
    written = column(values, counter, 14)
    texts = [written(value) for value in values]
    assert len(set(texts)) == len(values)
    assert all(len(text) <= 14 for text in texts)


def test_other_columns_are_written_as_ever():
    assert column([10.5, 0.3], counter) is counter
    assert column([5.0, 5.0], counter) is counter
    assert column([1e30, 1000.0, 999.0], counter) is counter
