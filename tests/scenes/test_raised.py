"""Superscripts in sentences have the digits of the sentence's own font."""

import pytest

from scenes.raised import SHARE, TOP, lowered, stretches
from scenes.shaping import capital, extents, shaped

NUMBER = "4 × 10⁻⁴, 4"


def parts(glyph):
    left, top, right, bottom = extents((glyph,))
    return right - left, bottom - top, bottom


@pytest.mark.parametrize("bold", [False, True])
def test_powers_of_ten_are_the_sentences_own_digits_small_and_raised(bold):
    plain, made = shaped(lowered(NUMBER), bold=bold), shaped(NUMBER, bold=bold)
    seen = lowered(NUMBER).replace(" ", "")
    minus, power = seen.index("−"), seen.index("−") + 1
    for at in range(len(seen)):
        share = SHARE if at in (minus, power) else 1.0
        (wide, high, bottom), usual = parts(made[at]), parts(plain[at])
        assert (wide, high) == pytest.approx([share * value for value in usual[:2]], abs=0.1)
        rise = (TOP - SHARE) * capital() if share < 1 else 0.0
        assert bottom == pytest.approx(share * usual[2] - rise, abs=0.1)
    for end in (power + 1, len(seen) - 1):
        gaps = [extents(t[end:])[0] - extents(t[: power + 1])[2] for t in (plain, made)]
        assert gaps[1] == pytest.approx(gaps[0], abs=3)


def test_nothing_is_left_to_another_font():
    assert lowered("−1 × 10⁻¹²³⁴⁵⁶⁷⁸⁹⁰⁺") == "−1 × 10−1234567890+"
    assert stretches("10⁻⁴ and x²") == [("10", False), ("−4", True), (" and x", False), ("2", True)]
    assert stretches("") == []
