r"""Brackets that grow: ``\left ... \right`` and ``\big``."""

from __future__ import annotations

from publish.latex.pieces import Piece, element, joined, sign
from publish.latex.reader import Reader
from publish.latex.symbols import ESCAPED, SYMBOLS
from publish.latex.tokens import Token

DELIMITERS = set("()[]{}|‖⟨⟩⌊⌋⌈⌉⟦⟧⟮⟯⌜⌝⌞⌟/\\↑↓↕⇑⇓⇕")
SIZES = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}


def delimiter(reader: Reader, command: str) -> str:
    """The bracket after a command; a point is none.

    Raises:
        LatexError: it is no bracket.
    """
    token = reader.next()
    text = {"<": "⟨", ">": "⟩"}.get(token.text, token.text)
    if text[0] == "\\" and len(text) > 1:
        text = SYMBOLS.get(token.name) or ESCAPED.get(text[1:], "")
    if text == ".":
        return ""
    if text not in DELIMITERS:
        raise reader.mistake(
            rf"'{command}' needs a bracket, as in {command}( or {command}\{{ or '{command}.' for "
            f"none; found '{token.text}'"
        )
    return text


def fenced(reader: Reader, token: Token) -> Piece:
    r"""``\left( ... \middle| ... \right)``."""
    left = delimiter(reader, r"\left")
    parts, middles = [joined(reader.row(()))], []
    while reader.take("\\middle"):
        middles.append(delimiter(reader, r"\middle"))
        parts.append(joined(reader.row(())))
    if not reader.take("\\right"):
        if reader.token is None:
            raise reader.mistake(r"a '\left' without its '\right'", token.at)
        raise reader.mistake(
            rf"'{reader.token.text}' between a '\left' and its '\right'; write '\right.' before it"
            " where the bracket has no other half",
            reader.token.at,
        )
    right = delimiter(reader, r"\right")
    if not (left or right or middles):
        return Piece(element("mrow", parts[0]))
    if not (left and right):
        parts = [element("mrow", part) for part in parts]
    content = [Piece(parts[0])]
    for middle, part in zip(middles, parts[1:], strict=True):
        content += [Piece(f"mid({sign(middle)})" if middle else ""), Piece(part)]
    ends = (sign(bracket) if bracket else "" for bracket in (left, right))
    return Piece(f"lr({joined(content).join(ends)})")


def big(reader: Reader, token: Token) -> Piece:
    r"""``\big(``, ``\Bigl(``, ``\biggr)``, ``\bigm|``: a bracket of a given size."""
    name = token.name
    side = name[-1] if name[-1] in "lrm" else ""
    text = delimiter(reader, token.text)
    if not text:
        return Piece("")
    source = sign(text)
    if text not in "/\\":
        source = f"lr(size: #{SIZES[name.removesuffix(side)]}em, {source})"
    if side:
        kind = {"l": "opening", "r": "closing", "m": "relation"}[side]
        source = f'class("{kind}", {source})'
    return Piece(source)
