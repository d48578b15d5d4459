"""What a race says: the order of its runs, its protocol, and what is no race."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Outcome, UserError, tune
from scenes import Choice, RaceShot, RunSpec
from scenes.parts.standings import labels, protocol, ranks, status, verdict, wrapped
from tests.scenes.races import BROKEN, SHOTS, STARTS, film, given_lr


def test_the_order_is_that_of_the_final_losses():
    """One step on x1**2 from 4 leads to 4 (1 - 2 lr): losses 0, 4, 4, 16 and 64."""
    shot = given_lr(1.0, 0.25, 0.5, 1.5, 0.75)
    finals = [racer.trajectory.losses[-1] for racer in shot.racers]
    assert finals == [16, 4, 0, 64, 4]
    order, placed = ranks(shot)
    assert placed == [4, 2, 1, 5, 2]
    assert order == [2, 1, 4, 0, 3]
    assert verdict(shot, "en") == "Least loss after step 1: 0, by SGD, η = 0.5."
    tied = given_lr(0.25, 0.75)
    assert "a tie of SGD, η = 0.25 / SGD, η = 0.75." in verdict(tied, "en")


def test_runs_that_break_off_come_last_and_say_so():
    order, placed = ranks(SHOTS["diverging"])
    runs = [racer.trajectory for racer in SHOTS["diverging"].racers]
    assert runs[3].outcome is Outcome.DIVERGED
    assert order[-1] == 3
    assert placed == [2, 1, 3, None]
    broke = runs[3].stopped
    assert status(runs[3], broke - 0.01, "en") == ""
    assert status(runs[3], broke, "en") == f"diverged at step {broke}"
    assert status(runs[3], 40, "zh") == f"第 {broke} 步发散"
    hasty = BROKEN.racers[0].trajectory
    assert ranks(BROKEN)[1][0] is None
    assert status(hasty, 30, "en") == f"broke off at step {hasty.steps + 1}"
    lost = given_lr(0.7, 0.8, objective="valley", steps=3000, start=(-5.0, -2.0))
    assert verdict(lost, "en") == "Every run diverges or breaks off."


def test_the_protocol_is_declared():
    rules = protocol(SHOTS["tuned"], "en")
    assert rules == (
        "same start (−5, −2)",
        "50 steps each",
        "goal: a loss of 0.105 or less, to the end",
        "learning rate η best of 10 trials, first {0.003, 0.01, 0.03, 0.1, 0.3, 1}",
    )
    mixed = RaceShot(
        racers=(SHOTS["tuned"].racers[4], RunSpec("sgd", "valley", None, 50, (("lr", 0.2),))),
        choices=(SHOTS["tuned"].choices[4], None),
    )
    assert protocol(mixed, "en")[3:] == (f"Adam: {rules[3]}", "SGD: η given")
    usual = replace(mixed, racers=(mixed.racers[0], RunSpec("sgd", "valley", None, 50)))
    assert protocol(usual, "en")[4] == "SGD: η at its default"
    assert protocol(STARTS, "zh")[0] == "起点各不相同"
    assert labels(STARTS)[2] == "Adam, (4.5, −5)"
    grid = tuple((np.arange(20) + 1) / 10)
    many = Choice(("lr",), tune("adam", "valley", None, 50, {"lr": grid}, trials=20))
    long = replace(mixed, choices=(many, None))
    assert "20 trials, first 20 values from 0.1 to 2" in protocol(long, "en")[3]


def test_what_lies_at_the_end_of_what_was_tried_is_told_so():
    short = tune("adagrad", "valley", None, 50, {"lr": (0.1, 0.5)}, trials=2)
    assert short.at_end == ("lr",)
    racer = RunSpec("adagrad", "valley", None, 50, (("lr", 0.5),))
    race = RaceShot(racers=(racer, racer), choices=(Choice(("lr",), short),) * 2)
    assert (
        protocol(race, "en")[3]
        == "learning rate η at the end of what 2 trials tried, first {0.1, 0.5}"
    )
    assert "边缘" in protocol(race, "zh")[3]


def test_a_race_that_nobody_finishes_is_told_by_the_loss():
    slow = given_lr(0.01, 0.02, objective="valley", steps=5, start=(-5.0, -2.0))
    loss = slow.racers[1].trajectory.losses[-1]
    assert verdict(slow, "en").startswith("None is at the goal; nearest by loss")
    assert f"{loss:.4g}" in verdict(slow, "en")
    assert ranks(slow)[1] == [2, 1]


def test_racers_are_tuned_by_the_same_number_of_trials():
    first, second = SHOTS["tuned"].racers[:2]
    few = tune("momentum", "valley", None, 50, {"lr": (0.03, 0.1)}, trials=3)
    racers = (first, replace(second, hyper=tuple(few.settings.items())))
    uneven = RaceShot(racers=racers, choices=(SHOTS["tuned"].choices[0], Choice(few.names, few)))
    with pytest.raises(UserError, match="same number of trials, found 10, 3"):
        film(uneven)


@given(st.lists(st.text("ab, {}(5)·梯度，。；", min_size=1, max_size=60), min_size=1, max_size=4))
def test_rules_are_wrapped_without_loss(rules):
    lines = wrapped(rules, "zh", 12.0)
    assert "".join("".join(lines).split()).replace("；", "") == "".join(
        "".join(rules).split()
    ).replace("；", "")


def changed(shot, **of_first):
    first = replace(shot.racers[0], **of_first)
    return replace(shot, racers=(first, *shot.racers[1:]))


@pytest.mark.parametrize(
    ("shot", "named"),
    [
        (RaceShot(), "two to six runs, found 0"),
        (given_lr(*np.linspace(0.1, 0.7, 7).tolist()), "found 7"),
        (replace(SHOTS["tuned"], choices=()), "how its settings were chosen"),
        (changed(SHOTS["tuned"], objective="bowl"), "same objective"),
        (changed(SHOTS["tuned"], steps=49), "same number of steps"),
        (changed(SHOTS["tuned"], hyper=(("lr", 0.1),)), "not the best of its trials"),
        (changed(SHOTS["tuned"], hyper=(("lr", 0.2),)), "not the best of its trials"),
    ],
)
def test_a_wrong_or_dishonest_race_is_refused(shot, named):
    with pytest.raises(UserError, match=named) as fault:
        film(shot)
    assert "\n" not in str(fault.value)
