"""Random formulas, and a second opinion on their values and slopes."""

import math
from dataclasses import dataclass

from hypothesis import strategies as st

from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary

NAMES = ("x1", "x2")


def _number(value: float) -> Number:
    return Number(value, repr(value).removesuffix(".0"))


def _grow(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    whole = st.integers(2, 9).map(lambda value: _number(float(value)))
    one = st.sampled_from(["sqrt", "abs", "sign", "exp", "log", "sin", "cos"])
    two = st.sampled_from(["maximum", "minimum"])
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
    a, *others = arguments
    match function:
        case "sqrt":
            root = math.sqrt(a.value)
            return Dual(root, a.slope / (2 * root) if a.slope else 0.0)
        case "abs":
            return Dual(abs(a.value), a.slope * _sign(a.value))
        case "sign":
            return Dual(_sign(a.value))
        case "exp":
            return Dual(math.exp(a.value), a.slope * math.exp(a.value))
        case "log":
            return Dual(math.log(a.value), a.slope / a.value)
        case "sin":
            return Dual(math.sin(a.value), a.slope * math.cos(a.value))
        case "cos":
            return Dual(math.cos(a.value), -a.slope * math.sin(a.value))
    (b,) = others
    if a.value == b.value:
        return Dual(a.value, (a.slope + b.slope) / 2)
    return max(a, b, key=_value) if function == "maximum" else min(a, b, key=_value)


def _value(dual: Dual) -> float:
    return dual.value


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))
