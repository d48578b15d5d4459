"""Words as they are set: composed (NFC), on one line, without characters that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NO_BREAK = "\N{NO-BREAK SPACE}"
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
IDEOGRAPHIC_SPACE = "\N{IDEOGRAPHIC SPACE}"
NO_BREAK_BLANKS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
SHAPERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\u180b\u180c\u180d\u180f"
"""Invisible themselves, they choose the form of letters in scripts that are joined."""

INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff\U0001d173-\U0001d17a]"
)
VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Signs of the category "format" that are drawn."""

JOINED = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ua840-\ua87f\ua8e0-\ua8ff"
    "\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010fff\U00011000-\U00011fff\U0001e900-\U0001e95f]"
)
"""Letters whose form joiners choose: Arabic and its kin, and the scripts of India."""

UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf]")
"""Scripts without blanks between words, in which a zero-width space is where a line may break."""


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """``text`` composed, with single blanks, without what is invisible and has no effect.

    Joiners stay where they choose the form of a letter, zero-width spaces in scripts that have no
    blanks, no-break spaces as such. Giving the result again changes nothing.
    """
    composed = unicodedata.normalize("NFC", text)
    letters = [kept for kept in map(_seen, composed) if kept]
    kept: list[str] = []
    for at, letter in enumerate(letters):
        before = kept[-1] if kept else ""
        after = letters[at + 1] if at + 1 < len(letters) else ""
        if letter in SHAPERS and not _chooses(before, after):
            continue
        if letter == ZERO_WIDTH_SPACE and not (UNSPACED.match(before) and UNSPACED.match(after)):
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", re.sub(" +", " ", "".join(kept)).strip(" "))


def _seen(letter: str) -> str:
    """The character, a blank for what separates words, "" for what cannot be seen."""
    if letter in NO_BREAK_BLANKS:
        return NO_BREAK
    if letter in SHAPERS or letter in (ZERO_WIDTH_SPACE, IDEOGRAPHIC_SPACE):
        return letter
    if letter.isspace():
        return " "
    hidden = unicodedata.category(letter) in ("Cc", "Cf") and letter not in VISIBLE_FORMATS
    return "" if hidden or INVISIBLE.match(letter) else letter


def _chooses(before: str, after: str) -> bool:
    """Whether a joiner between these two has an effect; it also joins pictures of one sign."""
    picture = before != "" and unicodedata.category(before) in ("So", "Sk")
    return bool(picture or JOINED.match(before) or JOINED.match(after))


def from_right(text: str) -> bool:
    """Whether a text begins at the right: its first letter with a direction goes from there."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def character_name(letter: str) -> str:
    """A character with its code point and name: ``'ก' (U+0E01 THAI CHARACTER KO KAI)``."""
    name = unicodedata.name(letter, "")
    shown = f"'{letter}' " if letter.isprintable() else ""
    return f"{shown}(U+{ord(letter):04X}{' ' if name else ''}{name})"
