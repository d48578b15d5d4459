"""Superscripts in sentences: the font's own digits, smaller and raised.

The films' font has three of the superscript characters only; a system puts the others in from any
font, of another weight and width.
"""

from __future__ import annotations

from itertools import groupby

SUPERSCRIPTS, PLAIN = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "\u2212+0123456789"
SHARE, TOP = 0.64, 1.14
"""Size of raised characters, and where a digit's top lies, in heights of a capital."""


def lowered(words: str) -> str:
    """``words`` with ordinary characters for superscript ones."""
    return words.translate(str.maketrans(SUPERSCRIPTS, PLAIN))


def stretches(words: str) -> list[tuple[str, bool]]:
    """``words`` in stretches, lowered, each with whether it is to be raised."""
    runs = groupby(words, lambda letter: letter in SUPERSCRIPTS)
    return [(lowered("".join(run)), raised) for raised, run in runs]
