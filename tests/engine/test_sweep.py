"""Sweeps: every member is the single run, and limits stand where the theory has them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import UserError, run
from engine.sweep import Behaviour, behaviour, sweep, zones

START = (-5.0, -2.0)


@given(st.lists(st.floats(0.01, 1.5), min_size=1, max_size=6, unique=True))
@settings(max_examples=25)
def test_each_member_is_the_run_of_its_value(values):
    made = sweep("adam", "valley", START, 12, "lr", values, {"beta1": 0.8})
    for index, value in enumerate(values):
        single = run("adam", "valley", START, 12, lr=value, beta1=0.8)
        assert np.array_equal(made.member(index).points, single.points)
        assert made.behaviours[index] is behaviour(single)


def test_gradient_descent_in_the_valley_has_the_limits_of_the_theory():
    """Each step multiplies x2 by 1 - 4 lr: it changes sign beyond 1/4 and grows beyond 1/2.

    A hundredth past the minimum is not yet noticed: 4 lr - 1 > 0.01. What climbs above the first
    loss, 10.5, within 50 steps has 8 (4 lr - 1)^100 + 2.5 (1 - 0.2 lr)^100 > 10.5.
    """
    found = zones("sgd", "valley", START, 50, "lr", (0.01, 0.6))
    slow, settles, overshoots, diverges = found
    kinds = [zone.behaviour for zone in found]
    assert kinds == [
        Behaviour.SLOW,
        Behaviour.SETTLES,
        Behaviour.OVERSHOOTS,
        Behaviour.DIVERGES,
    ]
    near = {"abs": 1e-4 * 0.59}
    assert slow.high == pytest.approx(settles.low)
    left = 2.5 * (1 - 0.2 * slow.high) ** 100
    assert left == pytest.approx(0.01 * 10.5, rel=0.01)
    assert settles.high == pytest.approx(1.01 / 4, **near)
    grown = overshoots.high
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
    fine = np.geomspace(*ends, 4001) if log else np.linspace(*ends, 4001)
    kinds = sweep(optimizer, "valley", START, 40, name, fine, hyper).behaviours
    limits = np.array([zone.high for zone in found[:-1]])
    told = [found[int(np.searchsorted(limits, value))].behaviour for value in fine]
    longest = islands = 0
    for kind, zone in zip(kinds, told, strict=True):
        islands = islands + 1 if kind is not zone else 0
        longest = max(longest, islands)
    # What is narrower than a step of the scan, four of these, can be missed.
    assert longest <= 4


def test_behaviours_of_single_runs():
    def kind(objective, lr, start=START):
        return behaviour(run("sgd", objective, start, 50, lr=lr))

    assert kind("valley", 0.01) is Behaviour.SLOW
    assert kind("valley", 0.2) is Behaviour.SETTLES
    assert kind("valley", 0.45) is Behaviour.OVERSHOOTS
    assert kind("valley", 0.6) is Behaviour.DIVERGES
    assert kind("log(x1) + x2**2", 2.0, (1.0, 1.0)) is Behaviour.DIVERGES
    # No minimum is known of a formula: only a loss that rises tells of an overshoot.
    assert kind("x1**2 + x2**2", 0.9) is Behaviour.SETTLES


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
