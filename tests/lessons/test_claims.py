"""What the lessons say in words is what the runs say: numbers of the prose, worked out here."""

import re
from pathlib import Path

import numpy as np
import pytest

from engine import run, tune
from publish.course import load_course
from scenes import RaceShot, SweepShot

LESSONS = Path(__file__).parents[2] / "lessons"
GRID = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
RACERS = ("sgd", "momentum", "adagrad", "rmsprop", "adam")


@pytest.fixture(scope="module")
def course():
    return load_course(LESSONS)


def prose(lesson):
    """The texts of a lesson in all its languages."""
    return [
        path.read_text(encoding="utf-8").replace("−", "-")
        for path in sorted((LESSONS / lesson).glob("*.md"))
    ]


def says(lesson, *parts):
    """Every language has all parts, in this order, within one paragraph."""
    wanted = re.compile(r"[^\n]*?".join(r"(?<![\d.])" + re.escape(p) for p in parts))
    texts = prose(lesson)
    assert texts
    for text in texts:
        assert wanted.search(text), f"{lesson} does not say {parts}"


def race(start):
    """Who comes to the goal on Rosenbrock's valley from a start, by step; the loss of the rest."""
    reached, losses = {}, {}
    for name in RACERS:
        tuned = tune(name, "rosenbrock", start, 200, {"lr": GRID}, trials=20)
        losses_of = run(name, "rosenbrock", start, 200, **tuned.settings).losses
        level = 0.01 * losses_of[0]
        steps = [step for step in range(201) if (losses_of[step:] <= level * 1.005).all()]
        if steps:
            reached[name] = steps[0]
        else:
            losses[name] = float(losses_of[-1])
    return dict(sorted(reached.items(), key=lambda item: item[1])), losses


def test_the_race_from_other_starts():
    reached, losses = race((0.0, 0.0))
    assert list(reached) == ["momentum", "adam"]
    says("adam", "(0, 0)", str(reached["momentum"]), str(reached["adam"]))
    reached, losses = race((-1.0, 1.5))
    assert next(iter(reached)) == "sgd"
    says("adam", "(-1, 1.5)", str(reached["sgd"]), f"{losses['adagrad']:.1f}")


def test_momentum_tuned_in_both_its_settings():
    one = tune("momentum", "valley", (-5, -2), 50, {"lr": GRID}, trials=20)
    both = tune(
        "momentum",
        "valley",
        (-5, -2),
        50,
        {"lr": (0.05, 0.1, 0.2, 0.5), "momentum": (0, 0.5, 0.9)},
        trials=20,
    )
    steps = [min(t.finish.reached or 99 for t in found.trials) for found in (both, one)]
    says("adam", "`momentum`", str(steps[0]), str(steps[1]))


def test_no_choice_of_the_race_lies_at_an_end_and_no_rank_is_unknown(course):
    races = [
        named.shot
        for lesson in course.lessons
        for film in lesson.films
        for named in course.direction(lesson, film, "en").shots
        if isinstance(named.shot, RaceShot)
    ]
    assert races
    for shot in races:
        searches = [choice.search for choice in shot.choices if choice and choice.search]
        assert len(searches) == len(shot.racers)
        assert [search.at_end for search in searches] == [()] * len(searches)
        assert {len(search.trials) for search in searches} == {20}
        assert None not in shot.ranking.ranks


def test_a_single_gradient_moves_adam_by_so_much_in_all():
    """After a long silence: m = 0.1 g, v = 0.001 g², then nothing; corrections are 1 by then."""
    later = np.arange(20_000)
    steps = 0.1 * 0.9**later / np.sqrt(0.001 * 0.999**later)
    says("adam", f"{steps[0]:.2f}", f"{steps.sum():.1f}")


def test_what_a_rate_of_momentum_is_worth():
    """A steady gradient of 1: the step tends to lr / (1 - momentum)."""
    steps = run("momentum", "x1 + 0*x2", (0.0, 0.0), 300, lr=0.01, momentum=0.9).points[:, 0]
    assert np.diff(steps)[-1] == pytest.approx(-0.01 * 10, rel=1e-9)
    for text in prose("adam"):
        assert "1 \\/ (1 - mu)" in text


def test_adagrad_holds_its_steep_start_against_a_coordinate():
    made = run("adagrad", "valley", (-5, -2), 50, lr=0.4)
    sums, slopes = made.terms["s"][:, 1], np.abs(made.gradients[:, 1])
    says("adagrad", "0.4", f"{sums[9]:.0f}", f"{slopes[9]:.1f}")
    assert 14.5 < np.sqrt(sums[9]) < 15


def test_rmsprop_bounces_back_within_its_film(course):
    """The film goes on until the bouncing that its captions announce is seen."""
    made = run("rmsprop", "valley", (-5, -2), 200, lr=0.2)
    assert made.losses[50] < 1e-9
    assert made.losses[75] > 5e-3
    says("adadelta", "200", f"{made.losses[200]:.3f}")
    [film] = [
        film
        for lesson in course.lessons
        for film in lesson.films
        if (lesson.name, film.name) == ("adadelta", "rmsprop")
    ]
    assert film.steps >= 150
    assert made.losses[film.steps] > 0.01


def test_captions_of_a_sweep_tell_the_numbers_that_are_on_screen(course):
    """A sweep shows the end of each run: no caption names a loss of another step."""
    for lesson in course.lessons:
        for film in lesson.films:
            shots = course.direction(lesson, film, "en").shots
            if any(isinstance(named.shot, SweepShot) for named in shots):
                for text in lesson.texts.values():
                    [tag] = [t for t in text.tags if (t.name, t.target) == ("film", film.name)]
                    for row in tag.rows:
                        assert not re.search(r"\{stop\d+\.loss\[", row.text), row.text
