"""How a run ended, told below its table."""

import re

import pytest

from engine import run
from engine.behavior import behavior
from publish.runtable import ending, outcome_sentence
from scenes.parts.readings import outcome
from scenes.words import WORDS


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "After 50 steps the loss went from 10.5 to 0.1375, at (−1.172, −0.005686)."),
        ("zh", "走完 50 步，损失从 10.5 降到 0.1375，停在 (−1.172, −0.005686)。"),
    ],
)
def test_a_finished_run_tells_the_loss_before_and_after(language, sentence):
    told = outcome_sentence(run("adagrad", "valley", (-5, -2), 50, lr=0.4), language)
    assert told == sentence


def test_a_break_is_counted_as_the_step_that_broke():
    trajectory = run("sgd", "rosenbrock", (-5, -2), 50, lr=0.4)
    assert trajectory.message.startswith(f"diverged at step {len(trajectory.gradients) + 1}:")
    told = outcome_sentence(trajectory, "en")
    assert told.startswith(f"Diverged at step {len(trajectory.gradients) + 1}:")


def test_a_small_loss_is_told_with_a_raised_exponent():
    told = outcome_sentence(run("adam", "valley", (-5, -2), 300, lr=0.5, beta1=0.5), "en")
    assert told.startswith("Converged: after 300 steps, at (−3.71×10<sup>−44</sup>, ")


def test_a_step_to_where_the_formula_has_no_value_is_told():
    told = outcome_sentence(run("sgd", "log(x1)", (0.1, 0), 5, lr=0.4), "en")
    assert told == (
        "Broke off at step 1: the formula has no value there. The last point is (0.1, 0)."
    )


@pytest.mark.parametrize(
    ("case", "english", "chinese"),
    [
        (("valley", (-5, -2), 50, 0.6), "diverg", "发散"),
        (("valley", (-5, -2), 700, 0.6), "diverg", "发散"),
        (("bowl", (3, 4), 1, 1.5), "climb", "反升"),
        (("log(x1)", (0.1, 0), 5, 0.4), "bro?e?a?k", "中断"),
    ],
)
def test_one_run_is_called_by_one_word_wherever_it_is_shown(case, english, chinese):
    objective, start, steps, lr = case
    trajectory = run("sgd", objective, start, steps, lr=lr)
    for language, word in (("en", english), ("zh", chinese)):
        told = [
            outcome_sentence(trajectory, language),
            ending(trajectory, language),
            outcome(trajectory, language),
            WORDS[language][f"sweep_{behavior(trajectory).value}"],
        ]
        assert [bool(re.search(word, text.lower())) for text in told] == [True] * 4, told
    assert re.search(english, trajectory.message)


def test_a_run_that_only_ended_did_not_diverge_at_its_last_step():
    trajectory = run("sgd", "bowl", (1, 1), 300, lr=2.0)
    told = [trajectory.message, outcome_sentence(trajectory, "en"), outcome(trajectory, "en")]
    assert not [text for text in told if "at step" in text]
    assert all("300 steps" in text for text in told)
