"""Sweeps: every member is the single run, and limits stand where the theory has them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Outcome, UserError, run
from engine.sweep import Behavior, behavior, sweep, zones

START = (-5.0, -2.0)


@given(st.lists(st.floats(0.01, 1.5), min_size=1, max_size=6, unique=True))
@settings(max_examples=25)
def test_each_member_is_the_run_of_its_value(values):
    made = sweep("adam", "valley", START, 12, "lr", values, {"beta1": 0.8})
    for index, value in enumerate(values):
        single = run("adam", "valley", START, 12, lr=value, beta1=0.8)
        assert np.array_equal(made.member(index).points, single.points)
        assert made.behaviors[index] is behavior(single)


def test_gradient_descent_in_the_valley_has_the_limits_of_the_theory():
    """Each step multiplies x2 by 1 - 4 lr: it changes sign beyond 1/4 and grows beyond 1/2.

    A hundredth past the minimum is not yet noticed: 4 lr - 1 > 0.01. Step 39, the first of the last
    quarter, still ends noticeably beyond the floor where (4 lr - 1)^39 > 0.01. What climbs above
    the first loss, 10.5, within 50 steps has 8 (4 lr - 1)^100 + 2.5 (1 - 0.2 lr)^100 > 10.5.
    """
    found = zones("sgd", "valley", START, 50, "lr", (0.01, 0.6))
    slow, settles, overshoots, swings, diverges = found
    kinds = [zone.behavior for zone in found]
    assert kinds == [
        Behavior.SLOW,
        Behavior.SETTLES,
        Behavior.OVERSHOOTS,
        Behavior.SWINGS,
        Behavior.DIVERGES,
    ]
    assert slow.high == pytest.approx(settles.low)
    left = 2.5 * (1 - 0.2 * slow.high) ** 100
    assert left == pytest.approx(0.01 * 10.5, rel=0.01)
    assert settles.high == pytest.approx(1.01 / 4, abs=1e-4 * 0.59)
    assert overshoots.high == pytest.approx((1 + 0.01 ** (1 / 39)) / 4, abs=1e-4 * 0.59)
    assert (settles.high, swings.high) == pytest.approx((0.2525, 0.5007), abs=1e-4)
    grown = swings.high
    assert 8 * (4 * grown - 1) ** 100 + 2.5 * (1 - 0.2 * grown) ** 100 == pytest.approx(
        10.5, rel=0.02
    )
    assert diverges.high == 0.6


@pytest.mark.parametrize(
    ("optimizer", "name", "ends", "hyper", "log"),
    [
        ("adagrad", "lr", (0.05, 4.0), {}, False),
        ("rmsprop", "lr", (0.01, 1.0), {}, True),
        ("adam", "beta1", (0.0, 0.99), {"lr": 0.5}, False),
    ],
)
def test_limits_are_where_a_fine_scan_turns(optimizer, name, ends, hyper, log):
    found = zones(optimizer, "valley", START, 40, name, ends, hyper, log=log)
    assert found[0].low == pytest.approx(ends[0])
    assert found[-1].high == pytest.approx(ends[1])
    low, high = ends
    fine = np.geomspace(low, high, 4001) if log else np.linspace(low, high, 4001)
    kinds = sweep(optimizer, "valley", START, 40, name, fine, hyper).behaviors
    limits = np.array([zone.high for zone in found[:-1]])
    told = [found[int(np.searchsorted(limits, value))].behavior for value in fine]
    longest = islands = 0
    for kind, zone in zip(kinds, told, strict=True):
        islands = islands + 1 if kind is not zone else 0
        longest = max(longest, islands)
    # What is narrower than a step of the scan, four of these, can be missed.
    assert longest <= 4


def test_behaviors_of_single_runs():
    def kind(objective, lr, start=START):
        return behavior(run("sgd", objective, start, 50, lr=lr))

    assert kind("valley", 0.01) is Behavior.SLOW
    assert kind("valley", 0.2) is Behavior.SETTLES
    assert kind("valley", 0.45) is Behavior.OVERSHOOTS
    assert kind("valley", 0.495) is Behavior.SWINGS
    assert kind("valley", 0.6) is Behavior.DIVERGES
    assert kind("log(x1) + x2**2", 2.0, (1.0, 1.0)) is Behavior.STOPS
    # No minimum is known of a formula: the slope tells of an overshoot, beyond 1.01 / 2.
    assert kind("x1**2 + x2**2", 0.504) is Behavior.SETTLES
    assert kind("x1**2 + x2**2", 0.506) is Behavior.OVERSHOOTS


@pytest.mark.parametrize(
    ("name", "steps", "hyper", "expected"),
    [
        # Passes the floor across the valley, and is hardly under way along it.
        ("adam", 50, {"eps": 1.0}, Behavior.SLOW),
        ("sgd", 50, {"lr": 0.3}, Behavior.OVERSHOOTS),
        # Steps of 0.2, whatever the gradient: hops about the floor for ever.
        ("rmsprop", 50, {"lr": 0.2, "gamma": 0.0}, Behavior.SWINGS),
        # From wall to wall, no lower and no higher.
        ("sgd", 50, {"lr": 0.5}, Behavior.SWINGS),
        # Steps of 10: hops from 5 to -5 and back, above the first loss, and no farther.
        ("rmsprop", 50, {"lr": 10.0, "gamma": 0.0}, Behavior.CLIMBS),
        ("sgd", 700, {"lr": 0.7}, Behavior.DIVERGES),
    ],
)
def test_what_a_lecturer_tells_apart(name, steps, hyper, expected):
    path = run(name, "valley", START, steps, **hyper)
    assert behavior(path) is expected
    assert path.outcome.diverges is (expected is Behavior.DIVERGES)
    assert (path.outcome is Outcome.CLIMBED) is (expected is Behavior.CLIMBS)


def test_a_run_that_breaks_off_at_once_has_a_behavior():
    path = run("adagrad", "bowl", (0, 1), 9, eps=0)
    assert path.steps == 0
    assert behavior(path) is Behavior.STOPS
    assert sweep("adagrad", "bowl", (0, 1), 9, "eps", [0.0]).behaviors == (Behavior.STOPS,)


def test_a_valley_that_turns_is_no_overshoot():
    """Small steps of gradient descent follow it, though the slope along x2 changes its sign."""
    path = run("sgd", "rosenbrock", (-1.2, 1.0), 3000, lr=5e-4)
    assert path.gradients[:, 1].min() < 0 < path.gradients[:, 1].max()
    assert np.diff(path.losses).max() < 0
    assert behavior(path) is Behavior.SETTLES
    assert behavior(run("sgd", "himmelblau", steps=400, lr=0.004)) is Behavior.SETTLES


def test_a_minimum_that_is_not_the_lowest_is_settled_in():
    objective = "x1**4 - 2*x1**2 + 0.3*x1 + x2**2"
    path = run("sgd", objective, (1.8, 0.5), 400, lr=0.02)
    assert path.points[-1, 0] > 0.9
    assert float(path.objective.value(np.array([-1.04, 0.0]))) < path.losses[-1] - 0.5
    assert path.outcome is Outcome.CONVERGED
    assert behavior(path) is Behavior.SETTLES


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: sweep("sgd", "valley", START, 5, "rl", [0.1]), "no hyper-parameter 'rl'"),
        (lambda: sweep("sgd", "valley", START, 5, "lr", [math.nan]), "finite numbers"),
        (lambda: zones("sgd", "valley", START, 5, "lr", (0.1, 0.1)), "different ends"),
        (lambda: zones("sgd", "valley", START, 5, "lr", (0, 1), log=True), "above 0"),
    ],
)
def test_what_is_no_sweep_is_refused_in_one_line(call, says):
    with pytest.raises(UserError, match=says) as told:
        call()
    assert "\n" not in str(told.value)
