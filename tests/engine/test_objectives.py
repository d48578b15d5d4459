"""Objectives: values, derived gradients, minima, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OBJECTIVES, Objective, UserError, objective

COORDINATES = st.floats(-3, 3)
FORMULAS = (
    *OBJECTIVES,
    "x1**2 + 3*x2**2",
    "sin(x1) * exp(-x2) + log(x1**2 + 1)",
    "sqrt(x1**2 + x2**2 + 1) / (2 + cos(x1 * x2))",
    "x1",
    "7",
)


@pytest.mark.parametrize("formula", FORMULAS)
@given(x1=COORDINATES, x2=COORDINATES)
def test_the_gradient_is_that_of_the_function(formula, x1, x2):
    subject, point, width = objective(formula), np.array([x1, x2]), 1e-5
    gradient = subject.gradient(point)
    for axis in (0, 1):
        offset = width * np.eye(2)[axis]
        difference = (subject.value(point + offset) - subject.value(point - offset)) / (2 * width)
        scale = 1 + abs(float(subject.value(point)))
        assert gradient[axis] == pytest.approx(float(difference), rel=1e-5, abs=1e-5 * scale)


@pytest.mark.parametrize(
    ("name", "point", "value"),
    [
        ("valley", (-5, -2), 10.5),
        ("bowl", (-5, -2), 29),
        ("rosenbrock", (-1.2, 1), 24.2),
        ("himmelblau", (0, 0), 170),
        ("himmelblau", (-0.270845, -0.923039), 181.6165),
        ("beale", (0, 1), 14.203125),
    ],
)
def test_known_values(name, point, value):
    assert objective(name).value(np.array(point)) == pytest.approx(value, rel=1e-6)


@pytest.mark.parametrize("subject", OBJECTIVES.values(), ids=OBJECTIVES)
def test_minima_are_flat_low_and_in_view(subject):
    minima = np.array(subject.minima)
    np.testing.assert_allclose(subject.value(minima), 0, atol=1e-25)
    np.testing.assert_allclose(subject.gradient(minima), 0, atol=1e-12)
    low, high = np.array(subject.view).T
    assert np.all((low < minima) & (minima < high))
    assert np.all((low < subject.start) & (subject.start < high))
    grid = np.stack(np.meshgrid(*np.linspace(low, high, 60).T), axis=-1)
    assert subject.value(grid).min() >= 0


def test_shapes_follow_the_points():
    points = np.zeros((4, 3, 2))
    for formula in ("valley", "x1", "7"):
        assert objective(formula).value(points).shape == (4, 3)
        assert objective(formula).gradient(points).shape == (4, 3, 2)


def test_a_formula_serves_as_its_own_name():
    subject = objective("x1**2 + 3*x2**2")
    assert subject.name == subject.title == "x1**2 + 3*x2**2"
    assert subject.minima == ((0, 0),)
    assert subject == objective("x1**2 + 3*x2**2")
    assert subject.gradient_source == ("2 * x1", "6 * x2")


def test_the_valleys_gradient_is_computed_as_the_notebook_does():
    assert objective("valley").gradient_source == ("0.2 * x1", "4 * x2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("valey", r"unknown objective 'valey' \(did you mean 'valley'\?\)"),
        ("x3", "unknown objective 'x3'"),
        ("x1 + y", "y"),
        ("x1.real", "x1.real"),
        ("", "objective"),
    ],
)
def test_a_mistake_is_told(text, expected):
    with pytest.raises(UserError, match=expected):
        objective(text)


def test_a_course_can_declare_an_objective():
    table = {
        "name": "booth",
        "formula": "(x1 + 2*x2 - 7)**2 + (2*x1 + x2 - 5)**2",
        "view": [[-10, 10], [-10, 10]],
        "start": [-8, 7],
        "minima": [[1, 3]],
    }
    booth = Objective.from_table(table)
    assert booth.title == "booth"
    assert booth.view == ((-10.0, 10.0), (-10.0, 10.0))
    assert booth.value(np.array(booth.minima)) == [0]
    assert objective("booth", catalog={"booth": booth}) is booth


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"formual": "x1"}, r"unknown key 'formual' \(did you mean 'formula'\?\)"),
        ({"formula": 3}, "formula: expected a text, found 3"),
        ({"formula": "x1 +"}, "line 1, column"),
        (
            {"start": [1, "two"]},
            r'start: expected two finite numbers, found \[1, "two"\]; write start = \[-5, -2\]',
        ),
        ({"view": [[1, 2]]}, "view: expected two pairs, found 1"),
        ({"view": [[2, 1], [0, 1]]}, "x1 must run from low to high, found 2 to 1"),
        ({"minima": [[1, 2, 3]]}, "minima: expected a list of pairs"),
    ],
)
def test_a_mistake_in_a_declaration_is_told(change, expected):
    with pytest.raises(UserError, match=expected):
        Objective.from_table({"name": "mine", "formula": "x1**2", **change})


ACKLEY = (
    "20 + exp(1) - 20*exp(-0.2*sqrt(0.5*(x1**2 + x2**2))) - exp(0.5*(cos(2*pi*x1) + cos(2*pi*x2)))"
)


@pytest.mark.parametrize(
    ("formula", "minimum"),
    [
        ("0.01*x1**2 + 5*abs(x2)", [0, 0]),
        (ACKLEY, [0, 0]),
        (OBJECTIVES["rosenbrock"].formula, [1, 1]),
    ],
)
def test_a_right_minimum_passes(formula, minimum):
    table = {"name": "own", "formula": formula, "minima": [minimum]}
    assert Objective.from_table(table).minima == (tuple(minimum),)


@pytest.mark.parametrize(
    ("formula", "minimum", "part"),
    [
        ("x1**2 + x2**2", [0, 1], "is no minimum"),
        ("0.01*x1**2 + 5*abs(x2)", [3, 0], "is no minimum"),
        ("x1**2 - x2**2", [0, 0], "is no minimum"),
        ("1e-12*(x1**2 + x2**2)", [0, 1], "is no minimum"),
        ("1e12*(x1**2 - 1e-6*x2**2)", [0, 0], "is no minimum"),
        ("log(x1) + x2**2", [-1, 0], "no value there"),
    ],
)
def test_a_wrong_minimum_is_refused(formula, minimum, part):
    table = {"name": "own", "formula": formula, "minima": [minimum]}
    with pytest.raises(UserError, match=rf"^here: minima: .*{part}"):
        Objective.from_table(table, "here")
