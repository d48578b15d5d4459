"""Runs: their arrays, their endings, their batches, and what is refused."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    OBJECTIVES,
    OPTIMIZERS,
    Hyper,
    Optimizer,
    Outcome,
    State,
    UserError,
    optimizer,
    run,
)
from engine.ending import grows

STARTS = st.tuples(st.floats(-2, 2), st.floats(-2, 2))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_arrays_hold_what_they_promise(name):
    path = run(name, "himmelblau", (-0.15, 0.67), 12, lr=0.002)
    assert path.points.shape == (13, 2)
    assert path.losses.shape == (13,)
    assert path.gradients.shape == path.effective.shape == (12, 2)
    assert path.points.dtype == np.float64
    assert tuple(path.terms) == path.optimizer.terms
    assert all(values.shape == (12, 2) for values in path.terms.values())
    np.testing.assert_array_equal(path.losses, path.objective.value(path.points))
    np.testing.assert_array_equal(path.gradients, path.objective.gradient(path.points[:-1]))
    np.testing.assert_array_equal(path.terms["x"], path.points[1:])
    assert not path.points.flags.writeable


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("field", ["valley", "himmelblau"])
@given(start=STARTS, lr=st.floats(1e-4, 0.1))
def test_effective_step_times_direction_is_the_step(name, field, start, lr):
    path = run(name, field, start, 15, lr=lr)
    steps = np.diff(path.points, axis=0)
    reach = 1 + np.abs(path.points[:-1])
    assert np.all(np.abs(path.effective * path.direction + steps) <= 1e-13 * reach)


@pytest.mark.parametrize(
    ("name", "hyper", "effective"),
    [
        ("sgd", {"lr": 0.25}, (0.25, 0.25)),
        ("adagrad", {"lr": 0.4, "eps": 0}, (0.4, 0.05)),
        ("rmsprop", {"lr": 0.1, "gamma": 0.75, "eps": 0}, (0.2, 0.025)),
        ("adam", {"lr": 0.1, "eps": 0}, (0.1, 0.0125)),
    ],
)
def test_the_first_effective_step_is_the_one_computed_by_hand(name, hyper, effective):
    path = run(name, "valley", (-5, -2), 1, **hyper)
    np.testing.assert_allclose(path.effective[0], effective, rtol=1e-13)


def test_adadeltas_effective_step_looks_back_at_the_old_steps():
    path = run("adadelta", "valley", (-5, -2), 3)
    old, new = path.terms["u"][1], path.terms["s"][2]
    np.testing.assert_allclose(path.effective[2], np.sqrt(old + 1e-6) / np.sqrt(new + 1e-6))


def test_a_run_is_the_same_each_time():
    first, again = run("adam", "beale"), run("adam", "beale")
    np.testing.assert_array_equal(first.points, again.points)


@pytest.mark.parametrize(
    ("arguments", "hyper", "outcome", "message"),
    [
        (("sgd", "bowl", (1, 1), 50), {"lr": 0.5}, Outcome.CONVERGED, "converged in 50 steps"),
        (("sgd", "bowl", (3, 4), 1), {"lr": 0.25}, Outcome.FINISHED, "went from 25 to 6.25"),
        (("sgd", "bowl", (3, 4), 1), {"lr": 1.5}, Outcome.CLIMBED, "went up from 25 to 100"),
        (("sgd", "bowl", (1, 1), 900), {"lr": 2.0}, Outcome.DIVERGED, "diverged at step"),
        (("sgd", "bowl", (1, 1), 300), {"lr": 2.0}, Outcome.DIVERGING, "diverging: in 300 steps"),
        (("sgd", "bowl", (3, 4), 8), {"lr": 1.5}, Outcome.DIVERGING, "grew from 25 to 1.638e+06"),
        (("sgd", "log(x1)", (1, 0), 9), {"lr": 3.0}, Outcome.UNDEFINED, "broke off at step 1:"),
        (("adagrad", "bowl", (0, 1), 9), {"eps": 0}, Outcome.UNDEFINED, "broke off at step 1:"),
        (("sgd", "sqrt(x1)", (0, 0), 9), {}, Outcome.DIVERGED, "diverged at step 1:"),
    ],
)
def test_how_a_run_ends(arguments, hyper, outcome, message):
    path = run(*arguments, **hyper)
    assert path.outcome is outcome
    assert message in path.message
    assert path.requested == arguments[3]


def test_losses_that_come_to_a_bound_do_not_grow():
    steps = np.arange(41.0)
    rows = {
        "geometric": 1.1**steps,
        "down, then up": np.abs(steps - 12) ** 2 / 100,
        "up and down, ever more": 1 + (1 + (-1) ** steps) * 1.1**steps,
        "even": steps,
        "toward a bound": 1 - 0.9**steps,
        "once up": np.where(steps < 5, 1.0, 2.0),
        "round and round": np.sin(steps) + 2,
        "below the first": np.where(steps == 0, 99.0, 1.1**steps),
    }
    found = grows(np.column_stack(list(rows.values())))
    assert found.tolist() == [True] * 4 + [False] * 4
    assert not grows(np.arange(7.0)[:, np.newaxis]).any()


def test_a_run_is_cut_before_the_step_that_overflows():
    path = run("sgd", "bowl", (1, 1), 900, lr=2.0)
    # x grows threefold a step, so that its square, the loss, passes the largest float64 first.
    last = math.floor(math.log(1.797e308 / 2) / math.log(9))
    assert path.steps == len(path.points) - 1 == last
    assert path.stopped == last + 1
    assert f"step {last + 1}:" in path.message
    for array in (path.points, path.losses, path.gradients, path.effective, *path.terms.values()):
        assert np.isfinite(array).all()
    assert run("sgd", "bowl", (1, 1), 300, lr=2.0).stopped is None


def test_a_run_that_fails_at_once_still_has_its_start():
    path = run("sgd", "sqrt(x1)", (0, 3), 9)
    np.testing.assert_array_equal(path.points, [(0, 3)])
    assert path.gradients.shape == path.terms["x"].shape == (0, 2)


@pytest.mark.parametrize("name", OPTIMIZERS)
@given(starts=st.lists(STARTS, min_size=1, max_size=5), lr=st.floats(0, 2))
def test_a_batch_of_starts_is_the_single_runs(name, starts, lr):
    batch = run(name, "rosenbrock", starts, 25, lr=lr)
    assert batch.points.shape == (26, len(starts), 2)
    for index, start in enumerate(starts):
        compare(batch, index, run(name, "rosenbrock", start, 25, lr=lr))


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-300)


def compare(batch, index, single):
    member = batch.member(index)
    assert member.outcome is single.outcome
    assert member.message == single.message
    assert member.hyper == single.hyper
    close(member.points, single.points)
    close(member.losses, single.losses)
    close(member.gradients, single.gradients)
    close(member.effective, single.effective)
    for name, values in single.terms.items():
        close(member.terms[name], values)
    assert np.isnan(batch.points[single.steps + 1 :, index]).all()
    assert np.isnan(batch.terms["x"][single.steps :, index]).all()


def test_a_batch_of_hyper_parameters_is_the_single_runs():
    rates, betas = np.array([0.01, 0.3, 1.0]), np.array([0.0, 0.5, 0.9])
    batch = run("adam", "valley", steps=20, lr=rates, beta1=betas)
    for index in range(3):
        single = run("adam", "valley", steps=20, lr=rates[index], beta1=betas[index])
        compare(batch, index, single)


def test_a_batch_tells_each_runs_ending():
    batch = run("sgd", "bowl", (1, 1), 900, lr=[0.5, 2.0, 0.0])
    assert batch.outcomes == (Outcome.CONVERGED, Outcome.DIVERGED, Outcome.FINISHED)
    assert batch.lengths[0] == batch.lengths[2] == 900 > batch.lengths[1]
    assert np.isfinite(batch.points[:, [0, 2]]).all()
    with pytest.raises(ValueError, match="too many values"):
        _ = batch.outcome


def test_a_batch_wider_than_a_block_is_whole():
    starts = np.random.default_rng(0).uniform(-3, 3, (9000, 2))
    batch = run("rmsprop", "valley", starts, 3)
    np.testing.assert_array_equal(batch.points[0], starts)
    assert np.isfinite(batch.points).all()
    for index in (0, 4095, 4096, 8999):
        compare(batch, index, run("rmsprop", "valley", starts[index], 3))


def test_a_batch_keeps_the_runs_whose_start_has_no_loss():
    batch = run("sgd", "log(x1)", [(-1, 0), (1, 0)], 5)
    assert batch.outcomes == (Outcome.UNDEFINED, Outcome.FINISHED)
    assert batch.lengths == (0, 5)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"start": (1, math.nan)}, "start: expected finite numbers"),
        ({"start": (1, 2, 3)}, r"start: expected two numbers such as -5,-2, found \(1, 2, 3\)"),
        ({"start": "here"}, "start: expected numbers, found 'here'"),
        ({"start": []}, "start: expected two numbers"),
        ({"steps": 0}, "steps: expected 1 to 100000, found 0"),
        ({"steps": 2.5}, "steps: expected a whole number, found 2.5"),
        ({"lr": "fast"}, "lr: expected a finite number, found 'fast'"),
        ({"lr": [0.1, math.inf]}, "lr: expected finite numbers"),
        ({"lr": [[0.1]]}, "lr: expected a number or a list of them"),
        ({"lr": [0.1, 0.2], "start": [(0, 0)] * 3}, "one length for all of its lists"),
        ({"rate": 0.1}, "no hyper-parameter 'rate'"),
        ({"objective": "log(x1)", "start": (-1, 0)}, r"no finite value at the start \(-1, 0\)"),
        ({"optimizer": "sdg"}, r"unknown optimizer 'sdg' \(did you mean 'sgd'\?\)"),
    ],
)
def test_a_mistake_is_told(change, expected):
    with pytest.raises(UserError, match=expected):
        run(**{"optimizer": "sgd", "objective": "valley", **change})


def test_an_optimizer_of_ones_own_runs_like_the_others():
    own = Optimizer(
        name="nesterov",
        title="Nesterov",
        formula="b = mu * b - lr * grad(x + mu * b)\nx = x + b",
        hyper=(Hyper("lr", 0.1, 0, 1, 0.01), Hyper("mu", 0.5, 0, 1, 0.01)),
        state=(State("b", initial=0.25),),
        direction="b",
    )
    path = run(own, "bowl", (1, 2), 1)
    # The gradient is taken where the old b, by half, would carry x: at 1.125 and 2.125.
    np.testing.assert_allclose(path.terms["b"][0], (-0.1, -0.3), rtol=1e-15)
    np.testing.assert_allclose(path.points[1], (0.9, 1.7), rtol=1e-15)
    np.testing.assert_array_equal(path.effective[0], (-1, -1))


def test_the_gradient_may_be_asked_at_what_has_one_coordinate_for_both():
    own = Optimizer(
        name="own",
        title="Own",
        formula="y = 2 * lr\nx = x - lr * (g + grad(0.5) + grad(y))",
        hyper=(Hyper("lr", 0.25, 0, 1, 0.01),),
    )
    # The gradient of x1^2 + x2^2 at (c, c) is (2c, 2c): 1 + 1 beside the point's own.
    np.testing.assert_allclose(run(own, "bowl", (1, 2), 1).points[1], (0, 0.5), rtol=1e-15)
    batch = run(own, "bowl", [(1, 2), (3, 4)], 2, lr=[0.25, 0.5])
    np.testing.assert_allclose(batch.points[1], [(0, 0.5), (-1.5, -1.5)], rtol=1e-15)


def test_what_was_run_can_go_to_another_process():
    path = run(optimizer("adam"), OBJECTIVES["beale"], steps=3)
    back = pickle.loads(pickle.dumps(path))
    assert back.optimizer == path.optimizer
    assert back.objective == path.objective
    np.testing.assert_array_equal(back.points, path.points)
    np.testing.assert_array_equal(run(back.optimizer, back.objective, steps=3).points, path.points)


def test_a_default_may_be_a_whole_number():
    rule = Optimizer("plain", "Plain", "x = x - lr * g", (Hyper("lr", 1, 0, 2, 1),))
    made = run(rule, "x1**2 + x2**2", (1.0, 1.0), 3)
    assert made.hyper == {"lr": 1.0}
