"""Lines of text: worked out by hand, and properties that any text must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.wrapping import cut, pieces, wrapped

TEXTS = st.text("ab (“cé-学习率，。）（", max_size=60)


def within(most):
    return lambda line: len(line) <= most


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three", ["one two", "three"]),
        ("学习率由搜索得到。", ["学习率由搜索得", "到。"]),
        ("学习率由搜索得，到", ["学习率由搜索", "得，到"]),
        ("学习率由搜索（得）", ["学习率由搜索", "（得）"]),
        ("Adam的学习率", ["Adam的学习", "率"]),
        ("abcdefghijkl mn", ["abcdefg", "hijkl", "mn"]),
        ("", []),
    ],
)
def test_lines_break_where_they_may(text, expected):
    assert wrapped(text, within(7)) == expected


def test_what_is_left_out_leaves_an_ellipsis():
    assert wrapped("one two three four", within(7), 2) == ["one two", "three…"]
    assert cut("学习率，由搜索", within(5)) == "学习率…"
    assert cut("short", within(5)) == "short"


@given(TEXTS)
def test_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(TEXTS, st.integers(3, 12))
def test_lines_fit_and_leave_nothing_out(text, width):
    lines = wrapped(text, within(width))
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
