"""Pieces of Typst math and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MARKUP = set("()[]{}⟨⟩⌊⌋⌈⌉⟦⟧⟮⟯⌜⌝⌞⌟√")
"""Signs that Typst pairs, or whose arguments it looks for."""

NOTHING = "#none"
"""An empty piece; Typst gives it a box of its own, which scripts can stand at."""


@dataclass(frozen=True)
class Piece:
    """Typst source for one thing; ``sort`` says how scripts stand at it and what it joins with.

    The sorts: ``"letter"`` one letter or digit; ``"limits"`` what places its scripts itself;
    ``"sign"`` a relation or the like, at which Typst would set scripts above and below; ``"over"``
    and ``"under"`` a brace, whose one script is its label; ``"other"``.
    """

    source: str
    sort: str = "other"


def joined(pieces: Sequence[Piece]) -> str:
    """The pieces one after another.

    A blank is set next to words and bars; so there is none but between letters and digits, which
    would make a name.
    """
    result = ""
    for piece in pieces:
        if result and piece.source and result[-1].isalnum() and piece.source[0].isalnum():
            result += " "
        result += piece.source
    return result or NOTHING


def sign(character: str) -> str:
    """One character that is neither letter nor digit, without its meaning in Typst."""
    return f"\\{character}" if character.isascii() or character in MARKUP else character


def words(text: str) -> str:
    """A Typst string; blanks at its ends are kept by browsers only if they are no-break spaces."""
    inner = text.strip(" ")
    if inner != text:
        before = len(text) - len(text.lstrip(" ")) if inner else len(text)
        after = len(text) - before - len(inner)
        text = "\u00a0" * before + inner + "\u00a0" * after
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def styled(template: str, inner: str) -> Piece:
    """Something in a style; a word is code, for a blank between it and a letter would be set."""
    if re.fullmatch(r'"(?:[^"\\]|\\.)*"', inner):
        template = "#" + re.sub(r"([a-z]+)\(", r"math.\1(", template)
    return Piece(template.format(inner))


def element(tag: str, content: str, **attributes: str) -> str:
    """A MathML element that Typst has no function for; `publish.math` defines ``elem``."""
    given = "".join(f'{name}: #"{value}", ' for name, value in attributes.items())
    return f'elem("{tag}", {given}{content})'


def gap(width: float) -> str:
    """Space of a width in em."""
    return f"#h({width:.4f}em)"
