"""How runs end: by their own scale, whatever the objective's."""

from dataclasses import replace

import numpy as np
import pytest

from engine import OBJECTIVES, Objective, Outcome, objective, run
from engine.scale import scale_of
from engine.sweep import behavior
from tests.endings import EASOM, ENDINGS, Ending


def ended(case: Ending, target: Objective | None = None, **hyper: float) -> Outcome:
    field = target or objective(case.objective)
    return run(case.optimizer, field, case.start, case.steps, **{**case.hyper, **hyper}).outcome


@pytest.mark.parametrize("name", ENDINGS)
def test_how_a_run_ends(name):
    assert ended(ENDINGS[name]).name.lower() == ENDINGS[name].outcome


def test_what_is_told_of_flat_ground():
    path = run("sgd", EASOM, (-5.0, -2.0), 50)
    assert path.message == "finished 50 steps: the gradient is almost flat here"
    assert run("sgd", "bowl", (0, 0), 1).message.startswith("converged in 1 step: at rest")


def changed(text: str, factor: float, summand: float = 0.0) -> Objective:
    """An objective times a factor, and with a summand, where its minima stay."""
    field = objective(text)
    formula = f"{factor:.17g}*({field.formula})" + (f" + {summand:.17g}" if summand else "")
    return replace(field, name=formula, formula=formula)


SCALED = [name for name, case in ENDINGS.items() if case.optimizer in ("sgd", "momentum")]
FACTORS = [1e-12, 1e-8, 1e-3, 7.0, 1e4, 1e12]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("name", SCALED)
def test_a_factor_changes_no_ending(name, factor):
    """Gradient descent with lr / c makes the same steps on c f."""
    case = ENDINGS[name]
    lr = case.hyper.get("lr", 0.1) / factor
    scaled = changed(case.objective, factor)
    assert ended(case, scaled, lr=lr) is ended(case)
    before = run(case.optimizer, case.objective, case.start, case.steps, **case.hyper)
    after = run(case.optimizer, scaled, case.start, case.steps, **{**case.hyper, "lr": lr})
    assert behavior(after) is behavior(before)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("optimizer", ["adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("field", OBJECTIVES)
def test_a_factor_changes_no_ending_of_methods_that_divide_by_it(optimizer, field, factor):
    for steps, lr in ((20, 0.02), (400, 0.3)):
        case = Ending(optimizer, field, OBJECTIVES[field].start, steps, {"lr": lr, "eps": 0.0}, "")
        assert ended(case, changed(field, factor)) is ended(case)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
@pytest.mark.parametrize("field", OBJECTIVES)
def test_a_factor_changes_no_ending_in_the_catalog(optimizer, field):
    steepest = np.abs(OBJECTIVES[field].gradient(np.array(OBJECTIVES[field].start))).max()
    for share in (1e-6, 1e-3, 0.02):
        lr = share / steepest
        case = Ending(optimizer, field, OBJECTIVES[field].start, 300, {"lr": lr}, "")
        told = {ended(case, changed(field, factor), lr=lr / factor) for factor in FACTORS}
        assert told == {ended(case)}


SHIFTED = [
    name
    for name, case in ENDINGS.items()
    if "bowl" not in name
    and case.outcome not in ("climbed", "diverging")
    # 1e-10, the rounding at 1e6, is all that these have ever had.
    and not name.startswith(("saturated", "plateau"))
]


@pytest.mark.parametrize("summand", [1e6, -1e6])
@pytest.mark.parametrize("name", SHIFTED)
def test_a_summand_changes_no_ending(name, summand):
    case = ENDINGS[name]
    assert ended(case, changed(case.objective, 1.0, summand)) is ended(case)


@pytest.mark.parametrize("name", ["saturated", "plateau", "plateau, adam", "valley", "narrow"])
def test_a_summand_that_swallows_the_losses_leaves_the_gradients(name):
    """At 1e10 the losses are rounded to a millionth: gradients alone tell."""
    case = ENDINGS[name]
    assert ended(case, changed(case.objective, 1.0, 1e10)) is ended(case)


@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("field", ["valley", "bowl", "x1**2 + 3*(x2 - 1)**2"])
def test_rmsprop_never_converges_where_its_steps_do_not_end(field, gamma):
    """At no number of steps, though at some of them it happens to stand in the minimum."""
    closest = np.inf
    for steps in range(2, 160, 3):
        batch = run("rmsprop", field, (-5, -2), steps, lr=[0.1, 0.2, 0.25, 0.4], gamma=gamma)
        assert Outcome.CONVERGED not in batch.outcomes
        closest = min(closest, float(batch.losses[-1].min()))
    assert closest < (1e-15 if gamma == 0.9 else 0.1)


def test_what_converges_stays_converged():
    """Once a method with a fixed rate has converged, more steps do not change it."""
    for optimizer, field, hyper in (
        ("sgd", "valley", {"lr": 0.4}),
        ("sgd", "rosenbrock", {"lr": 1e-3}),
        ("momentum", "beale", {"lr": 0.002}),
        ("adagrad", "himmelblau", {"lr": 1.0}),
    ):
        told = [
            run(optimizer, field, None, steps, **hyper).outcome is Outcome.CONVERGED
            for steps in (20, 100, 500, 1500, 5000, 12000)
        ]
        assert told == sorted(told)
        assert told[-1]


def test_converged_is_within_a_thousandth_of_the_way():
    for field in OBJECTIVES.values():
        rate = 0.02 / np.abs(field.gradient(np.array(field.start))).max()
        for steps in (10, 100, 1000, 10000):
            path = run("sgd", field, None, steps, lr=min(rate, 0.1))
            left = path.losses[-1] / path.losses[0]
            if path.outcome is Outcome.CONVERGED:
                assert left <= 2e-6
            else:
                assert left > 1e-12


def test_the_scale_of_an_objective():
    """A quarter of the plane's losses, even on a square, is below half of the mean height."""
    plane = replace(objective("x1 + x2"), view=((0.0, 3.0), (0.0, 4.0)))
    scale = scale_of(plane)
    assert (scale.lowest, scale.reach) == (0.0, 5.0)
    assert scale.usual == pytest.approx(np.sqrt(2 * 0.25 * 12), rel=0.01)
    assert scale_of(OBJECTIVES["bowl"]).lowest == 0
    empty = scale_of(objective("log(x1 - 100)"))
    assert (empty.lowest, empty.usual) == (0, 0)


def test_a_batch_ends_like_its_runs():
    starts = [(0.0, 0.0), (1.0, 0.0), (1.0, 1e-3), (3.0, 3.0)]
    batch = run("sgd", "x1**2 - x2**2", starts, 50, lr=[0.1, 0.4, 0.4, 0.01])
    single = [
        run("sgd", "x1**2 - x2**2", start, 50, lr=lr).outcome
        for start, lr in zip(starts, (0.1, 0.4, 0.4, 0.01), strict=True)
    ]
    assert list(batch.outcomes) == single
