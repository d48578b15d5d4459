"""Long formulas in several lines: where they break, and about how wide their parts are.

Lines break before a plus or minus, else between factors. What is inside parentheses is broken only
where it is too wide for a line of its own; fractions, roots and exponents are never broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.formula.notation import (
    APPLY,
    DOT,
    HIDDEN,
    MINUS,
    THIN,
    Accent,
    Fence,
    Fraction,
    Notation,
    Root,
    Row,
    Script,
    Symbol,
    Term,
)
from engine.formula.typst import typst

EMS = {"letter": 0.57, "number": 0.5, "word": 0.52, "function": 0.55, "operator": 0.78}
"""About how wide a character of each kind is, in heights of the letters."""

SIGNS = {HIDDEN: 0.0, APPLY: 0.0, THIN: 0.17, DOT: 0.72, ",": 0.45}
AROUND, SMALLER = 0.45, 0.7
SUM, PRODUCT = ("+", MINUS), (HIDDEN, DOT, THIN)


def ems(tree: Notation) -> float:
    """About how wide a formula is in one line, in heights of its letters."""
    match tree:
        case Symbol(text, "operator"):
            return SIGNS.get(text, EMS["operator"])
        case Symbol(text, kind):
            return EMS[kind] * len(text) - 0.22 * text.count(".")
        case Row():
            return _row(tree)
        case Fraction(above, below):
            return max(ems(above), ems(below)) + 0.25
        case Root(body):
            return ems(body) + 0.9
        case Fence(body):
            return ems(body) + 0.78
        case Accent(body) | Term(_, body):
            return ems(body)
        case Script(base, lower, upper):
            scripts = [ems(script) for script in (lower, upper) if script is not None]
            return ems(base) + SMALLER * max(scripts)


def _row(tree: Notation) -> float:
    """The width of things side by side; of a long sum, one summand after the other."""
    width = 0.0
    while isinstance(tree, Row) and len(tree.items) == 3:
        tree, sign, right = tree.items
        spaced = isinstance(sign, Symbol) and sign.text not in SIGNS
        width += ems(sign) + ems(right) + AROUND * spaced
    return width + (sum(map(ems, tree.items)) if isinstance(tree, Row) else ems(tree))


@dataclass(frozen=True)
class Piece:
    """A part of a formula that is not broken: Typst math, and about how wide it is."""

    source: str
    width: float


def pieces(tree: Notation, room: float) -> list[Piece]:
    """The parts of a formula, each as wide as ``room`` at most where that can be had."""
    found: list[Piece] = []
    for sign, term in _terms(tree):
        width = ems(term) + (EMS["operator"] + AROUND if sign else 0.0)
        lead = f"{'-' if sign == MINUS else sign} " if sign else ""
        if width <= room or not _opens(term):
            found.append(Piece(lead + typst(term), width))
        else:
            first, *rest = _opened(term, room)
            found += [Piece(lead + first.source, first.width + width - ems(term)), *rest]
    return found


def lines(tree: Notation, room: float, first: float | None = None) -> list[str]:
    """A formula in Typst lines of about ``room`` heights of its letters, as full as they may be;
    the first of ``first``.
    """
    narrow = room if first is None else first
    return spelled(filled(pieces(tree, min(room, 2 * narrow)), room, narrow))


def spelled(made: Sequence[Sequence[Piece]]) -> list[str]:
    """The Typst of lines; a sign at the beginning of one stands as it does between two terms."""
    sources = [" ".join(piece.source for piece in line) for line in made]
    return [
        f"{source[0]} med {source[2:]}" if at and source[:2] in ("+ ", "- ") else source
        for at, source in enumerate(sources)
    ]


def filled(parts: Sequence[Piece], room: float, first: float | None = None) -> list[list[Piece]]:
    """Pieces in lines of ``room``, the first of ``first``; a new one where the last is full."""
    made: list[list[Piece]] = [[]]
    left = room if first is None else first
    if parts and first is not None and parts[0].width > first:
        made.insert(0, [Piece("", 0.0)])
        left = room
    for part in parts:
        if made[-1] and part.width > left:
            made.append([])
            left = room
        made[-1].append(part)
        left -= part.width
    return made


def _terms(tree: Notation) -> list[tuple[str, Notation]]:
    """The summands of a formula, each with the sign before it, "" before the first."""
    found: list[tuple[str, Notation]] = []
    while True:
        match tree:
            case Row((left, Symbol(sign, "operator"), right)) if sign in SUM:
                found.append((sign, right))
                tree = left
            case _:
                return [("", tree), *reversed(found)]


def _factors(tree: Notation) -> list[Notation]:
    match tree:
        case Row((left, Symbol(sign, "operator"), right)) if sign in PRODUCT:
            return [*_factors(left), *_factors(right)]
    return [tree]


def _opens(tree: Notation) -> bool:
    """Whether a formula without sums outside of parentheses can be broken."""
    match tree:
        case Row((Symbol(), body)):
            return _opens(body)
        case Fence(body, "parentheses") | Script(Fence(body, "parentheses")):
            return len(_terms(body)) > 1 or _opens(body)
    return len(_factors(tree)) > 1


def _opened(tree: Notation, room: float) -> list[Piece]:
    """The parts of what is too wide for one line."""
    match tree:
        case Row((Symbol() as sign, body)):
            return _wrapped(f"{typst(sign)} ", ems(sign), _opened(body, room), "", 0.0)
        case Fence(body):
            return _wrapped("\\( ", 0.4, pieces(body, room), " \\)", 0.4)
        case Script(Fence(body), None, upper) if upper is not None:
            close = f" \\)^({typst(upper)})"
            return _wrapped("\\( ", 0.4, pieces(body, room), close, 0.4 + SMALLER * ems(upper))
    found: list[Piece] = []
    for factor in _factors(tree):
        wide = ems(factor) > room and _opens(factor)
        parts = _opened(factor, room) if wide else [Piece(typst(factor), ems(factor))]
        found += _wrapped("dot.op " if found else "", 0.7 * bool(found), parts, "", 0.0)
    return found


def _wrapped(
    before: str, more: float, parts: Sequence[Piece], after: str, less: float
) -> list[Piece]:
    """Parts with something before the first and after the last."""
    made = list(parts)
    made[0] = Piece(before + made[0].source, made[0].width + more)
    made[-1] = Piece(made[-1].source + after, made[-1].width + less)
    return made
