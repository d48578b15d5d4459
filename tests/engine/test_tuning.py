"""A search: what single runs say, an end that does not decide, one number of trials for all."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, UserError, objective, run, tune
from engine.grid_scale import Scale
from engine.ranking import RESOLUTION, Ranking, finish, goal, ranking
from engine.tuning import usual_trials

GRID = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)


def key_of(optimizer, target, steps, tuned, values, tolerance=0.01):
    """What a race would rank a single run by: computed here, from its losses alone."""
    made = run(optimizer, target, None, steps, **dict(zip(tuned.names, values, strict=True)))
    if made.steps < steps:
        return (2, -made.steps)
    known = made.objective.minima
    if known:
        floor = float(made.objective.value(np.array(known)).min())
        level = goal(made.objective, made.points[0], tolerance).loss
        assert level is not None
        share = (level - floor) / (float(made.losses[0]) - floor)
        assert share == pytest.approx(tolerance, rel=5e-3)
        above = [step for step, loss in enumerate(made.losses) if loss > level]
        first = above[-1] + 1 if above else 0
        if first <= steps:
            return (0, first)
    return (1, float(made.losses[-1]))


@settings(max_examples=25)
@given(
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    target=st.sampled_from(["valley", "rosenbrock", "beale", "x1**2 + 3*x2**2"]),
    grid=st.lists(st.sampled_from(GRID), min_size=1, unique=True).map(lambda some: [1e-5, *some]),
    steps=st.integers(1, 60),
    more=st.integers(0, 6),
)
def test_the_best_is_what_single_runs_say(optimizer, target, grid, steps, more):
    tuned = tune(optimizer, target, None, steps, {"lr": grid}, trials=len(grid) + more)
    assert len(tuned.trials) == len(grid) + more
    assert tuned.grids == (tuple(sorted(grid)),)
    assert [trial.values[0] for trial in tuned.trials[: tuned.begun]] == sorted(grid)
    assert len({trial.values for trial in tuned.trials}) == len(tuned.trials)
    keys = {t.values: key_of(optimizer, target, steps, tuned, t.values) for t in tuned.trials}
    kind, value = min(keys.values())
    taken = keys[tuned.values]
    assert taken[0] == kind
    assert taken[1] == pytest.approx(value, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("cap", [0.5, 1.0, 2.0])
def test_the_end_of_a_grid_does_not_decide(cap):
    """AdaGrad on the valley: the larger the rate, the sooner it is there, up to about 2.3."""
    grid = [cap / 100, cap / 10, cap]
    tuned = tune("adagrad", "valley", (-5, -2), 50, {"lr": grid}, trials=14)
    assert tuned.values[0] > 2
    assert tuned.at_end == ()
    capped = tune("adagrad", "valley", (-5, -2), 50, {"lr": grid}, trials=3)
    assert capped.values == (cap,)
    assert capped.at_end == ("lr",)


def test_it_goes_below_the_lowest_value_too():
    """Plain descent on the valley diverges beyond 1/2: all of this grid does, but for one trial."""
    tuned = tune("sgd", "valley", None, 200, {"lr": (0.5, 2.0, 8.0)}, trials=8)
    assert tuned.values[0] < 0.5
    assert tuned.at_end == ()


def test_an_end_that_is_still_the_best_is_told():
    """x1 falls forever: the larger the rate, the lower the loss, however far the search goes."""
    tuned = tune("sgd", "x1 + x2**2", (0.0, 0.0), 5, {"lr": (0.1, 0.2)}, trials=9)
    assert tuned.at_end == ("lr",)
    assert tuned.values[0] == max(trial.values[0] for trial in tuned.trials)
    assert tuned.values[0] > 10


def test_the_bound_of_a_setting_is_no_end():
    """On a round bowl with the right rate, momentum can only harm: 0 is best, and the least."""
    tuned = tune(
        "momentum", "bowl", (-5, -2), 3, {"momentum": (0.0, 0.5)}, trials=8, hyper={"lr": 0.5}
    )
    assert tuned.values == (0.0,)
    assert tuned.at_end == ()
    assert all(0 <= trial.values[0] < 1 for trial in tuned.trials)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_decays_stay_below_one_however_far_a_search_goes(name):
    """Every setting that the catalog says to stay below a number does, at grids near it."""
    rule = OPTIMIZERS[name]
    for hyper in rule.hyper:
        if math.isfinite(hyper.below):
            near = (0.9 * hyper.below, 0.99 * hyper.below)
            tuned = tune(rule, "valley", None, 40, {hyper.name: near}, trials=12)
            values = [trial.values[0] for trial in tuned.trials]
            assert max(values) < hyper.below
            assert min(values) >= 0


def test_two_settings_at_once_with_the_same_number_of_trials():
    grids = {"lr": (0.1, 0.3), "momentum": (0.0, 0.5, 0.9)}
    tuned = tune("momentum", "valley", (-5, -2), 50, grids, trials=20)
    assert (tuned.names, tuned.begun, len(tuned.trials)) == (("lr", "momentum"), 6, 20)
    assert tuned.settings == dict(zip(tuned.names, tuned.values, strict=True))
    alone = tune("momentum", "valley", (-5, -2), 50, {"lr": grids["lr"]}, trials=20)
    best = [min(trial.finish.reached or 99 for trial in found.trials) for found in (tuned, alone)]
    assert best[0] < best[1]
    assert usual_trials(grids.values()) > 6


def test_of_equal_trials_the_smaller_value_wins():
    """Steps of 1/4 and of 3/4 end at opposite points, 2 and -2."""
    for grid in ((0.75, 0.25), (0.25, 0.75)):
        tuned = tune("sgd", "x1**2", (4.0, 0.0), 1, {"lr": grid}, trials=2)
        assert {trial.finish.loss for trial in tuned.trials} == {4.0}
        assert tuned.values == (0.25,)


def test_a_value_that_diverges_never_wins():
    tuned = tune("sgd", "valley", None, 2000, {"lr": (0.7, 0.0001)}, trials=2)
    assert [trial.finish.whole for trial in tuned.trials] == [True, False]
    assert tuned.values == (0.0001,)


def test_other_settings_are_kept():
    steps, beta = 30, 0.5
    tuned = tune(
        "momentum",
        "valley",
        (-3.0, 1.0),
        steps,
        {"lr": (0.05, 0.1)},
        trials=2,
        hyper={"momentum": beta},
    )
    single = run("momentum", "valley", (-3.0, 1.0), steps, lr=0.1, momentum=beta)
    assert tuned.trials[1].finish.loss == pytest.approx(single.losses[-1], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("sgd", "valley", None, 2000, {"lr": (6.0, 7.0)}), "every one of 2 trials diverges"),
        (("sgd", "valley", None, 9, {"rate": (0.1, 1)}), "no hyper-parameter 'rate'"),
        (("sgd", "valley", None, 9, {}), "no setting to tune"),
        (("sgd", "valley", None, 9, {"lr": ()}), "grid of finite numbers"),
        (("sgd", "valley", None, 9, {"lr": (0.1, float("nan"))}), "grid of finite numbers"),
        (("sgd", "valley", None, 9, {"lr": (0.1, "much")}), "grid of numbers"),
        (("sgd", "valley", None, 9, {"lr": (0.1, 0.2, 0.1)}), "twice"),
        (("sgd", "valley", None, 9, {"lr": (0.1, 0.2, 0.3)}), "trials: expected from 3"),
        (("momentum", "valley", None, 9, {"momentum": (0.9, 1.0)}), "to below 1"),
        (("sgd", "log(x1)", (-1.0, 0.0), 9, {"lr": (0.1, 1)}), "no finite value at the start"),
        (("sgd", "valley", ((0.0, 1.0), (1.0, 1.0)), 9, {"lr": (0.1, 1)}), "two numbers"),
    ],
)
def test_a_wrong_grid_is_told_in_one_line(arguments, named):
    with pytest.raises(UserError, match=named) as fault:
        tune(*arguments, trials=2)
    assert "\n" not in str(fault.value)


@given(
    grid=st.lists(st.floats(1e-6, 1e3), min_size=1, max_size=6, unique=True).map(sorted),
    value=st.floats(1e-7, 1e4),
    way=st.sampled_from([1.0, 0.5, 0.25, 1 / 64]),
    below=st.sampled_from([math.inf, 2e3]),
)
def test_a_way_on_a_scale_goes_where_it_should(grid, value, way, below):
    if all(later > 1.01 * earlier for earlier, later in pairwise(grid)):
        value = min(value, below / 2)
        scale = Scale("lr", tuple(grid), 0.0, below)
        near, far = (scale.beside(value, side * way) for side in (1, 2))
        assert value < near <= far < below
        assert 0 <= scale.beside(value, -way) < value


def test_values_between_are_told_in_few_digits():
    scale = Scale("lr", (0.1, 1.0, 10.0), 0.0)
    assert [scale.beside(1.0, way) for way in (0.5, -0.5, 1, -1, 2)] == [3.0, 0.3, 10.0, 0.1, 100.0]
    assert scale.beside(100.0, 1) == 1000.0
    decay = Scale("momentum", (0.0, 0.9, 0.99), 0.0, 1.0)
    assert [decay.beside(0.9, way) for way in (-0.5, 0.5, 1, 2)] == [0.7, 0.97, 0.99, 0.999]
    assert decay.beside(0.5, -2) == 0.0


def losses_run(optimizer, lr, steps, target="valley", start=(-5.0, -2.0)):
    return run(optimizer, target, start, steps, lr=lr)


def test_ranks_are_by_steps_to_the_goal_and_not_by_the_last_loss():
    """The example: at these rates AdaGrad ends between 1e-62 and 1e-35; that decides nothing."""
    runs = [losses_run("adagrad", lr, 50) for lr in (3.0, 6.0, 8.0, 20.0)]
    assert all(made.losses[-1] < 1e-30 for made in runs)
    found = ranking(runs)
    level = 0.01 * 10.5
    steps = []
    for made in runs:
        above = [step for step, loss in enumerate(made.losses) if loss > level]
        steps.append(above[-1] + 1)
    assert [end.reached for end in found.finishes] == steps
    assert found.ranks == tuple(1 + sum(other < own for other in steps) for own in steps)


def test_one_that_passes_the_goal_and_leaves_it_has_not_reached_it():
    swinging = losses_run("momentum", 0.3, 40)
    level = goal(objective("valley"), (-5, -2)).loss
    first = int(np.argmax(swinging.losses <= level))
    assert first > 0
    assert finish(swinging, goal(objective("valley"), (-5, -2))).reached != first


def test_without_a_known_minimum_the_loss_decides_and_rounding_does_not():
    target = "x1**2 + x2**2 + 1 + 1e-30*x1**4"
    runs = [losses_run("sgd", lr, 400, target) for lr in (0.2, 0.3, 0.01)]
    found = ranking(runs)
    assert found.aim.loss is None
    assert found.ranks == (1, 1, 3)
    assert abs(runs[0].losses[-1] - runs[1].losses[-1]) <= RESOLUTION * 29


@given(scale=st.floats(1e-9, 1e9))
def test_ranks_do_not_depend_on_units(scale):
    target = objective("valley")
    plain = goal(target, (-5, -2), 0.01)
    ends = [finish(losses_run("sgd", lr, 60), plain) for lr in (0.1, 0.3, 0.45, 0.02)]
    order = Ranking(tuple(ends), plain).order
    other = type(target)(
        "scaled", f"{scale!r}*(0.1*x1**2 + 2*x2**2)", target.view, target.start, ((0.0, 0.0),)
    )
    runs = [run("sgd", other, (-5, -2), 60, lr=lr / scale) for lr in (0.1, 0.3, 0.45, 0.02)]
    assert ranking(runs).order == order


def test_the_distance_is_to_the_nearest_of_the_minima():
    two = objective("himmelblau")
    points = np.array([[3.0, 2.0], [3.0, 5.0], [0.0, 0.0]])
    distances = two.distance(points)
    assert distances is not None
    assert distances[:2] == pytest.approx([0.0, 3.0])
    assert distances[2] == pytest.approx(13**0.5)
    assert objective("bowl").distance(np.array([3.0, -4.0])) == pytest.approx(5.0)
    assert objective("x1**4 + x2**4").distance(points) is None
