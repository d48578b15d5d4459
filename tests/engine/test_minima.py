"""Declared minima: as books print them, on edges and kinks; quadratics, which need none."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Objective, UserError, objective

ROOT = "sqrt(x1**2 + x2**2)"
BOOKS: dict[str, Any] = {
    "himmelblau": (
        "(x1**2 + x2 - 11)**2 + (x1 + x2**2 - 7)**2",
        (-6, 6, -6, 6),
        [(3.58, -1.85), (-3.8, -3.3)],
        [(3.584428340330, -1.848126526964), (-3.779310253378, -3.283185991286)],
    ),
    "mccormick": (
        "sin(x1 + x2) + (x1 - x2)**2 - 1.5*x1 + 2.5*x2 + 1",
        (-1.5, 4, -3, 4),
        [(-0.547, -1.547)],
        [(0.5 - math.pi / 3, -0.5 - math.pi / 3)],
    ),
    "six-hump camel": (
        "(4 - 2.1*x1**2 + x1**4/3)*x1**2 + x1*x2 + (-4 + 4*x2**2)*x2**2",
        (-3, 3, -2, 2),
        [(0.0898, -0.7126)],
        [(0.089842013, -0.712656403)],
    ),
    "branin": (
        "(x2 - 5.1/(4*pi**2)*x1**2 + 5/pi*x1 - 6)**2 + 10*(1 - 1/(8*pi))*cos(x1) + 10",
        (-5, 10, 0, 15),
        [(-3.14, 12.28), (3.14, 2.28), (9.42, 2.47)],
        [(-math.pi, 12.275), (math.pi, 2.275), (3 * math.pi, 2.475)],
    ),
    "easom": (
        "-cos(x1)*cos(x2)*exp(-(x1 - pi)**2 - (x2 - pi)**2)",
        (-100, 100, -100, 100),
        [(3.14, 3.14)],
        [(math.pi, math.pi)],
    ),
    "styblinski-tang": (
        "(x1**4 - 16*x1**2 + 5*x1 + x2**4 - 16*x2**2 + 5*x2) / 2",
        (-5, 5, -5, 5),
        [(-2.9035, -2.9035)],
        [(-2.903534027771, -2.903534027771)],
    ),
    "michalewicz": (
        "-sin(x1)*sin(x1**2/pi)**20 - sin(x2)*sin(2*x2**2/pi)**20",
        (0, 3.14, 0, 3.14),
        [(2.20, 1.57)],
        [(2.202905520, math.pi / 2)],
    ),
    "schwefel": (
        "837.9658 - x1*sin(sqrt(abs(x1))) - x2*sin(sqrt(abs(x2)))",
        (-500, 500, -500, 500),
        [(420.97, 420.97)],
        [(420.968746, 420.968746)],
    ),
    "cross in a tray, on ridges": (
        f"-0.0001*(abs(sin(x1)*sin(x2)*exp(abs(100 - {ROOT}/pi))) + 1)**0.1",
        (-10, 10, -10, 10),
        [(1.35, -1.35)],
        [(1.349406609, -1.349406609)],
    ),
    "holder table": (
        f"-abs(sin(x1)*cos(x2)*exp(abs(1 - {ROOT}/pi)))",
        (-10, 10, -10, 10),
        [(8.06, 9.66)],
        [(8.055023, 9.664590)],
    ),
    "eggholder, on the edge": (
        "-(x2 + 47)*sin(sqrt(abs(x1/2 + x2 + 47))) - x1*sin(sqrt(abs(x1 - x2 - 47)))",
        (-512, 512, -512, 512),
        [(512, 404.2319), (511.9, 404.2)],
        [(512, 404.231805)],
    ),
    "adjiman, on the edge": (
        "cos(x1)*sin(x2) - x1/(x2**2 + 1)",
        (-1, 2, -1, 1),
        [(2, 0.106)],
        [(2, 0.105783469)],
    ),
    "in a corner": ("exp(x1) + x2", (-2, 2, -2, 2), [(-2, -2)], [(-2, -2)]),
    "along an edge": ("x1 + (x2 - 1/3)**2", (-2, 2, -2, 2), [(-2, 0.33)], [(-2, 1 / 3)]),
    "a kink": (
        "abs(x1 - 1/3) + 3*abs(x2 + x1)", (-5, 5, -5, 5), [(0.33, -0.33)], [(1 / 3, -1 / 3)],
    ),
    "a kink of maximum": (
        "maximum(abs(x1 - 1/3), abs(x2))", (-5, 5, -5, 5), [(0.33, 0.01)], [(1 / 3, 0)],
    ),
    "flat to the fourth": (
        "(x1 - 1/3)**4 + (x2 - 2/3)**4", (-5, 5, -5, 5), [(0.33, 0.67)], [(1 / 3, 2 / 3)],
    ),
    "a curved valley": (
        "(sqrt(2) - x1)**2 + 100*(x2 - x1**2)**2", (-2, 2, -1, 3), [(1.41, 2)], [(2**0.5, 2)],
    ),
}  # fmt: skip


def declared(formula, view, minima):
    left, right, bottom, top = view
    view = [[left, right], [bottom, top]]
    table = {"name": "own", "formula": formula, "view": view, "minima": [*map(list, minima)]}
    return Objective.from_table(table, "here")


@pytest.mark.parametrize("name", BOOKS)
def test_a_minimum_as_books_print_it_is_polished(name):
    formula, view, minima, true = BOOKS[name]
    found = declared(formula, view, minima)
    scale = max(view[1] - view[0], view[3] - view[2])
    np.testing.assert_allclose(found.minima, true, rtol=1e-6, atol=1e-9 * scale)
    low, high = np.array(found.view).T
    assert np.all((low <= found.minima) & (found.minima <= high))
    told = [minimum for minimum in minima if minimum not in found.minima]
    assert len(found.notes) == len(told)


def test_the_difference_is_told():
    formula, view, minima, _ = BOOKS["himmelblau"]
    [note] = declared(formula, view, minima[:1]).notes
    assert note == "minimum (3.58, -1.85) polished to (3.584428, -1.848127)"


EXACT = {
    "beale": (
        "(1.5 - x1 + x1*x2)**2 + (2.25 - x1 + x1*x2**2)**2 + (2.625 - x1 + x1*x2**3)**2",
        (3, 0.5),
    ),
    "goldstein-price": (
        "(1 + (x1 + x2 + 1)**2*(19 - 14*x1 + 3*x1**2 - 14*x2 + 6*x1*x2 + 3*x2**2))"
        "*(30 + (2*x1 - 3*x2)**2*(18 - 32*x1 + 12*x1**2 + 48*x2 - 36*x1*x2 + 27*x2**2))",
        (0, -1),
    ),
    "bukin": ("100*sqrt(abs(x2 - 0.01*x1**2)) + 0.01*abs(x1 + 10)", (-10, 1)),
    "schaffer": (
        "0.5 + (sin(x1**2 - x2**2)**2 - 0.5)/(1 + 0.001*(x1**2 + x2**2))**2", (0, 0),
    ),
    "levi": (
        "sin(3*pi*x1)**2 + (x1 - 1)**2*(1 + sin(3*pi*x2)**2)"
        " + (x2 - 1)**2*(1 + sin(2*pi*x2)**2)",
        (1, 1),
    ),
    "drop wave": (f"-(1 + cos(12*{ROOT}))/(0.5*(x1**2 + x2**2) + 2)", (0, 0)),
    "rastrigin": ("20 + x1**2 - 10*cos(2*pi*x1) + x2**2 - 10*cos(2*pi*x2)", (0, 0)),
    "a crooked kink": ("abs(1 - x1) + 100*abs(x2 - x1**2)", (1, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", EXACT)
def test_an_exact_minimum_stays_as_it_is(name):
    formula, minimum = EXACT[name]
    found = declared(formula, (-15, 15, -15, 15), [minimum])
    assert found.minima == (minimum,)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("formula", "minimum", "part"),
    [
        (BOOKS["himmelblau"][0], (2, 3), r"the nearest one is \[3, 2\], with 0"),
        (
            BOOKS["himmelblau"][0],
            (-0.270845, -0.923039),
            r"value there is 181.617, and the nearest",
        ),
        (BOOKS["himmelblau"][0], (3.2, 2.4), r"the nearest one is \[3, 2\]"),
        ("x1**2 - x2**2", (0, 0), r"on the edge of the view, is \[0, -?6\], with -36"),
        ("x1**3 - 3*x1*x2**2", (0, 0), "on the edge of the view"),
        ("x1 + x2**2", (0, 0), r"\[-6, 0\], with -6"),
        ("-abs(x1) - abs(x2)", (0, 0), "is no minimum"),
        ("log(x1) + x2**2", (-1, 0), "the formula has no value there"),
    ],
)
def test_what_is_no_minimum_is_refused_with_the_nearest(formula, minimum, part):
    with pytest.raises(UserError, match=rf"^here: minima: \[.*{part}"):
        declared(formula, (-6, 6, -6, 6), [minimum])


def test_every_wrong_minimum_of_an_entry_is_told():
    with pytest.raises(UserError) as caught:
        declared(BOOKS["himmelblau"][0], (-6, 6, -6, 6), [(0, 0), (3, 2), (1, 1)])
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("formula", "minimum"),
    [
        ("x1**2 + 3*x2**2", (0, 0)),
        ("(x1 + 2*x2 - 7)**2 + (2*x1 + x2 - 5)**2", (1, 3)),
        ("0.26*(x1**2 + x2**2) - 0.48*x1*x2", (0, 0)),
        ("0.5*x1*x1 + 2*(x2 - 0.1)*(x2 - 0.1) - x1/4 + sqrt(2)", (0.25, 0.1)),
        ("abs(x1 - 0.3)**2 + x2**2/pi", (0.3, 0)),
        ("-(-(x1**2) - (x2 + 1)**2)", (0, -1)),
        ("x1**4 - x1**4 + x1**2 + x2**2", (0, 0)),
        ("1e-30*x1**2 + 1e30*(x2 - 2)**2", (0, 2)),
    ],
)
def test_a_quadratic_has_its_minimum_by_itself(formula, minimum):
    [found] = objective(formula).minima
    assert found == pytest.approx(minimum, abs=1e-15)


@pytest.mark.parametrize(
    "formula",
    ["x1**2", "(x1 + x2)**2", "x1**2 - x2**2", "-x1**2 - x2**2", "x1*x2", "x1 + x2", "7",
     "x1**4 + x2**2", "x1**2 + abs(x2)", "x1**2/x2", "(x1 - x2)**2 + x1", "x1**2 + exp(x2)"],
)  # fmt: skip
def test_other_formulas_have_none(formula):
    assert objective(formula).minima == ()


FACTORS = st.integers(-50, 50).map(lambda number: number / 8)


@given(a=FACTORS, b=FACTORS, c=FACTORS, d=FACTORS, e=FACTORS)
def test_the_slope_of_a_quadratic_vanishes_at_its_minimum(a, b, c, d, e):
    formula = f"{a}*x1**2 + {b}*x1*x2 + {c}*x2**2 + {d}*x1 + {e}*x2"
    bend = np.array([[2 * a, b], [b, 2 * c]])
    assume(abs(np.linalg.det(bend)) > 1e-9)
    found = objective(formula).minima
    assert bool(found) == bool(np.linalg.eigvalsh(bend).min() > 0)
    for minimum in found:
        np.testing.assert_allclose(minimum, np.linalg.solve(bend, [-d, -e]), rtol=1e-9, atol=1e-12)
