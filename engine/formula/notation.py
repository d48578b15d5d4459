"""Formulas as notation: one pass decides all that print has to show, before any printer runs.

Precedence and parentheses, fractions, hidden products, roots, bars, accents, scripts and the
groups that carry a term's color are decided here; the printers only spell the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.formula.nodes import Assignment, Binary, Call, Expression, Name, Number, Unary
from engine.formula.symbols import spelling
from engine.formula.vocabulary import FUNCTIONS, Function

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
    """A thing between parentheses or bars, which grow where it is taller than a line."""

    body: Notation
    kind: Literal["parentheses", "bars"] = "parentheses"

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

_SUM, _PRODUCT, _FACTOR, _ATOM = range(1, 5)


def equation(line: Assignment) -> Notation:
    """The notation of one line of an update rule: target, equals sign, value."""
    return Row((notation(line.target), Symbol("=", "operator"), notation(line.value)))


def notation(expression: Expression) -> Notation:
    """The notation of a formula."""
    return _build(expression)[0]


def _build(node: Expression) -> tuple[Notation, int]:
    """The notation of a node, and how strongly it holds together in print."""
    match node:
        case Number(_, text):
            return _number(text)
        case Name():
            return _name(node), _ATOM
        case Unary(operand):
            return Row((Symbol(MINUS, "operator"), _at_least(_PRODUCT, operand))), _SUM
        case Binary("*" | "/") if (opposite := _without_minus(node)) != node:
            return _build(Unary(opposite))
        case Binary("/", left, right):
            return Fraction(notation(left), notation(right)), _FACTOR
        case Binary("**", left, right):
            return _power(left, notation(right)), _FACTOR
        case Binary("*", left, right):
            return _product(_at_least(_PRODUCT, left), _at_least(_FACTOR, right)), _PRODUCT
        case Binary(sign, left, right):
            operator = Symbol(MINUS if sign == "-" else sign, "operator")
            return Row((_at_least(_SUM, left), operator, _at_least(_PRODUCT, right))), _SUM
        case Call("grad", (point,)):
            nabla_f = (Symbol("∇", "letter"), Symbol("f", "letter"))
            return Row((*nabla_f, Symbol(APPLY, "operator"), Fence(notation(point)))), _FACTOR
        case Call(function, arguments):
            return _call(FUNCTIONS[function], arguments)


def _without_minus(node: Expression) -> Expression:
    """A product without the minus of its first factor; that minus leads the whole product."""
    match node:
        case Unary(operand):
            return operand
        case Binary("*" | "/" as sign, left, right):
            return Binary(sign, _without_minus(left), right)
    return node


def _at_least(level: int, node: Expression) -> Notation:
    """An operand, in parentheses where it holds together more loosely than its place asks."""
    tree, own = _build(node)
    return tree if own >= level else Fence(tree)


def _number(text: str) -> tuple[Notation, int]:
    """A decimal as it was written; ``2.5e-3`` as 2.5 times a power of ten."""
    digits, _, exponent = text.lower().partition("e")
    if not exponent:
        return Symbol(digits, "number"), _ATOM
    power = Symbol(str(abs(int(exponent))), "number")
    minus = Symbol(MINUS, "operator")
    upper = Row((minus, power)) if int(exponent) < 0 else power
    ten = Script(Symbol("10", "number"), upper=upper)
    if float(digits) == 1:
        return ten, _FACTOR
    return _product(Symbol(digits, "number"), ten), _PRODUCT


def _name(name: Name, upper: Notation | None = None) -> Notation:
    """A name with its subscripts, its time and a power; a Term where it has a time."""
    look = spelling(name.id)
    letter: Notation = Symbol(look.letter, "letter" if len(look.letter) == 1 else "word")
    if look.accent:
        letter = Accent(letter, look.accent)
    feet = [Symbol(foot, "number" if foot.isdigit() else "word") for foot in look.subscripts]
    feet_and_time = [*feet, *_time(name.time)]
    lower = _listed(tuple(feet_and_time)) if feet_and_time else None
    body = Script(letter, lower, upper) if lower or upper else letter
    return body if name.time is None else Term(name.id, body)


def _time(time: int | None) -> list[Notation]:
    if time is None:
        return []
    step = Symbol("t", "letter")
    if time == 0:
        return [step]
    return [Row((step, Symbol(MINUS, "operator"), Symbol(str(-time), "number")))]


def _listed(items: tuple[Notation, ...]) -> Notation:
    """The items with commas between them."""
    comma = Symbol(",", "operator")
    spread = tuple(part for item in items for part in (comma, item))[1:]
    return spread[0] if len(spread) == 1 else Row(spread)


def _power(base: Expression, upper: Notation) -> Notation:
    if isinstance(base, Name):
        return _name(base, upper)
    return Script(_at_least(_ATOM, base), upper=upper)


def _call(row: Function, arguments: tuple[Expression, ...]) -> tuple[Notation, int]:
    inside = _listed(tuple(notation(argument) for argument in arguments))
    if row.style == "root":
        return Root(inside), _FACTOR
    if row.style == "bars":
        return Fence(inside, "bars"), _ATOM
    name = Symbol(row.symbol, "function")
    return Row((name, Symbol(APPLY, "operator"), Fence(inside))), _FACTOR


def _product(left: Notation, right: Notation) -> Notation:
    """Factors side by side: a dot where they would run together, air where they would crowd."""
    before, after = _edge(left, -1), _edge(right, 0)
    if after.kind == "number" or "word" in (before.kind, after.kind):
        sign = DOT
    else:
        airy = isinstance(left, Fraction | Root) or after.kind == "function"
        sign = THIN if airy else HIDDEN
    return Row((left, Symbol(sign, "operator"), right))


def _is_tall(tree: Notation) -> bool:
    match tree:
        case Fraction() | Root():
            return True
        case Row(items):
            return any(_is_tall(item) for item in items)
        case Script(body) | Fence(body):
            return _is_tall(body)
    return False


def _edge(tree: Notation, side: Literal[0, -1]) -> Symbol:
    """The first or last symbol that the eye meets."""
    match tree:
        case Symbol():
            return tree
        case Row(items):
            return _edge(items[side], side)
        case Script(base) | Term(_, base) | Accent(base):
            return _edge(base, side)
        case Fraction(above):
            return _edge(above, side)
    return Symbol("(", "operator")
