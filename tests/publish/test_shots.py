"""Films of shots: what lesson files say, and what becomes of it."""

import math

import pytest

from engine import run
from publish.plan import films
from scenes import Choice, RunSpec
from tests.publish.filming import LECTURE, RACE, film, on_valley


def settings(spec: RunSpec):
    made = spec.trajectory
    return made.optimizer.name, made.objective.name, spec.start, spec.steps, dict(spec.hyper)


def test_three_lines_make_a_descent(specs):
    [spec] = specs(film('optimizer = "adagrad"'))
    [shot] = spec.shots
    assert (spec.title, spec.pace, spec.theme, spec.form) == ("AdaGrad", 1.0, "dark", "wide")
    assert (shot.kind, shot.explained, shot.title) == ("descent", 3, "")
    assert settings(shot.panes[0]) == ("adagrad", "valley", (-5.0, -2.0), 50, {})


def test_a_start_is_by_default_the_objectives(specs):
    [spec] = specs(film('optimizer = "sgd"', 'objective = "rosenbrock"', "hyper = { lr = 0.001 }"))
    assert spec.shots[0].runs[0].start == (-1.2, 1.0)


def test_three_lines_make_an_anatomy(specs):
    [spec] = specs(film('kind = "anatomy"', 'optimizer = "adam"'))
    [shot] = spec.shots
    assert (shot.kind, shot.steps, shot.without, shot.run.steps) == ("anatomy", (1, 2), None, 50)


def test_an_anatomy_takes_no_step_apart_that_is_not_made(specs):
    [spec] = specs(film('kind = "anatomy"', 'optimizer = "adam"', "steps = 1"))
    assert spec.shots[0].steps == (1,)


@pytest.mark.parametrize(
    ("lines", "stops", "log"),
    [
        (['optimizer = "sgd"'], (0.006, 0.06, 0.6), True),
        (['optimizer = "adam"', 'sweep = "beta1"'], (0.0, 0.4995, 0.999), False),
        (['optimizer = "adam"', 'sweep = "eps"'], (1e-12, 1e-6, 1.0), True),
        (['optimizer = "sgd"', "stops = [0.4, 0.1, 0.6]"], (0.4, 0.1, 0.6), False),
        (['optimizer = "sgd"', "stops = [0.1, 0.4]", "log = true"], (0.1, 0.4), True),
        (['optimizer = "sgd"', "log = false"], (0.006, 0.06, 0.6), False),
    ],
)
def test_the_stops_of_a_sweep(specs, lines, stops, log):
    [spec] = specs(film('kind = "sweep"', *lines))
    assert spec.shots[0].stops == pytest.approx(stops, rel=1e-12)
    assert spec.shots[0].log is log


def test_a_race_declares_how_each_rate_was_chosen(specs):
    [spec] = specs(RACE)
    [shot] = spec.shots
    losses = tuple(on_valley(lr, 20)[2] for lr in (0.1, 0.3, 0.6))
    assert [settings(racer)[-1] for racer in shot.racers] == [{"lr": 0.3}, {}, {"lr": 0.6}]
    assert {racer.steps for racer in shot.racers} == {20}
    best, default, given = shot.choices
    assert best.search.grids == ((0.1, 0.3, 0.6),)
    tried = [trial.finish.loss for trial in best.search.trials]
    assert tried == pytest.approx(losses, rel=1e-9)
    assert min(losses) == losses[1]
    assert (best.names, default, given) == (("lr",), None, Choice(("lr",)))
    assert spec.title == ""


def test_races_inherit_racers_and_one_grid_for_all(specs):
    [spec] = specs(
        film(
            "best_of = [0.1, 0.3]",
            "trials = 2",
            'racers = [{ optimizer = "sgd" }, { optimizer = "adam", lr = 0.5 }]',
            "[[films.shots]]",
            'kind = "race"',
            "steps = 20",
            "[[films.shots]]",
            'kind = "race"',
            'name = "bowl"',
            'objective = "bowl"',
            "best_of = [0.5, 0.2]",
        )
    )
    first, second = spec.shots
    assert [dict(racer.hyper) for racer in first.racers] == [{"lr": 0.3}, {"lr": 0.5}]
    tried = [trial.finish.loss for trial in first.choices[0].search.trials]
    assert tried == pytest.approx([on_valley(lr, 20)[2] for lr in (0.1, 0.3)])
    # On x1² + x2² a rate of one half leads to the minimum in one step.
    assert second.choices[0].search.grids == ((0.2, 0.5),)
    assert second.racers[0].trajectory.losses[1] == 0
    assert second.choices[1] == Choice(("lr",))


def test_the_best_of_any_setting_with_the_others_as_they_are(specs):
    [spec] = specs(
        film(
            'kind = "race"',
            'optimizer = "adam"',
            "hyper = { lr = 0.5 }",
            "racers = [{ hyper = { beta1 = { best_of = [0, 0.9] } } }, { }]",
        )
    )
    [shot] = spec.shots
    search = shot.choices[0].search
    assert (search.names, search.grids, len(search.trials)) == (("beta1",), ((0.0, 0.9),), 10)
    for trial in search.trials[:2]:
        made = run("adam", "valley", lr=0.5, beta1=trial.values[0])
        assert trial.finish.loss == pytest.approx(made.losses[-1], rel=1e-12)
    assert dict(shot.racers[0].hyper) == {"lr": 0.5, **search.settings}


def test_racers_are_tuned_over_several_settings_with_as_many_trials_as_others(specs):
    [spec] = specs(
        film(
            'kind = "race"',
            "trials = 14",
            "tolerance = 0.05",
            "racers = [",
            '  { optimizer = "sgd", lr = { best_of = [0.1, 0.3] } },',
            '  { optimizer = "momentum", lr = { best_of = [0.1, 0.3] }, '
            "hyper = { momentum = { best_of = [0, 0.5, 0.9] } } },",
            "]",
        )
    )
    [shot] = spec.shots
    one, two = (choice.search for choice in shot.choices)
    assert (one.names, two.names) == (("lr",), ("lr", "momentum"))
    assert len(one.trials) == len(two.trials) == 14
    assert two.begun == 6
    assert dict(shot.racers[1].hyper) == two.settings
    assert shot.ranking.aim.loss == pytest.approx(0.05 * 10.5)


def test_shots_inherit_the_film_and_override_it(specs):
    [spec] = specs(LECTURE)
    anatomy, descent, sweep = spec.shots
    assert settings(anatomy.run) == ("adam", "valley", (-5.0, -2.0), 30, {"lr": 0.5})
    assert (anatomy.steps, anatomy.highlight) == ((2, 5), ("m_hat",))
    assert settings(descent.panes[0])[3:] == (12, {"lr": 0.5, "beta1": 0.5})
    assert (descent.explained, descent.dwell) == (1, (9,))
    assert (sweep.hyper, sweep.stops, sweep.run) == ("beta1", (0.9, 0.0, 0.99), anatomy.run)
    assert (spec.title, spec.pace, spec.theme, spec.form) == ("All of Adam", 1.5, "light", "tall")
    assert [shot.title for shot in spec.shots] == ["Steps taken apart", "The descent", "Mem"]


def test_the_run_beside_an_anatomy_has_the_same_settings(specs):
    [spec] = specs(LECTURE)
    without = spec.shots[0].without.trajectory
    assert (without.optimizer.name, without.requested) == ("raw", 30)
    assert without.hyper == {"lr": 0.5, "beta1": 0.9, "beta2": 0.999}
    # Uncorrected, the first step is 0.1 g / (√0.001 |g| + ε) times the rate.
    assert without.points[1][0] == pytest.approx(-5 + 0.5 * 0.1 / math.sqrt(0.001), rel=1e-4)


def test_the_run_beside_may_have_a_name(write):
    named = '{ optimizer = "raw", label = { en = "no hats", zh = "不戴帽" } }'
    toml = film('kind = "anatomy"', 'optimizer = "adam"', f"without = {named}")
    beside = {made.language: made.spec.shots[0].runs[1] for made in films(write(toml))}
    assert {run.trajectory.optimizer.name for run in beside.values()} == {"raw"}
    assert {language: run.label for language, run in beside.items()} == {
        "en": "no hats",
        "zh": "不戴帽",
    }


def test_hyper_belongs_to_its_optimizer_and_a_start_to_its_objective(specs):
    [spec] = specs(
        film(
            'optimizer = "adam"',
            "start = [-4, -1]",
            "hyper = { lr = 0.5, beta1 = 0.5 }",
            'shots = [{ optimizer = "sgd", name = "a" }, { objective = "himmelblau", name = "b" },',
            '  { optimizer = "adam", objective = "valley", name = "c" }]',
        )
    )
    first, second, third = (settings(shot.runs[0]) for shot in spec.shots)
    assert first == ("sgd", "valley", (-4.0, -1.0), 50, {})
    assert second == ("adam", "himmelblau", (-0.15, 0.67), 50, {"lr": 0.5, "beta1": 0.5})
    assert third == ("adam", "valley", (-4.0, -1.0), 50, {"lr": 0.5, "beta1": 0.5})
    assert spec.title == ""


def test_panes(specs):
    [spec] = specs(
        film(
            'optimizer = "adam"',
            'panes = [{ objective = "bowl" },',
            '  { start = [1, 1], label = { en = "near", zh = "近" } }]',
        )
    )
    first, second = spec.shots[0].panes
    assert settings(first)[1:3] == ("bowl", (-5.0, -2.0))
    assert (second.objective.name, second.start, second.label) == ("valley", (1.0, 1.0), "near")
