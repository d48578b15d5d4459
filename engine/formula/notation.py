"""The notation tree: what print has to show of a formula, before any printer runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MINUS = "\N{MINUS SIGN}"
DOT = "\N{DOT OPERATOR}"
HIDDEN = "\N{INVISIBLE TIMES}"
THIN = "\N{THIN SPACE}"
APPLY = "\N{FUNCTION APPLICATION}"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, an upright word, a number or an operator sign."""

    text: str
    kind: Literal["letter", "word", "function", "number", "operator"]


@dataclass(frozen=True, slots=True)
class Row:
    """Things side by side."""

    items: tuple[Notation, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One thing over another."""

    above: Notation
    below: Notation


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    body: Notation


@dataclass(frozen=True, slots=True)
class Fence:
    """A thing between parentheses, bars or floor brackets, which grow with what is inside."""

    body: Notation
    kind: Literal["parentheses", "bars", "floor"] = "parentheses"

    @property
    def tall(self) -> bool:
        """Whether there is a fraction or a root inside."""
        return _is_tall(self.body)


@dataclass(frozen=True, slots=True)
class Accent:
    """A letter with a hat, bar or tilde."""

    body: Notation
    accent: str


@dataclass(frozen=True, slots=True)
class Script:
    """A thing with a subscript, a superscript or both."""

    base: Notation
    lower: Notation | None = None
    upper: Notation | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity of the step, with its time and power: what takes a color as one piece."""

    name: str
    body: Notation

    @property
    def label(self) -> str:
        """Its name as a label or class: ``m-hat`` for ``m_hat``."""
        return self.name.replace("_", "-")


Notation = Symbol | Row | Fraction | Root | Fence | Accent | Script | Term


def edge(tree: Notation, side: Literal[0, -1]) -> Symbol:
    """The first or the last symbol of a notation that the eye meets."""
    match tree:
        case Symbol():
            return tree
        case Row(items):
            return edge(items[side], side)
        case Script(base) | Term(_, base) | Accent(base):
            return edge(base, side)
        case Fraction(above):
            return edge(above, side)
    return Symbol("(", "operator")


def _is_tall(tree: Notation) -> bool:
    match tree:
        case Fraction() | Root():
            return True
        case Row(items):
            return any(_is_tall(item) for item in items)
        case Script(body) | Fence(body):
            return _is_tall(body)
    return False
