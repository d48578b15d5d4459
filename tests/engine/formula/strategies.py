"""Random formulas, and a second opinion on their values and slopes."""

import math
from dataclasses import dataclass

from hypothesis import strategies as st

from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.parse import parse_expression
from engine.formula.vocabulary import FUNCTIONS, SLOTS

NAMES = ("x1", "x2")


def _number(value: float) -> Number:
    return Number(value, repr(value).removesuffix(".0"))


def _grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    whole = st.integers(2, 9).map(lambda value: _number(float(value)))
    one, two = (
        st.sampled_from([row.name for row in FUNCTIONS.values() if row.arity == arity])
        for arity in (1, 2)
    )
    return st.one_of(
        st.builds(Unary, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(Binary, st.just("**"), inner, whole),
        st.builds(Binary, st.just("**"), inner, inner),
        st.builds(Call, one, st.tuples(inner)),
        st.builds(Call, two, st.tuples(inner, inner)),
    )


LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.sampled_from([Name(name) for name in (*NAMES, "pi")]),
    st.sampled_from([0.1, 0.5, 1.0, 2.0, 3.0, 7.25, 1e-6, 4e3]).map(_number),
)
EXPRESSIONS = st.recursive(LEAVES, _grow, max_leaves=12)
POINTS = st.tuples(*[st.floats(-4, 4).map(lambda value: round(value, 3))] * 2)


@dataclass(frozen=True)
class Dual:
    """A value with its slope along one variable: derivatives by the chain rule alone."""

    value: float
    slope: float = 0.0


def dual(node: Expression, env: dict[str, Dual]) -> Dual:
    """The formula's value and slope, in plain Python floats.

    Raises ValueError, OverflowError or ZeroDivisionError outside the formula's domain.
    """
    match node:
        case Number(value):
            return Dual(value)
        case Name("pi"):
            return Dual(math.pi)
        case Name(name):
            return env[name]
        case Unary(operand):
            a = dual(operand, env)
            return Dual(-a.value, -a.slope)
        case Binary(operator, left, right):
            return _binary(operator, dual(left, env), dual(right, env))
        case Call(function, arguments):
            return _call(function, [dual(argument, env) for argument in arguments])


def _binary(operator: str, a: Dual, b: Dual) -> Dual:
    match operator:
        case "+":
            return Dual(a.value + b.value, a.slope + b.slope)
        case "-":
            return Dual(a.value - b.value, a.slope - b.slope)
        case "*":
            return Dual(a.value * b.value, a.slope * b.value + a.value * b.slope)
        case "/":
            quotient = a.value / b.value
            return Dual(quotient, (a.slope - quotient * b.slope) / b.value)
    power = math.pow(a.value, b.value)
    slope = b.value * math.pow(a.value, b.value - 1) * a.slope if a.slope else 0.0
    if b.slope:
        slope += power * math.log(a.value) * b.slope
    return Dual(power, slope)


def _call(function: str, arguments: list[Dual]) -> Dual:
    """A function in plain Python; its slope by the row's own derivatives, checked elsewhere."""
    row = FUNCTIONS[function]
    value = float(row.python(*(each.value for each in arguments)))
    slots = dict(zip(SLOTS, (Dual(each.value) for each in arguments), strict=False))
    slope = 0.0
    for argument, text in zip(arguments, row.derivatives, strict=True):
        if argument.slope:
            partial = dual(parse_expression(text, SLOTS[: row.arity]), slots)
            slope += partial.value * argument.slope
    return Dual(value, slope)
