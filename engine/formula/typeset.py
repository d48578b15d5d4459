"""Formulas as notation: one pass decides all that print has to show, before any printer runs.

Precedence and parentheses, fractions, hidden products, roots, bars, accents, scripts and the
groups that carry a term's color are decided here; the printers only spell the result.
"""

from __future__ import annotations

from engine.formula.chains import flat, is_long
from engine.formula.nodes import Assignment, Binary, Call, Expression, Name, Number, Quantity, Unary
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
    edge,
)
from engine.formula.parse import parse_expression
from engine.formula.rewrite import substitute
from engine.formula.symbols import spelling
from engine.formula.vocabulary import FUNCTIONS, SLOTS, Function, Written

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
        case Quantity(_, text, name):
            tree, own = _number(text)
            return Term(name, tree), own
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
        case Binary():
            return _sum(node), _SUM
        case Call("grad", (point,)):
            nabla_f = (Symbol("∇", "letter"), Symbol("f", "letter"))
            return Row((*nabla_f, Symbol(APPLY, "operator"), Fence(notation(point)))), _FACTOR
        case Call(function, arguments):
            return _call(FUNCTIONS[function], arguments)


def _sum(node: Binary) -> Notation:
    """A sum or a difference; one that is computed in groups stands there as it was written."""
    if is_long(node):
        first, rest = flat(node)
    else:
        first, rest = node.left, [(node.operator, node.right)]
    items = [_at_least(_SUM, first)]
    for sign, term in rest:
        items.append(Symbol(MINUS if sign == "-" else sign, "operator"))
        items.append(_at_least(_PRODUCT, term))
    return Row(tuple(items))


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
    if text.startswith("-"):
        return Row((Symbol(MINUS, "operator"), _number(text[1:])[0])), _SUM
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
    if isinstance(row.look, Written):
        formula = parse_expression(row.look.formula, SLOTS[: row.arity])
        return _build(substitute(formula, dict(zip(map(Name, SLOTS), arguments, strict=False))))
    inside = _listed(tuple(notation(argument) for argument in arguments))
    if row.look == "root":
        return Root(inside), _FACTOR
    if isinstance(row.look, str):
        return Fence(inside, row.look), _ATOM
    name = Symbol(row.look.symbol, "function")
    return Row((name, Symbol(APPLY, "operator"), Fence(inside))), _FACTOR


def _product(left: Notation, right: Notation) -> Notation:
    """Factors side by side: a dot where they would run together, air where they would crowd."""
    before, after = edge(left, -1), edge(right, 0)
    if after.kind == "number" or "word" in (before.kind, after.kind):
        sign = DOT
    else:
        airy = isinstance(left, Fraction | Root) or after.kind == "function"
        sign = THIN if airy else HIDDEN
    return Row((left, Symbol(sign, "operator"), right))
