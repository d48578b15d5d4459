"""How a run ended, told below its table."""

import re

import pytest

from engine import Optimizer, run
from engine.behavior import behavior
from publish.blocks import long_formulas
from publish.numbers import readable
from publish.protocol import protocol
from publish.runtable import ending, outcome_sentence, run_table
from publish.shots import NamedShot
from publish.words_page import WORDS as WORDS_PAGE
from scenes import DescentShot, RaceShot, RunSpec
from scenes.parts.readings import outcome
from scenes.words import WORDS
from tests.engine.rules import MULTIPLES, NONE


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


def test_a_kink_is_told_once_behind_the_outcome():
    trajectory = run("sgd", "sqrt(x1**2 + x2**2)", (1, 0), 6, lr=0.5)
    assert outcome_sentence(trajectory, "en") == (
        "After 6 steps the loss went from 1 to 0, at (0, 0). "
        "At a kink, where the gradient has no value, a subgradient was taken."
    )
    assert outcome_sentence(trajectory, "zh").count("次梯度") == 1
    missed = run("sgd", "sqrt(x1**2 + x2**2)", (1, 0), 6, lr=0.3)
    assert "kink" not in outcome_sentence(missed, "en")


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


def test_one_step_is_one():
    said = [
        outcome_sentence(run("sgd", "bowl", (-5, -2), 1), language) for language in ("en", "zh")
    ]
    assert said[0].startswith("After 1 step the loss went from ")
    assert said[1].startswith("走完 1 步，损失从 ")


@pytest.mark.parametrize(
    ("steps", "english", "chinese"),
    [(1, ", 1 step each. ", "各走 1 步。"), (2, ", 2 steps each. ", "各走 2 步。")],
)
def test_a_protocol_counts_steps(steps, english, chinese):
    racers = tuple(RunSpec(name, "bowl", steps=steps) for name in ("sgd", "adam"))
    shot = RaceShot(racers=racers, choices=(None, None))
    assert english in protocol(shot, "en").terms
    assert chinese in protocol(shot, "zh").terms


def test_a_rule_that_follows_its_gradient_has_no_direction_beside_it():
    table = run_table(run("adagrad", "valley", (-5, -2), 3, lr=0.4))
    words = ["point", "point", "loss", "gradient", "gradient", "effective", "effective"]
    assert [column.word for column in table.columns] == words
    assert {len(row) for row in table.head} == {8}


def test_the_direction_of_a_rule_stands_in_its_table():
    rule = {
        "name": "signum",
        "title": "Signum",
        "formula": "b_mean = beta * b_mean + (1 - beta) * g\nx = x - lr * b_mean",
        "direction": "b_mean",
        "state": {"b_mean": 0.0},
        "roles": {"b_mean": "first"},
        "hyper": {
            "lr": {"default": 0.1, "low": 0, "high": 1, "step": 0.01},
            "beta": {"default": 0.75, "low": 0, "high": 1, "step": 0.01},
        },
    }
    table = run_table(run(Optimizer.from_table(rule), "valley", (-5, -2), 3))
    first, second = table.columns[5:7]
    assert (first.word, first.role, second.role) == ("direction", "first", "first")
    assert first.symbol != second.symbol
    # The gradient of the valley at (−5, −2) is (−1, −8), a quarter of which is the first mean.
    assert table.head[0][6:8] == table.head[0][4:6]
    assert table.head[1][6:8] == ("−0.2500", "−2.0000")


def test_the_symbol_of_a_term_has_its_accent_and_its_coordinate():
    table = run_table(run("adam", "valley", (-5, -2), 3))
    assert [column.word for column in table.columns].count("direction") == 2
    symbol = table.columns[5].symbol
    assert "<mover" in symbol
    assert symbol.endswith("<mn>1</mn></msub></math>")


def headings(optimizer, language):
    """The headings of a run's table as its page shows them, without tags."""
    words = WORDS_PAGE[language]
    found = []
    for column in run_table(run(optimizer, "valley", (-5, 0), 2)).columns:
        word = words[column.word]
        symbol = re.sub("<[^>]*>", "", column.symbol)
        found.append(word.format(symbol=symbol) if "{symbol}" in word else f"{word} {symbol}")
    return found


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("Nesterov as frameworks have it", "effective step on g2", "g2 的有效步长"),
        ("NAdam, of its mean", "effective step on m^2", "m^2 的有效步长"),
        ("lookahead, of its state", "effective step x2", "有效步长 x2"),
        ("the sign", "step / gradient x2", "步长 ÷ 梯度 x2"),
        ("extragradient", "step / gradient x2", "步长 ÷ 梯度 x2"),
    ],
)
def test_the_last_columns_say_what_they_hold(name, english, chinese):
    optimizer = NONE.get(name) or MULTIPLES[name][0]
    assert headings(optimizer, "en")[-1] == english
    assert headings(optimizer, "zh")[-1] == chinese


def test_what_is_not_defined_is_a_dash():
    table = run_table(run(NONE["the sign"], "valley", (-5, 0), 2))
    assert [row[-1] for row in table.head] == ["", "–", "–"]
    assert [row[-2] for row in table.head] == ["", "0.0200", "0.0201"]
    assert readable(float("-inf")) == "−∞"


def test_the_direction_in_a_table_is_the_one_that_was_multiplied():
    table = run_table(run(MULTIPLES["a line of the step before"][0], "valley", (-5, -2), 2))
    # b starts at 1; the first step still has that, the second 0.9 and the gradient -1.
    assert [row[6] for row in table.head] == ["", "1.0000", "−0.1000"]


@pytest.mark.parametrize("more", [1000, 10**6, -(10**6), 10**9])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_losses_that_lie_close_are_told_apart(more, language):
    """On the page, in the film's sentence and in the table's column of losses."""
    known = run("sgd", f"0.001*x1**2 + 0.001*x2**2 + {more}", (-5, -2), 40, lr=10)
    said = re.sub(r"<sup>.*?</sup>", "", str(outcome_sentence(known, "en")))
    first, last = re.findall(r"from (\S+) to (\S+),", said)[0]
    assert first != last
    words = outcome(known, language)
    for loss in (known.losses[0], known.losses[-1]):
        assert any(
            abs(float(number.replace("−", "-")) - loss) < 0.003
            for number in re.findall(r"−?\d+(?:\.\d+)?", words)
        )
    losses = [row[3] for row in run_table(known).head]
    assert len(set(losses)) == len(losses)


def test_a_loss_that_stays_is_told_once():
    known = run("sgd", "x1**2 + x2**2", (-5, -2), 3, lr=0)
    assert "from" not in str(outcome_sentence(known, "en"))
    assert "as it was at the start" in outcome(known, "en")


def test_the_page_has_the_formula_that_a_film_shortens():
    formula = " + ".join(f"(x1 - {k}*x2)**2" for k in range(1, 21))
    usual, long = (
        NamedShot(name, "descent", DescentShot(panes=(RunSpec("sgd", name),)), ("",))
        for name in ("valley", formula)
    )
    assert long_formulas([usual]) == []
    [(title, mathml)] = long_formulas([usual, long])
    assert title == ""
    assert mathml.count("<mn>20</mn>") == 1
    assert mathml.startswith("<math")
