"""The best of a grid is the one that single runs, compared one by one, would name."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPTIMIZERS, Outcome, UserError, best_of, objective, run

GRID = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


@given(
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    target=st.sampled_from(["valley", "rosenbrock", "beale"]),
    grid=st.lists(st.sampled_from(GRID), min_size=2, unique=True),
    steps=st.integers(1, 60),
)
def test_the_best_is_what_single_runs_say(optimizer, target, grid, steps):
    singles = [run(optimizer, target, None, steps, lr=lr) for lr in grid]
    broken = [single.outcome in (Outcome.DIVERGED, Outcome.UNDEFINED) for single in singles]
    ends = [math.inf if bad else s.losses[-1] for s, bad in zip(singles, broken, strict=True)]
    if all(broken):
        with pytest.raises(UserError, match="diverges"):
            best_of(optimizer, target, None, steps, "lr", grid)
        return
    tuned = best_of(optimizer, target, None, steps, "lr", grid)
    assert tuned.grid == tuple(grid)
    assert tuned.name == "lr"
    assert np.isnan(tuned.losses).tolist() == broken
    kept = [end for end, bad in zip(ends, broken, strict=True) if not bad]
    np.testing.assert_allclose(np.array(tuned.losses)[~np.array(broken)], kept, rtol=1e-12)
    assert ends[grid.index(tuned.value)] <= min(ends) * (1 + 1e-12)


def test_half_is_the_best_step_on_a_parabola():
    """Gradient 2 x: with lr 1/2 the first step lands in the minimum, the others miss it."""
    tuned = best_of("sgd", "x1**2", (4.0, 1.0), 1, "lr", (0.1, 0.4, 0.5, 0.75, 1.0))
    assert tuned.value == 0.5
    shares = np.array([1 - 2 * lr for lr in (0.1, 0.4, 0.5, 0.75, 1.0)])
    np.testing.assert_allclose(tuned.losses, (4 * shares) ** 2, rtol=1e-12, atol=1e-30)


def test_of_equal_losses_the_smaller_value_wins():
    """Steps of 1/4 and of 3/4 end at opposite points, 2 and -2."""
    for grid in ((0.75, 0.25), (0.25, 0.75)):
        tuned = best_of("sgd", "x1**2", (4.0, 0.0), 1, "lr", grid)
        assert tuned.losses == (4.0, 4.0)
        assert tuned.value == 0.25


def test_a_value_that_diverges_never_wins():
    tuned = best_of("sgd", "valley", None, 2000, "lr", (0.7, 0.0001))
    assert math.isnan(tuned.losses[0])
    assert tuned.value == 0.0001


def test_other_settings_are_kept():
    steps, beta = 30, 0.5
    tuned = best_of("momentum", "valley", (-3.0, 1.0), steps, "lr", (0.05, 0.1), {"momentum": beta})
    single = run("momentum", "valley", (-3.0, 1.0), steps, lr=0.1, momentum=beta)
    assert tuned.losses[1] == pytest.approx(single.losses[-1], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("sgd", "valley", None, 2000, "lr", (0.6, 0.7)), "every value of the grid diverges"),
        (("sgd", "valley", None, 9, "rate", (0.1,)), "no hyper-parameter 'rate'"),
        (("sgd", "valley", None, 9, "lr", ()), "grid of finite numbers"),
        (("sgd", "valley", None, 9, "lr", (0.1, float("nan"))), "grid of finite numbers"),
        (("sgd", "valley", None, 9, "lr", (0.1, "much")), "grid of numbers"),
        (("sgd", "valley", None, 9, "lr", (0.1, 0.2, 0.1)), "twice"),
        (("sgd", "log(x1)", (-1.0, 0.0), 9, "lr", (0.1,)), "no finite value at the start"),
        (("sgd", "valley", ((0.0, 1.0), (1.0, 1.0)), 9, "lr", (0.1,)), "expected two numbers"),
    ],
)
def test_a_wrong_grid_is_told_in_one_line(arguments, named):
    with pytest.raises(UserError, match=named) as fault:
        best_of(*arguments)
    assert "\n" not in str(fault.value)


def test_the_distance_is_to_the_nearest_of_the_minima():
    two = objective("himmelblau")
    points = np.array([[3.0, 2.0], [3.0, 5.0], [0.0, 0.0]])
    distances = two.distance(points)
    assert distances is not None
    assert distances[:2] == pytest.approx([0.0, 3.0])
    assert distances[2] == pytest.approx(13**0.5)
    assert objective("bowl").distance(np.array([3.0, -4.0])) == pytest.approx(5.0)
    assert objective("x1**2 + x2**2").distance(points) is None
