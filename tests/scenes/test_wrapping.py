"""Lines of text: worked out by hand, and properties that any text must have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.wrapping import balanced, pieces, wrapped

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


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("Gauss-Newton", 8, ["Gauss-", "Newton"]),
        ("https://a.org/long/path", 15, ["https://a.org/", "long/path"]),
        ("10\u00a0000 steps", 9, ["10\u00a0000", "steps"]),
        ("a" * 20, 8, ["a" * 8, "a" * 8, "a" * 4]),
        ("xyz\u0302xyz\u0302", 3, ["xy", "z\u0302x", "yz\u0302"]),
        ("กำลังเรียน", 4, ["กำลั", "งเรี", "ยน"]),
    ],
)
def test_lines_break_by_the_rules_of_unicode(text, room, expected):
    """At hyphens and slashes, not at no-break spaces; long words between letters with marks."""
    assert wrapped(text, within(room)) == expected


@given(TEXTS)
def test_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(TEXTS, st.integers(3, 12))
def test_lines_fit_and_leave_nothing_out(text, width):
    lines = wrapped(text, within(width))
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_word_is_left_alone_where_lines_can_be_as_long():
    assert wrapped("from ten down to two", within(18)) == ["from ten down to", "two"]
    assert balanced("from ten down to two", len, 18) == ["from ten", "down to two"]
    assert balanced("from ten down to two", len, 20) == ["from ten down to two"]
    assert balanced("损失从十变为一。", len, 7) == ["损失从十", "变为一。"]
    assert balanced("abcdefghijkl mn", len, 7) == ["abcdefg", "hijkl", "mn"]


@given(TEXTS, st.integers(3, 12))
def test_balanced_lines_are_no_more_and_no_longer(text, width):
    lines, usual = balanced(text, len, width), wrapped(text, within(width))
    assert len(lines) == len(usual)
    assert max(map(len, lines), default=0) <= max(map(len, usual), default=0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("the loss goes down to 2.5 × 10⁻⁶ in the end", "2.5 × 10⁻⁶"),
        ("with a rate of lr = 0.25 it takes long", "lr = 0.25"),
        ("from there on it is − 10⁻⁶ at most", "− 10⁻⁶"),
        ("取 x = 3.2 时损失为 1.5 × 10⁻⁷ 左右", "1.5 × 10⁻⁷"),
        ("取 x = 3.2 时损失为 1.5 × 10⁻⁷ 左右", "x = 3.2"),
    ],
)
def test_no_line_breaks_inside_a_number(text, whole):
    for room in range(len(whole) + 3, len(text) + 1):
        lines = wrapped(text, within(room))
        assert any(whole in line for line in lines), (room, lines)
