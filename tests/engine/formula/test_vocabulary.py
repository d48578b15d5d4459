"""Every row of the vocabulary, in every language that is made from it."""

import dataclasses
import inspect
import json
import math
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import typst as compiler
from playwright.sync_api import Browser

from engine.formula import (
    FormulaError,
    derivative,
    javascript,
    latex,
    mathml,
    nested,
    notation,
    numpy_function,
    numpy_helpers,
    numpy_source,
    parse_expression,
    parse_program,
    typst,
)
from engine.formula.definitions import definition
from engine.formula.limits import along, completed
from engine.formula.vocabulary import FUNCTIONS, SLOTS, Function, Named
from tests.engine.formula import golden
from tests.engine.formula.strategies import NAMES

CALM = (-3.2, -1.9, -0.75, -0.3, -1e-3, 1e-9, 0.4, 0.7, 1.3, 2.6, 7.25)
WILD = (0.0, -0.0, 1e-300, -1e-300, 40.0, -40.0, 709.0, -709.0, 800.0, -800.0, 1e5, -1e5, 1e308)
ROWS = pytest.mark.parametrize("row", FUNCTIONS.values(), ids=FUNCTIONS)


def tree_of(row: Function):
    """The call of a row in the names of an objective."""
    arguments = NAMES[: row.arity]
    return parse_expression(f"{row.name}({', '.join(arguments)})", NAMES)


def places(row: Function, numbers=CALM):
    """Arguments of a row, at which plain Python has a finite value."""
    pairs = [(a, b) for a in numbers for b in numbers]
    found = {point[: row.arity] for point in pairs}
    return sorted(point for point in found if math.isfinite(in_python(row, point)))


def in_python(row: Function, point) -> float:
    try:
        return float(row.python(*point))
    except (ValueError, OverflowError):
        return math.nan


def in_numpy(row: Function, points):
    columns = dict(zip(NAMES, np.array(points, dtype=float).T, strict=False))
    with np.errstate(all="ignore"):
        return numpy_function(tree_of(row))(columns)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Function)])
def test_no_column_may_be_left_out(field):
    row = FUNCTIONS["tanh"]
    columns = {name: getattr(row, name) for name in Function.__dataclass_fields__ if name != field}
    with pytest.raises(TypeError, match=field):
        Function(**columns)


@ROWS
def test_numpy_computes_what_python_does(row):
    for numbers in (CALM, WILD):
        points = places(row, numbers)
        expected = [in_python(row, point) for point in points]
        np.testing.assert_allclose(in_numpy(row, points), expected, rtol=2e-15, atol=0)


@ROWS
def test_the_listings_spelling_computes_the_same(row):
    tree = tree_of(row)
    space = {"np": np}
    exec(numpy_helpers([tree]), space)
    points = np.array(places(row))
    values = eval(numpy_source(tree), space, dict(zip(NAMES, points.T, strict=False)))
    np.testing.assert_array_equal(values, in_numpy(row, points))


@ROWS
def test_a_helper_warns_of_nothing_over_the_whole_range(row):
    points = places(row, (*CALM, *WILD))
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        values = row.compute(*np.array(points).T)
    assert np.isfinite(values).all()


def test_helpers_are_the_code_that_is_run():
    tree = parse_expression("sigmoid(x1) + softplus(x2) + tanh(x1)", NAMES)
    source = numpy_helpers([tree])
    own = [row.compute for row in FUNCTIONS.values() if not row.numpy.startswith("np.")]
    assert source == "\n\n\n".join(inspect.getsource(function).rstrip() for function in own)
    assert numpy_helpers([parse_expression("tanh(x1)", NAMES)]) == ""


def test_javascript_computes_what_numpy_does(browser: Browser) -> None:
    page = browser.new_page()
    for row in FUNCTIONS.values():
        calm, wild = places(row), places(row, (*CALM, *WILD))
        call = f"(points) => points.map(([x1, x2]) => String({javascript(tree_of(row))}))"
        for points, exact in ((calm, 5e-16), (wild, 5e-15)):
            answers = [float(text) for text in page.evaluate(call, points)]
            np.testing.assert_allclose(answers, in_numpy(row, points), rtol=exact, atol=0)
    page.close()


@ROWS
def test_a_derivative_is_a_slope(row):
    """Against differences of fourth order of the function in plain Python."""
    for position in range(row.arity):
        slope = numpy_function(parse_expression(row.derivatives[position], SLOTS[: row.arity]))
        for point in places(row, (-1.9, -0.75, -0.3, 0.4, 0.7, 1.3, 7.25)):
            if len(set(point)) < row.arity:
                continue  # on the crease of maximum and minimum
            moved = [list(point) for _ in range(4)]
            for other, steps in zip(moved, (-2, -1, 1, 2), strict=True):
                other[position] += steps * 1e-3
            low, before, after, high = (in_python(row, other) for other in moved)
            measured = (low - 8 * before + 8 * after - high) / 12e-3
            found = float(slope(dict(zip(SLOTS, map(np.float64, point), strict=False))))
            assert found == pytest.approx(measured, rel=1e-9, abs=1e-10)


@ROWS
def test_derivatives_hold_far_out(row):
    """Where a value and its slope are within float64, the formula of the slope is finite."""
    for position in range(row.arity):
        slope = numpy_function(parse_expression(row.derivatives[position], SLOTS[: row.arity]))
        for point in places(row, (40.0, -40.0, 300.0, -300.0)):
            with np.errstate(all="ignore"):
                value = slope(dict(zip(SLOTS, map(np.float64, point), strict=False)))
            assert np.isfinite(value)


@ROWS
def test_a_definition_is_the_function(row):
    """The germ of a row, from its definition or its own, has the row's values, and their slopes."""
    tree = tree_of(row)
    points = np.array([[*point, *(0.0,) * (2 - row.arity)] for point in places(row)])
    np.testing.assert_allclose(
        completed(tree, points), in_numpy(row, points[:, : row.arity]), rtol=1e-13, atol=1e-15
    )
    inside = points[np.abs(points - np.rint(points)).min(axis=1) > 1e-6]
    if row.arity == 2:
        inside = points[points[:, 0] != points[:, 1]]
    ways = (np.broadcast_to([1.0, 0.0], inside.shape), np.zeros_like(inside), np.ones(len(inside)))
    measured, flaw = along(tree, inside, [ways], view="slope")
    assert not flaw.any()
    known = dict(zip(NAMES, inside.T, strict=True))
    expected = np.broadcast_to(numpy_function(derivative(tree, "x1"))(known), len(inside))
    np.testing.assert_allclose(measured, expected, rtol=1e-12, atol=1e-15)


@ROWS
def test_a_definition_is_in_other_functions_or_its_own_call_alone(row):
    tree = nested(definition(row.name))
    trees = json.dumps(tree)
    own = tree == [row.name, *SLOTS[: row.arity]]
    assert own == (f'"{row.name}"' in trees)


@ROWS
def test_a_row_is_typeset_in_all_languages(row):
    tree = notation(tree_of(row))
    assert ET.fromstring(mathml(tree, {})).tag == "math"
    assert compiler.compile(f"$ {typst(tree)} $".encode(), format="svg")
    text = latex(tree)
    assert text.count("{") == text.count("}")
    assert re.search(r"x_\{1\}", text)
    if isinstance(row.look, Named):
        assert row.look.latex in text
        assert row.look.symbol in "".join(ET.fromstring(mathml(tree, {})).itertext())
        assert f'op("{row.look.symbol}")' in typst(tree)


def test_the_notation_of_rows(refresh: bool) -> None:
    """Each row alone, as a power, as a factor and as a term: where parentheses are needed."""
    lines = []
    for row in FUNCTIONS.values():
        call = f"{row.name}({', '.join(NAMES[: row.arity])})"
        tree = parse_expression(f"{call} - 2*{call}**3/(x2 - {call})", NAMES)
        shown = notation(tree)
        lines += [f"== {row.name}", typst(shown), latex(shown), ""]
    golden.check("vocabulary.txt", "\n".join(lines), refresh)


def test_the_readme_names_every_function():
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8")
    [named] = re.findall(r"the functions `([^`]*)`", readme)
    assert named.split() == list(FUNCTIONS)


def test_what_stands_for_another_formula_keeps_its_parentheses():
    def shown(text):
        return typst(notation(parse_expression(text, NAMES)))

    assert shown("log1p(x1 + x2)") == 'op("log") (1 + (x_1 + x_2))'
    assert shown("log1p(-x1)") == 'op("log") (1 + (- x_1))'
    assert shown("log1p(x1*x2)") == 'op("log") (1 + x_1 x_2)'
    assert shown("2*expm1(x1)") == '2 (op("exp") (x_1) - 1)'
    assert shown("x2 - expm1(x1)") == 'x_2 - (op("exp") (x_1) - 1)'
    assert shown("expm1(x1)**2") == '(op("exp") (x_1) - 1)^2'
    assert shown("floor(x1/2)**2") == "floor(frac(x_1, 2))^2"


@ROWS
def test_a_term_cannot_take_a_functions_name(row):
    text = f"{row.name} = g\nx = x - {row.name}"
    with pytest.raises(FormulaError, match=f"'{row.name}' is a function of the formula language"):
        parse_program(text, state=(), hyper=())
    with pytest.raises(FormulaError, match="is a function of the formula language; choose another"):
        parse_program("x = x - g", state=(), hyper=(row.name,))
