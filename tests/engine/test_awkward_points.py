"""Values and gradients where float64 alone gives none: limits, subgradients, and neither."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine import Outcome, UserError, objective, run
from engine.formula import derivative, numpy_function
from engine.formula.limits import completed
from engine.formula.nodes import Expression
from engine.formula.stable import stable
from tests.engine.formula.awkward import KINKS, LIMITS, NO_SLOPE, NO_VALUE, OUT_OF_RANGE
from tests.engine.formula.strategies import EXPRESSIONS, NAMES, POINTS

CASES = [*OUT_OF_RANGE, *LIMITS, *KINKS]


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-15)


@pytest.mark.parametrize(("formula", "point", "value", "gradient"), CASES)
def test_value_and_gradient_are_those_of_the_limit(formula, point, value, gradient):
    subject, at = objective(formula), np.array(point, dtype=float)
    close(subject.value(at), value)
    close(subject.gradient(at), gradient)


@pytest.mark.parametrize(("formula", "point", "value", "gradient"), CASES)
def test_a_batch_has_the_same_numbers(formula, point, value, gradient):
    subject = objective(formula)
    points = np.array(np.broadcast_to(point, (2, 3, 2)), dtype=float)
    points[1, 2] = (0.7, 1.3)
    gradients, kinks = subject.subgradient(points)
    close(gradients[0, 0], gradient)
    close(subject.value(points)[1, 1], value)
    close(gradients[1, 2], subject.gradient(points[1, 2]))
    assert kinks.shape == (2, 3)
    assert kinks[0].all() == ((formula, point, value, gradient) in KINKS)
    assert not kinks[1, 2]


@pytest.mark.parametrize(("formula", "point"), NO_VALUE)
def test_what_has_no_limit_has_no_value(formula, point):
    assert not np.isfinite(objective(formula).value(np.array(point, dtype=float)))


@pytest.mark.parametrize(("formula", "point"), NO_SLOPE)
def test_what_has_no_slope_has_no_gradient(formula, point):
    gradient, kink = objective(formula).subgradient(np.array(point, dtype=float))
    assert not np.isfinite(gradient).all()
    assert not kink


@given(EXPRESSIONS, POINTS)
@settings(max_examples=150)
def test_where_float64_has_a_value_the_wide_range_has_the_same(tree: Expression, point):
    with np.errstate(all="ignore"):
        plain = float(numpy_function(tree)(dict(zip(NAMES, point, strict=True))))
    assume(math.isfinite(plain) and abs(plain) < 1e12)
    found = float(completed(tree, np.array([point]))[0])
    # 1/0 is infinite on the way to a finite value in float64, as in 1/(1/0); that is no value here.
    assume(math.isfinite(found))
    assert found == pytest.approx(plain, rel=1e-6, abs=1e-6)


@given(EXPRESSIONS, POINTS)
@settings(max_examples=150)
def test_a_stable_form_has_the_same_value(tree: Expression, point):
    known = dict(zip(NAMES, point, strict=True))
    with np.errstate(all="ignore"):
        plain, other = (float(numpy_function(each)(known)) for each in (tree, stable(tree)))
    assume(math.isfinite(plain) and abs(plain) < 1e6)
    assert other == pytest.approx(plain, rel=1e-6, abs=1e-6)


POLES = st.sampled_from(["1/{}", "1/{}**2", "log({}**2)", "-2/{}**3", "exp(1/{}**2)", "1/sin({})"])
SMOOTH = st.sampled_from(["x2", "cos(x2)", "1+x1**2", "exp(x1)", "2+sin(x1*x2)", "3"])


@given(POLES, SMOOTH, SMOOTH, st.sampled_from([0.0, 1.0, -2.0, 0.3]), st.floats(0.1, 3))
@settings(max_examples=40)
def test_a_pole_never_gets_a_value(pole, factor, summand, place, height):
    """At ``x1 = place`` the pole is infinite, and so is it times what is not 0, plus a number."""
    formula = f"({factor})*({pole.format(f'(x1-{place})')}) + {summand}"
    subject, at = objective(formula), np.array([place, height])
    assume(abs(float(objective(factor).value(at))) > 1e-6)
    assert not np.isfinite(subject.value(at))
    assert not np.isfinite(subject.gradient(at)[0])


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=4),
    st.floats(-2, 2),
    st.floats(-2, 2),
)
@settings(max_examples=40)
def test_at_the_kink_of_a_maximum_of_planes_the_gradient_is_a_subgradient(slopes, x1, x2):
    """``max(a.x + |x1|)`` is convex: no point lies below ``g.x``, for a subgradient g at 0."""
    planes = [f"({round(a, 2)}*x1 + {round(b, 2)}*x2)" for a, b in slopes]
    formula = planes[0]
    for plane in planes[1:]:
        formula = f"maximum({formula}, {plane})"
    subject = objective(f"{formula} + abs(x1)")
    gradient = subject.gradient(np.zeros(2))
    away = np.array([x1, x2])
    assert float(subject.value(away)) >= float(gradient @ away) - 1e-9


def test_a_minimum_of_planes_is_found_where_0_is_in_their_hull():
    generator = np.random.default_rng(3)
    for _ in range(12):
        slopes = np.round(generator.uniform(-2, 2, (3, 2)), 2)
        angles = np.sort(np.arctan2(slopes[:, 1], slopes[:, 0]))
        gaps = np.diff(angles, append=angles[0] + 2 * math.pi)
        planes = [f"({a}*x1 + {b}*x2)" for a, b in slopes]
        subject = objective(f"maximum(maximum({planes[0]}, {planes[1]}), {planes[2]})")
        gradient = subject.gradient(np.zeros(2))
        assert (np.abs(gradient).max() == 0) == (gaps.max() < math.pi)


def test_a_run_goes_on_at_the_minimum_and_says_so_once():
    path = run("sgd", "sqrt(x1**2+x2**2)", (1, 0), 6, lr=0.5)
    assert path.steps == 6
    assert path.points[-1].tolist() == [0, 0]
    assert path.kinks.tolist() == [False, False, True, True, True, True]
    assert path.kinked
    # At rest, but pushed off its point it would hop about it for good, by half a rate.
    assert path.outcome is Outcome.FINISHED
    assert path.message.count("a subgradient was taken") == 1
    smooth = run("sgd", "bowl", (1, 0), 6)
    assert not smooth.kinked
    assert "subgradient" not in smooth.message


def test_each_run_of_a_batch_tells_its_own_kinks():
    batch = run("sgd", "abs(x1) + x2**2", [(1, 1), (0, 1), (0.3, 1)], 4, lr=0.25)
    assert batch.kinks.sum(axis=0).tolist() == [0, 4, 0]
    assert [batch.member(index).kinked for index in range(3)] == [False, True, False]
    assert ["subgradient" in message for message in batch.messages] == [False, True, False]


def test_a_kink_that_only_the_rule_looks_at_is_told_too():
    from engine import Hyper, Optimizer

    ahead = Optimizer(
        name="ahead",
        title="Ahead",
        formula="d = grad(x - lr)\nx = x - lr * d",
        hyper=(Hyper("lr", 0.5, 0, 1, 0.1),),
        direction="d",
    )
    path = run(ahead, "abs(x1) + x2**2", (0.5, 1.0), 2, lr=0.5)
    assert path.kinks.tolist() == [True, True]


def test_no_step_is_taken_across_a_crease_that_is_no_minimum():
    path = run("sgd", "abs(x1-x2)+0.1*(x1+x2)", (1, 1), 20, lr=0.5)
    assert path.losses[-1] == pytest.approx(0.2 - 20 * 0.5 * 0.02)


@pytest.mark.parametrize(
    ("formula", "start", "outcome"),
    [
        ("sqrt(x1)", (0, 3), Outcome.DIVERGED),
        ("log(x1)", (1, 0), Outcome.UNDEFINED),
        ("x1**6 - x1**4", (1e50, 0), Outcome.DIVERGED),
    ],
)
def test_a_run_without_a_gradient_still_breaks_off(formula, start, outcome):
    assert run("sgd", formula, start, 5, lr=3.0).outcome is outcome


def test_a_start_on_a_pole_is_refused():
    with pytest.raises(UserError, match="no finite value at the start"):
        run("sgd", "1/x1**2", (0, 1), 5)


def test_a_run_that_diverges_is_cut_where_it_was():
    """Losses beyond float64 are looked at again, but stay beyond it."""
    path = run("sgd", "bowl", (1, 1), 900, lr=2.0)
    assert path.steps == math.floor(math.log(1.797e308 / 2) / math.log(9))


def test_derivatives_of_stable_forms_are_the_derivatives():
    points = np.random.default_rng(5).uniform(-0.3, 0.3, (2, 40))
    known = dict(zip(NAMES, points, strict=True))
    for formula, *_ in OUT_OF_RANGE:
        tree = objective(formula).expression
        for name in NAMES:
            with np.errstate(all="ignore"):
                first, second = (
                    np.broadcast_to(numpy_function(derivative(each, name))(known), 40)
                    for each in (tree, stable(tree))
                )
            plain = np.isfinite(first)
            np.testing.assert_allclose(second[plain], first[plain], rtol=1e-6, atol=1e-9)
            assert np.isfinite(second).sum() >= plain.sum()
