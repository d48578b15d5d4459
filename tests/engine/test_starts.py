"""States that start at the start point: heavy ball by the point before is momentum."""

import numpy as np
import pytest

from engine import OBJECTIVES, Optimizer, run
from engine.worked import timed_values, worked
from tests.engine.rules import MULTIPLES, rule

HEAVY = [MULTIPLES["heavy ball"][0], MULTIPLES["heavy ball by its step"][0]]
MOMENTUM = rule("b = mu*b + g\nx = x - lr*b", "b", state={"b": 0}, lr=0.02, mu=0.9)
CASES = [("valley", (-5, -2), 0.05), ("rosenbrock", (-1.2, 1), 2e-4), ("himmelblau", (1, 1), 2e-3)]


@pytest.mark.parametrize(("field", "start", "lr"), CASES)
@pytest.mark.parametrize("heavy", HEAVY)
def test_heavy_ball_by_the_point_before_is_momentum(heavy, field, start, lr):
    ball, momentum = (run(entry, field, start, 100, lr=lr) for entry in (heavy, MOMENTUM))
    np.testing.assert_allclose(ball.points, momentum.points, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(ball.terms["p"], ball.points[:-1])


def test_the_point_before_the_start_would_be_wrong_at_0():
    table = {
        "name": "heavy",
        "formula": "d = lr * g - mu * (x - p)\np = x\nx = x - d",
        "hyper": {
            "lr": {"default": 0.05, "low": 0, "high": 1, "step": 0.01},
            "mu": {"default": 0.9, "low": 0, "high": 1, "step": 0.01},
        },
    }
    steps = {
        initial: run(
            Optimizer.from_table({**table, "state": {"p": initial}}), "valley", (-5, -2), 1
        ).points[1]
        for initial in ("x", 0)
    }
    np.testing.assert_allclose(steps["x"], (-4.95, -1.6), rtol=1e-15)
    np.testing.assert_allclose(steps[0], (-4.95 - 4.5, -1.6 - 1.8), rtol=1e-15)


@pytest.mark.parametrize("heavy", HEAVY)
def test_each_run_of_a_batch_starts_at_its_own_start(heavy):
    starts = np.array([(-5.0, -2.0), (1.0, 0.5), (3.0, -1.0)])
    batch = run(heavy, "valley", starts, 40, lr=[0.05, 0.02, 0.1], mu=[0.9, 0.5, 0.0])
    for index in range(3):
        lr, mu = ([0.05, 0.02, 0.1][index], [0.9, 0.5, 0.0][index])
        single = run(heavy, "valley", starts[index], 40, lr=lr, mu=mu)
        np.testing.assert_array_equal(batch.member(index).points, single.points)
    np.testing.assert_array_equal(batch.initial_values("p"), starts)
    np.testing.assert_array_equal(batch.before("p")[0], starts)
    one_start = run(heavy, "valley", (-5, -2), 40, lr=[0.05, 0.02])
    np.testing.assert_array_equal(one_start.points[0], [(-5, -2)] * 2)
    np.testing.assert_array_equal(one_start.terms["p"][0], [(-5, -2)] * 2)


def test_a_states_values_before_each_step():
    path = run(rule("m = 0.5*m + g\nx = x - 0.1*m", state={"m": 0.25}), "bowl", (1, 2), 3)
    np.testing.assert_array_equal(path.before("m")[0], (0.25, 0.25))
    np.testing.assert_array_equal(path.before("m")[1:], path.terms["m"][:-1])
    assert path.initial_values("x") is path.initial_values("g") is None
    with pytest.raises(KeyError):
        path.before("x")


def test_the_start_is_not_changed_by_what_starts_there():
    path = run(HEAVY[0], "valley", (-5, -2), 3)
    np.testing.assert_array_equal(path.points[0], (-5, -2))
    first = path.initial_values("p")
    assert first is not None
    assert not np.shares_memory(first, path.points)


def test_the_first_step_is_worked_out_from_the_start():
    path = run(HEAVY[1], "valley", (-5, -2), 2, lr=0.05)
    assert timed_values(path, 1)[("p", -1)].tolist() == [-5, -2]
    assert timed_values(path, 2)[("p", -1)].tolist() == [-5, -2]
    first, second = worked(path, 1)[1]
    assert (first.result_text, second.result_text) == ("-0.05", "-0.4")
    assert first.reproduced
    assert second.reproduced
    assert "- 5 : x" in first.typst
    assert "- 5 : p" in first.typst


def test_averages_that_begin_at_the_point():
    # Averaging from the start point on: the first average is the point itself.
    average = rule(
        "a = beta*a + (1 - beta)*x\nx = x - lr*(g + x - a)", state={"a": "x"}, lr=0.1, beta=0.9
    )
    path = run(average, OBJECTIVES["valley"], (-5, -2), 1)
    np.testing.assert_allclose(path.terms["a"][0], (-5, -2))
    np.testing.assert_allclose(path.points[1], (-5 + 0.1, -2 + 0.8))
