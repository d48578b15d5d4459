"""Numbers as a reader sees them."""

import pytest

from publish.numbers import clock, readable, short


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


def test_clock():
    assert [clock(0), clock(9.99), clock(75)] == ["0:00", "0:09", "1:15"]
