"""Notation as MathML Core, with a class for each term and its role."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Literal

from engine.formula.notation import (
    HIDDEN,
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
from engine.formula.symbols import ACCENTS

_ELEMENTS = {"letter": "mi", "word": "mi", "function": "mi", "number": "mn", "operator": "mo"}
_GIVEN = {"x": "point", "g": "gradient"}
_FENCES = {"parentheses": "()", "bars": "||", "floor": "⌊⌋"}


def mathml(
    tree: Notation,
    roles: Mapping[str, str],
    *,
    display: Literal["block", "inline"] = "block",
) -> str:
    """A ``math`` element of a notation tree.

    Args:
        tree: What ``notation`` or ``equation`` made.
        roles: The role of each term by its name; the term ``s`` with the role ``second``
            becomes ``<mrow class="term term-s role-second">``. The point ``x`` and the
            gradient ``g`` have the roles ``point`` and ``gradient`` unless told otherwise.
        display: Whether the formula stands on its own or in a line of text.
    """
    return f'<math display="{display}">{_print(tree, {**_GIVEN, **roles})}</math>'


def _print(tree: Notation, roles: Mapping[str, str]) -> str:
    match tree:
        case Symbol(text) if text == THIN:
            return f'<mo lspace="0" rspace="0.17em">{HIDDEN}</mo>'
        case Symbol(text, kind):
            return _element(_ELEMENTS[kind], escape(text))
        case Row(items):
            return _element("mrow", *(_print(item, roles) for item in items))
        case Fraction(above, below):
            return _element("mfrac", _print(above, roles), _print(below, roles))
        case Root(body):
            return _element("msqrt", _print(body, roles))
        case Fence(body, kind):
            growth = "" if tree.tall else ' stretchy="false"'
            opening, closing = (f"<mo{growth}>{sign}</mo>" for sign in _FENCES[kind])
            return _element("mrow", opening, _print(body, roles), closing)
        case Accent(body, accent):
            mark = f'<mo stretchy="false">{ACCENTS[accent]}</mo>'
            return f'<mover accent="true">{_print(body, roles)}{mark}</mover>'
        case Script(base, lower, upper):
            scripts = [_tight(_print(part, roles)) for part in (lower, upper) if part is not None]
            return _element(_script(lower, upper), _print(base, roles), *scripts)
        case Term(name, body):
            role = f" role-{roles[name]}" if name in roles else ""
            inside = _print(body, roles)
            return f'<mrow class="term term-{tree.label}{role}">{inside}</mrow>'


def _script(lower: Notation | None, upper: Notation | None) -> str:
    if lower is None:
        return "msup"
    return "msub" if upper is None else "msubsup"


def _tight(markup: str) -> str:
    """Scripts have no air around their signs; MathML would keep it."""
    return markup.replace("<mo>", '<mo lspace="0" rspace="0">')


def _element(tag: str, *inside: str) -> str:
    return f"<{tag}>{''.join(inside)}</{tag}>"
