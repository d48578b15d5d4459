"""Formulas computed: against plain Python, and their derivatives against the chain rule."""

import math

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings

from engine import OPTIMIZERS, run
from engine.formula import (
    FormulaError,
    coefficient,
    derivative,
    numpy_function,
    numpy_helpers,
    numpy_source,
    parse_expression,
    parse_program,
)
from engine.formula.nodes import Expression
from tests.engine.formula.strategies import EXPRESSIONS, NAMES, POINTS, Dual, dual

Point = tuple[float, float]


def parse(text: str) -> Expression:
    return parse_expression(text, NAMES)


def second_opinion(tree: Expression, point: Point, along: int) -> Dual:
    """Value and slope from the tests' own arithmetic; an unsuitable point is passed over."""
    env = {name: Dual(point[k], float(k == along)) for k, name in enumerate(NAMES)}
    try:
        result = dual(tree, env)
    except (ValueError, OverflowError, ZeroDivisionError):
        assume(False)
    assume(math.isfinite(result.value) and math.isfinite(result.slope))
    return result


@given(EXPRESSIONS, POINTS)
@settings(max_examples=400)
def test_values_are_those_of_plain_python(tree: Expression, point: Point) -> None:
    expected = second_opinion(tree, point, 0).value
    with np.errstate(all="ignore"):
        value = numpy_function(tree)(dict(zip(NAMES, point, strict=True)))
    assert value == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(EXPRESSIONS, POINTS)
@settings(max_examples=200)
def test_printed_source_computes_the_same(tree: Expression, point: Point) -> None:
    second_opinion(tree, point, 0)
    env = {name: np.float64(value) for name, value in zip(NAMES, point, strict=True)}
    with np.errstate(all="ignore"):
        value = numpy_function(tree)(env)
        space = {"np": np}
        exec(numpy_helpers([tree]), space)
        printed = eval(numpy_source(tree), space, dict(env))
    assert printed == pytest.approx(value, rel=1e-9, abs=1e-9)


def test_printed_source_has_no_integers_too_long_for_numpy() -> None:
    for text, value in (("sqrt(4000**6)", 6.4e10), ("log(10**20*x1)", math.log(3e20))):
        source = numpy_source(parse(text))
        assert eval(source, {"np": np, "x1": np.float64(3)}) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize("power", range(2, 9))
def test_small_powers_are_products_from_the_left(power: int) -> None:
    x = np.random.default_rng(0).normal(size=1000)
    expected = x
    for _ in range(power - 1):
        expected = expected * x
    assert np.array_equal(numpy_function(parse(f"x1**{power}"))({"x1": x}), expected)


def test_arrays_broadcast() -> None:
    x1, x2 = np.arange(3.0)[:, None], np.arange(4.0)
    value = numpy_function(parse("maximum(x1, x2) + pi"))({"x1": x1, "x2": x2})
    assert np.array_equal(value, np.maximum(x1, x2) + math.pi)


def test_grad_is_the_function_given() -> None:
    program = parse_program("x = x - lr * grad(x - lr * g)", state=(), hyper=("lr",))
    env = {"x": np.array([1.0, 2.0]), "g": np.array([4.0, 8.0]), "lr": 0.25}
    value = numpy_function(program.lines[0].value)(env | {"grad": lambda point: 10 * point})
    assert np.array_equal(value, [1.0, 2.0])


def test_names_are_found_by_time() -> None:
    program = parse_program("s = s + g\nx = x - s", state=("s",), hyper=())
    timed = [numpy_function(line.value, timed=True) for line in program.lines]
    env = {("s", -1): 1.0, ("s", 0): 100.0, ("g", 0): 2.0, ("x", -1): 0.0}
    assert [function(env) for function in timed] == [3.0, -100.0]


KNOWN = [
    ("0.1*x1**2 + 2*x2**2", "x1", "0.2 * x1"),
    ("0.1*x1**2 + 2*x2**2", "x2", "4 * x2"),
    ("(1-x1)**2 + 100*(x2-x1**2)**2", "x2", "200 * x2 - 200 * x1**2"),
    ("x2", "x1", "0"),
    ("3", "x1", "0"),
    ("x1", "x1", "1"),
    ("-x1", "x1", "-1"),
    ("1/x1", "x1", "-1 / x1**2"),
    ("abs(x1)", "x1", "np.sign(x1)"),
    ("sign(x1)", "x1", "0"),
    ("sqrt(x1)", "x1", "0.5 / np.sqrt(x1)"),
    ("sin(2*pi*x1)", "x1", "6.283185307179586 * np.cos(6.283185307179586 * x1)"),
]


@pytest.mark.parametrize(("text", "name", "expected"), KNOWN)
def test_known_derivatives(text: str, name: str, expected: str) -> None:
    assert numpy_source(derivative(parse(text), name)) == expected


@given(EXPRESSIONS, POINTS)
@settings(max_examples=250)
def test_derivatives_follow_the_chain_rule(tree: Expression, point: Point) -> None:
    try:
        tree = parse(numpy_source(tree).replace("np.", ""))
    except FormulaError:
        assume(False)
    for along, name in enumerate(NAMES):
        expected = second_opinion(tree, point, along)
        try:
            slope = numpy_function(derivative(tree, name))
        except FormulaError as error:
            assume("real" not in str(error))  # a negative number to a variable power
            raise
        with np.errstate(all="ignore"):
            value = float(slope(dict(zip(NAMES, point, strict=True))))
        assume(math.isfinite(value) and abs(expected.slope) < 1e6)
        assert value == pytest.approx(expected.slope, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "sin(" * 75 + "x1" + ")" * 75,
        "**".join(["x1"] * 40),
        "(" * 70 + "x1" + ")**64" * 70,
        "*".join(f"(x1-{n})" for n in range(75)),
        "(" * 12 + "x1" + "*2)**64" * 12,
    ],
    ids=lambda text: text[:10],
)
def test_derivatives_of_monsters_end(text: str) -> None:
    try:
        derivative(parse(text), "x1")
    except FormulaError as error:
        assert "derivative" in str(error)  # noqa: PT017


DIRECTIONS = [
    ("sgd", "lr"),
    ("momentum", "lr"),
    ("adagrad", "lr / np.sqrt(s + eps)"),
    ("rmsprop", "lr / np.sqrt(s + eps)"),
    ("adadelta", "lr * (np.sqrt(u + eps) / np.sqrt(s + eps))"),
    ("adam", "lr / (np.sqrt(v / (1 - beta2**t)) + eps)"),
]


@pytest.mark.parametrize(("name", "expected"), DIRECTIONS)
def test_coefficients(name: str, expected: str) -> None:
    rule = OPTIMIZERS[name]
    assert numpy_source(coefficient(rule.program, rule.direction)) == expected


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_step_is_its_coefficient_times_its_direction(name: str) -> None:
    rule = OPTIMIZERS[name]
    path = run(name, "rosenbrock", start=(0.5, 1.0), steps=5, lr=1e-4)
    direction = path.gradients if rule.direction == "g" else path.terms[rule.direction]
    np.testing.assert_allclose(-np.diff(path.points, axis=0), path.effective * direction, rtol=1e-9)


def test_a_coefficient_drops_what_stands_beside_the_direction() -> None:
    text = "d = g / 2\nx = x * (1 - lr * decay) - lr * (d + decay * x)"
    program = parse_program(text, state=(), hyper=("lr", "decay"))
    assert numpy_source(coefficient(program, "d")) == "lr"
    assert numpy_source(coefficient(program, "g")) == "lr * (1 / 2)"


def test_a_coefficient_needs_its_direction() -> None:
    program = parse_program("m = g\nx = x - lr * m", state=("m",), hyper=("lr",))
    with pytest.raises(FormulaError, match="does not depend on 'v'"):
        coefficient(program, "v")


def test_lines_that_double_are_not_written_out() -> None:
    doubling = "\n".join(f"a{n + 1} = a{n} + a{n}" for n in range(25))
    program = parse_program(f"a0 = g\n{doubling}\nx = x - a25", state=(), hyper=())
    with pytest.raises(FormulaError, match="too large"):
        coefficient(program, "g")


def test_sympys_own_opinion() -> None:
    text = "-20*exp(-0.2*sqrt((x1**2+x2**2)/2)) - exp((cos(2*pi*x1)+cos(2*pi*x2))/2)"
    x1, x2 = sympy.symbols("x1 x2")
    theirs = sympy.lambdify((x1, x2), sympy.sympify(text).diff(x1))
    ours = numpy_function(derivative(parse(text), "x1"))
    points = np.random.default_rng(1).uniform(-3, 3, size=(2, 50))
    np.testing.assert_allclose(
        ours({"x1": points[0], "x2": points[1]}), theirs(*points), rtol=1e-10, atol=1e-12
    )
