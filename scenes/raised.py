"""Superscripts in sentences: the font's own digits, smaller and raised.

The films' font has three of the superscript characters only; a system puts the others in from any
font, of another weight and width.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

SUPERSCRIPTS, PLAIN = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "\u2212+0123456789"
SHARE, TOP = 0.64, 1.14
"""Size of raised characters, and where a digit's top lies, in heights of a capital."""


def lowered(words: str) -> str:
    """``words`` with ordinary characters for superscript ones."""
    return words.translate(str.maketrans(SUPERSCRIPTS, PLAIN))


def raise_superscripts(words: str, letters: Any, baseline: float, capital: float) -> None:
    """Make small and raise those of ``letters`` that stand for superscript characters.

    Args:
        words: The text with its superscript characters.
        letters: The glyphs of :func:`lowered` words, one for each character.
        baseline: The height of the baseline.
        capital: The height of a capital.
    """
    shift = 0.0
    for raised, run in groupby(range(len(words)), lambda at: words[at] in SUPERSCRIPTS):
        glyphs = [letters[at] for at in run]
        left, right = glyphs[0].get_left()[0], glyphs[-1].get_right()[0]
        for glyph in glyphs:
            if raised:
                glyph.scale(SHARE, about_point=np.array([left, baseline, 0.0]))
            glyph.shift(np.array([-shift, raised * (TOP - SHARE) * capital, 0.0]))
        shift += raised * (1 - SHARE) * (right - left)
