"""Two numbers beside each other have digits that tell them apart."""

from hypothesis import given
from hypothesis import strategies as st

from engine.digits import MOST, digits_apart
from scenes.parts.figures import against

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS)
def test_different_numbers_have_different_digits(first, second):
    digits = digits_apart(first, second)
    assert 4 <= digits <= MOST
    told = [float(f"{value:.{digits}g}") for value in (first, second)]
    assert (told[0] == told[1]) == (first == second)


@given(NUMBERS, st.floats(1e-9, 1e-3))
def test_what_lies_between_is_seen(first, share):
    second = first * (1 + share)
    if abs(first) < 1e-290 or abs(second) > 1e300:
        return
    digits = digits_apart(first, second)
    told = [float(f"{value:.{digits}g}") for value in (first, second)]
    assert abs((told[1] - told[0]) / (second - first) - 1) <= 0.2


def test_numbers_that_differ_much_have_four_digits():
    assert digits_apart(10.5, 0.003) == 4
    assert digits_apart(float("inf"), 1.0) == 4


def test_a_small_change_of_a_large_loss_is_told():
    assert against(-1e6, -1e6 - 3) == ("−1000000", "−1000003")
    assert against(1000.4, 1000.6) == ("1000.4", "1000.6")
    assert against(2.0, 2.0) == ("2", "2")
