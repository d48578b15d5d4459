"""Formulas of thousands of parts: parsed, derived, computed and printed."""

import json
import pickle
import random

import numpy as np
import pytest

from engine import Objective
from engine.formula import (
    FormulaError,
    javascript,
    latex,
    mathml,
    nested,
    notation,
    numpy_source,
    parse_expression,
    typst,
)
from engine.formula.parse import MAX_NODES

NAMES = ("x1", "x2")
POINTS = np.random.default_rng(3).uniform(-1.5, 1.5, (20, 2))
RANDOM = random.Random(5)
ROWS = [(RANDOM.uniform(-2, 2), RANDOM.uniform(-2, 2)) for _ in range(400)]
FIT = " + ".join(f"(x1 + {a:.3f}*x2 - {b:.3f})**2" for a, b in ROWS)
A, B = (np.array([float(f"{row[k]:.3f}") for row in ROWS]) for k in (0, 1))


def residuals(points):
    return points[:, :1] + A * points[:, 1:] - B


def fit(points):
    r = residuals(points)
    return (r**2).sum(1), np.stack([2 * r.sum(1), 2 * (r * A).sum(1)], -1)


def root(points):
    value, slope = fit(points)
    return value**0.5, slope / (2 * value[:, None] ** 0.5)


def waves(points):
    k = np.arange(1.0, 300)
    x1, x2 = points[:, :1], points[:, 1:]
    value = (np.sin(k * x1) * np.cos(k * x2) / k).sum(1)
    slope = [np.cos(k * x1) * np.cos(k * x2), -np.sin(k * x1) * np.sin(k * x2)]
    return value, np.stack([each.sum(1) for each in slope], -1)


def alternating(points):
    return 1250 * (points[:, 0] - points[:, 1]), np.tile([1250.0, -1250.0], (len(points), 1))


def product(points):
    base = 1 + 0.001 * points[:, 0]
    return base**400, np.stack([0.4 * base**399, 0 * base], -1)


def quotient(points):
    (above, up), below = fit(points), 1 + points[:, 0] ** 2
    turn = np.stack([2 * points[:, 0], 0 * below], -1)
    return above / below, (up * below[:, None] - above[:, None] * turn) / below[:, None] ** 2


LARGE = {
    "a fit": (FIT, fit),
    "the root of a fit": (f"sqrt({FIT})", root),
    "a fit over something": (f"({FIT})/(1 + x1**2)", quotient),
    "waves": (" + ".join(f"sin({k}*x1)*cos({k}*x2)/{k}" for k in range(1, 300)), waves),
    "differences": ("x1 - x2" + " + x1 - x2" * 1249, alternating),
    "a product": ("*".join(["(1 + 0.001*x1)"] * 400), product),
}


@pytest.mark.parametrize("name", LARGE)
def test_values_and_slopes_are_those_of_the_function(name):
    formula, known = LARGE[name]
    subject = Objective("large", formula)
    value, slope = known(POINTS)
    np.testing.assert_allclose(subject.value(POINTS), value, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(subject.gradient(POINTS), slope, rtol=1e-8, atol=1e-8)
    again = pickle.loads(pickle.dumps(subject))
    assert hash(again.expression) == hash(subject.expression)


@pytest.mark.parametrize("name", LARGE)
def test_every_form_is_printed(name):
    tree = parse_expression(LARGE[name][0], NAMES)
    code = compile(numpy_source(tree), "listing", "eval")
    point = {"x1": 0.3, "x2": -0.4, "np": np}
    value = float(LARGE[name][1](np.array([[0.3, -0.4]]))[0][0])
    assert float(eval(code, point)) == pytest.approx(value, rel=1e-9)
    shown = notation(tree)
    assert typst(shown).count("x_1") == latex(shown).count("x_{1}") == LARGE[name][0].count("x1")
    assert mathml(shown, {}).startswith("<math")
    assert javascript(tree)
    assert len(json.dumps(nested(tree))) > 5000


def test_a_long_sum_is_printed_as_it_was_written():
    terms = [f"{k}" for k in range(2, 302)]
    formula = "x1" + "".join(f" {'+-'[k % 2]} {term}*x2" for k, term in enumerate(terms))
    printed = latex(notation(parse_expression(formula, NAMES)))
    assert printed.replace(" ", "") == formula.replace("*", "").replace(" ", "").replace(
        "x1", "x_{1}"
    ).replace("x2", "x_{2}")


def test_a_short_sum_is_computed_from_left_to_right():
    tree = parse_expression(" + ".join(["x1"] * 60), NAMES)
    assert "(" not in numpy_source(tree)


@pytest.mark.parametrize("count", [MAX_NODES // 2 + 1, MAX_NODES, 4 * MAX_NODES])
def test_a_larger_formula_is_refused(count):
    with pytest.raises(FormulaError, match="more than 5000 parts"):
        parse_expression("+".join(["x1"] * count), NAMES)


def test_the_largest_formula_is_read():
    parse_expression("+".join(["x1"] * (MAX_NODES // 2)), NAMES)
