"""Words are composed, on one line and without what cannot be seen; nothing seen is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Objective, Optimizer
from engine.plaintext import character_name, from_right, plain_text
from scenes import FilmSpec, RunSpec
from tests.scenes.films import TINY


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("e\u0301te\u0301", "été"),
        ("Vie\u0323\u0302t", "Việt"),
        ("\u1112\u1161\u11ab", "한"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufefftitle\u200e\u200f", "title"),
        ("\u202bright\u202c \u2066left\u2069", "right left"),
        ("two\n  lines\tand\u2009more", "two lines and more"),
        (" \u2028x\x00y\x1b[0m ", "xy[0m"),
        ("10\u202f000", "10\u00a0000"),
        ("\u3000全角\u3000空白", "\u3000全角\u3000空白"),
        ("❤\ufe0f", "❤"),
        ("葛\U000e0100", "葛"),
        ("a\u200db", "ab"),
        ("نامه\u200cای", "نامه\u200cای"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("ไทย\u200bคำ", "ไทย\u200bคำ"),
        ("\u200b\u00ad", ""),
    ],
)
def test_what_is_written_and_what_is_set(written, set_):
    assert plain_text(written) == set_


@given(st.text())
def test_it_is_done_once(text):
    made = plain_text(text)
    assert plain_text(made) == made == unicodedata.normalize("NFC", made)


@given(st.text())
def test_letters_digits_and_signs_stay(text):
    """All of them but fillers, which are letters in name only."""
    fillers = "\u115f\u1160\u3164\uffa0"

    def seen(words):
        kept = (c for c in unicodedata.normalize("NFC", words) if c not in fillers)
        return [c for c in kept if unicodedata.category(c)[0] in "LNPS"]

    assert seen(plain_text(text)) == seen(unicodedata.normalize("NFC", text)) or "\u200d" in text


def test_titles_and_labels_are_composed_where_they_come_in():
    hyper = {"default": 0.1, "low": 0.0, "high": 1.0, "step": 0.1}
    table = {"name": "own", "title": "E\u0301tude\u200b", "formula": "x = x - lr * g"}
    assert Optimizer.from_table(table | {"hyper": {"lr": hyper}}).title == "Étude"
    assert Objective("bowl", "x1**2 + x2**2", title="\u200fCafe\u0301").title == "Café"
    assert Objective("bowl", "x1**2 + x2**2", title="\u200b").title == "bowl"
    assert RunSpec("sgd", "valley", label="two\nlines").label == "two lines"
    assert FilmSpec("a", "en", TINY.shots, title="soft\u00adhyphen").title == "softhyphen"


def test_a_direction_is_that_of_the_first_letter_that_has_one():
    assert from_right("(1) مرحبا abc")
    assert from_right("שלום")
    assert not from_right("abc שלום")
    assert not from_right("12")


def test_a_character_is_named():
    assert character_name("ก") == "'ก' (U+0E01 THAI CHARACTER KO KAI)"
    assert character_name("\U000f0000") == "(U+F0000)"
