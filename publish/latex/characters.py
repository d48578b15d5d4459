"""Commands that stand for one sign, and characters that stand for themselves."""

from __future__ import annotations

from publish.latex.pieces import Piece, gap, sign
from publish.latex.symbols import ESCAPED, FUNCTIONS, LARGE, LIMITS, SPACES, SYMBOLS

BARS = {
    "lvert": ("opening", "|"),
    "rvert": ("closing", "|"),
    "vert": ("normal", "|"),
    "lVert": ("opening", "‖"),
    "rVert": ("closing", "‖"),
    "Vert": ("normal", "‖"),
    "|": ("normal", "‖"),
}
"""Command to the sort of sign and the sign."""


def character_of(name: str) -> Piece | None:
    """What a command without arguments stands for."""
    if name in LARGE:
        return Piece(LARGE[name], "limits")
    if name in FUNCTIONS:
        return Piece(f'op("{FUNCTIONS[name]}")')
    if name in LIMITS:
        return Piece(f'op("{LIMITS[name]}", limits: #true)', "limits")
    if name in BARS:
        kind, bar = BARS[name]
        return Piece(f'class("{kind}", {sign(bar)})')
    if name in SYMBOLS or name in ESCAPED:
        return symbol(SYMBOLS.get(name) or ESCAPED[name])
    return Piece(gap(SPACES[name])) if name in SPACES else None


def symbol(text: str) -> Piece:
    """A character by itself."""
    if text.isalnum():
        return Piece(text, "letter")
    return Piece(sign(text), "sign")
