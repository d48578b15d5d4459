"""Numbers as a reader sees them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publish.cues import filled
from publish.numbers import clock, in_sentence, readable, short


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-1.25, "−1.2500"),
        (0.0, "0.0000"),
        (99999.0, "99999.0000"),
        (1e5, "1.00×10<sup>5</sup>"),
        (-3.2e-7, "−3.20×10<sup>−7</sup>"),
        (None, ""),
    ],
)
def test_readable(value, text):
    assert str(readable(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.4, "<mn>0.4</mn>"),
        (-2, "<mn>−2</mn>"),
        (1e-6, "<msup><mn>10</mn><mn>−6</mn></msup>"),
        (2.5e-6, "<mn>2.5</mn><mo>×</mo><msup><mn>10</mn><mn>−6</mn></msup>"),
    ],
)
def test_short(value, text):
    assert short(value) == text


def below_zero(text: str) -> bool:
    """Whether a text has a minus before a number without any digit but zeros."""
    number = re.compile(r"[-−](\d[\d.]*)")
    return any(not set(found) - set("0.") for found in number.findall(text))


@example(-0.0)
@given(st.floats(-1e6, 1e6))
def test_nothing_is_minus_zero(value):
    for text in (readable(value), readable(value, 1), in_sentence(value), short(value)):
        assert not below_zero(str(text))


@example(-0.0, ".3f")
@example(-4e-5, ".3f")
@example(-4e-5, "+.3f")
@example(-4e-5, ".1%")
@example(-0.4, ".0f")
@example(-0.4, "d")
@example(-0.0, ".2e")
@example(-0.0, "")
@given(st.floats(-1, 1), st.sampled_from([".0f", ".1f", ".3f", "+.2f", "8.2f", ".2g", "g", "%"]))
def test_no_caption_says_minus_zero(value, form):
    row = {0: value}
    text = filled(f"{{loss[0]:{form}}}", {"": lambda: {"loss": row}}, "en.md, line 1")
    assert not below_zero(text)
    number = float(text.strip().rstrip("%").replace("−", "-"))
    assert number == float(format(round(value) if form == "d" else value, form or "g").rstrip("%"))


def test_clock():
    assert [clock(0), clock(9.99), clock(75)] == ["0:00", "0:09", "1:15"]
