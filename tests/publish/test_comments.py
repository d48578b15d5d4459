"""Comments of lesson texts vanish, and lines keep their numbers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import UserError
from publish.comments import SEPARATOR, without_comments
from publish.text import read_lesson_text


@pytest.mark.parametrize(
    ("commented", "plain"),
    [
        ("a <!-- b --> c", "a  c"),
        ("<!-- b -->\na", "a"),
        ("a\n<!-- b -->\nc", "a\nc"),
        ("a <!-- b\n\nc --> d", "a\nd"),
        ("<!-- b\n\nc --> d", "d"),
        ("a <!-- b\nc -->", "a"),
        ("<!-- b --> ## Not *hidden*", "## Not *hidden*"),
        ("- a <!-- b -->\n- c", "- a\n- c"),
        ("- a\n  <!-- b -->\n- c", "- a\n- c"),
        ("- a\n  <!-- b\n  c -->\n- d", "- a\n- d"),
        ("> a\n> <!-- b -->\n> c", "> a\n> c"),
        ("| a | b |\n|---|---|\n<!-- c -->\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("| a <!-- x --> | b |\n|---|---|", "| a  | b |\n|---|---|"),
        ("a  <!-- not a hard break -->\nb", "a\nb"),
        ("**a <!-- b --> c**", "**a  c**"),
        ("<!-- ```\nx\n``` --> a", "a"),
        ("<!-- a --><!-- b -->c", "c"),
        ("<!--> a", "a"),
        ("a\n\n<!-- b -->\n\nc", "a\n\nc"),
        ("a\n<!-- b -->\n---", "a\n\n---"),
    ],
)
def test_comments_vanish(shown, commented, plain):
    assert shown(commented) == shown(plain)


@pytest.mark.parametrize(
    "kept",
    [
        "`<!-- a -->`",
        "``<!-- a ` -->``",
        "```\n<!-- a -->\n```",
        "> ~~~\n> <!-- a -->\n> ~~~",
        "- a\n\n  ```\n  <!-- a -->\n  ```",
        "    <!-- a -->",
        r"\<!-- a -->",
        "a `b\n<!-- a --> c`",
    ],
)
def test_comments_in_code_are_code(shown, kept):
    html = shown(f"{kept}\n\nx<!-- gone -->y")
    assert "&lt;!-- a" in html
    assert "<p>xy</p>" in html


def test_a_comment_between_lists_parts_them(shown):
    assert shown("- a\n\n<!-- -->\n\n- b").count("<ul>") == 2
    assert shown("- a\n<!-- -->\n- b").count("<ul>") == 1


@pytest.mark.parametrize("text", ["a <!-- b", "a\n\n<!-- b\n\n`-- >`\n", "- a\n  <!-- b"])
def test_a_comment_without_an_end_is_told(shown, text):
    line = 5 + text[: text.index("<!--")].count("\n")
    with pytest.raises(UserError, match=rf"en\.md, line {line}: this comment has no end; write"):
        shown(text)


def test_lines_below_comments_keep_their_numbers(tmp_path):
    head = "# T\n\nS.\n\n<!-- a\nb -->\n\nx <!-- c\nd -->\n<!-- e -->\n"
    for mistake in ("$foo(x)$", "<b>", "==x==", "[a](b.csv)", "@film"):
        path = tmp_path / "en.md"
        path.write_text(f"{head}{mistake}\n", encoding="utf-8")
        with pytest.raises(UserError, match=r"en\.md, line 11: "):
            read_lesson_text(path, "en")


def test_rows_of_a_film_are_commented_out(tmp_path):
    path = tmp_path / "en.md"
    path.write_text("# T\n\nS.\n\n@film a B.\n  0: One.\n  <!-- 1: Two. -->\n  2: Three.\n")
    rows = read_lesson_text(path, "en").tags[0].rows
    assert [(row.text, row.line) for row in rows] == [("0: One.", 6), ("2: Three.", 8)]


PIECES = st.lists(st.sampled_from(["word", "\n", "\n\n", "<!-- c\nd -->", "`code`", "- ", "> "]))


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_words_stay_on_their_lines(pieces):
    text = "".join(pieces)
    source = without_comments(text)
    lines = text.split("\n")
    assert len(source.lines) == source.text.count("\n") + 2
    assert "<!--" not in source.text.replace(SEPARATOR, "")
    for number, line in enumerate(source.text.split("\n")):
        for word in re.findall("word|code", line):
            assert word in "\n".join(lines[source.lines[number] :])
    assert source.text.count("word") == text.count("word")
