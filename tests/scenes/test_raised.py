"""Superscripts in sentences have the digits of the sentence's own font."""

import pytest

from scenes.lettering import _letters, settings
from scenes.raised import SHARE, TOP, lowered, raise_superscripts

NUMBER = "H4 × 10⁻⁴, 4"


@pytest.mark.parametrize("bold", [False, True])
def test_powers_of_ten_are_the_sentences_own_digits_small_and_raised(tmp_path, bold):
    with settings(tmp_path):
        plain, cap = _letters(lowered(NUMBER), "Noto Sans CJK SC", bold)
        made, _ = _letters(lowered(NUMBER), "Noto Sans CJK SC", bold)
    baseline, height = cap.get_bottom()[1], cap.height
    raise_superscripts(NUMBER, made, baseline, height)
    sign, power = NUMBER.index("⁻"), NUMBER.index("⁴")
    assert [glyph.height for glyph in made[:sign]] == [glyph.height for glyph in plain[:sign]]
    for at in (sign, power):
        assert made[at].height == pytest.approx(SHARE * plain[at].height)
        assert made[at].width == pytest.approx(SHARE * plain[at].width)
    raised = made[power].get_bottom()[1] - plain[power].get_bottom()[1]
    assert raised == pytest.approx((TOP - SHARE) * height, abs=0.03 * height)
    assert made[power].get_top()[1] == pytest.approx(baseline + TOP * height, abs=0.05 * height)
    gaps = [text[power + 1].get_left()[0] - text[power].get_right()[0] for text in (plain, made)]
    assert gaps[1] == pytest.approx(gaps[0])
    rest = [glyphs[-1].get_right()[0] - glyphs[power + 1].get_left()[0] for glyphs in (plain, made)]
    assert rest[1] == pytest.approx(rest[0])


def test_nothing_is_left_to_another_font():
    assert lowered("−1 × 10⁻¹²³⁴⁵⁶⁷⁸⁹⁰⁺") == "−1 × 10−1234567890+"


def test_a_text_without_superscripts_stays_as_it_is(tmp_path):
    with settings(tmp_path):
        letters, cap = _letters("Hx 10", "Noto Sans CJK SC", False)
        before = letters.get_right().copy()
        raise_superscripts("Hx 10", letters, cap.get_bottom()[1], cap.height)
    assert letters.get_right() == pytest.approx(before)
