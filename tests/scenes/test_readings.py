"""The numbers on screen are the run's."""

import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import Hyper, Optimizer, Outcome
from engine import State as Kept
from engine import run as descend
from scenes import RunSpec, SweepShot
from scenes.anatomy_state import AnatomyState
from scenes.parts.figures import MINUS, brief, counter, decimals_for, figure, ticks
from scenes.parts.readings import Readings, outcome, sentence
from scenes.parts.scenery import number_typst, tick_text
from scenes.parts.standings import plain
from scenes.parts.telling import told
from scenes.state import LINE, QUICK, State
from scenes.sweep_state import digits_of
from scenes.words import WORDS, steps_made
from tests.scenes.films import FILMS, clock_of, run_of


def number(text):
    return float(text.replace("\u2212", "-"))


def half_unit(text):
    """Half of the last digit's worth, and a hair."""
    mantissa, _, exponent = text.replace("\u2212", "-").partition("e")
    places = len(mantissa.partition(".")[2])
    return 0.5000001 * 10.0 ** (int(exponent or 0) - places)


@pytest.mark.parametrize("spec", FILMS.values(), ids=FILMS)
def test_every_number_shown_is_the_runs_own(spec):
    run, clock = run_of(spec), clock_of(spec)
    readings = Readings(run)
    for frame in np.linspace(0, clock.frames - 1, 60).astype(int):
        state = clock.state(int(frame))
        for row, name in enumerate(readings.names):
            step = state.step + (row < state.fresh and name != "x")
            texts = readings.texts(row, state)
            assert all(len(text) <= 10 for text in texts)
            if step == 0:
                continue
            values = {"x": run.points[1:], "g": run.gradients}.get(name, run.terms.get(name))
            for text, value in zip(texts, values[step - 1], strict=True):
                assert abs(number(text) - value) <= half_unit(text)
                assert value == 0 or number(text) != 0
        loss = readings.loss(state)
        counted = readings.step(state)
        assert abs(number(loss) - run.losses[counted]) <= half_unit(loss)
        assert counted == state.step


@pytest.mark.parametrize("spec", FILMS.values(), ids=FILMS)
def test_where_steps_follow_quickly_all_numbers_are_of_one_step(spec):
    run, clock = run_of(spec), clock_of(spec)
    readings = Readings(run)
    states = [clock.state(frame) for frame in range(clock.frames)]
    quick = [state for state in states if state.kind == QUICK and state.step]
    for state in quick[:: max(len(quick) // 50, 1)]:
        step = readings.step(state)
        assert step == state.step, "until the point has come to the next"
        assert readings.value(0, state) == pytest.approx(run.gradients[step - 1])
        assert readings.value(readings.update, state) == pytest.approx(run.points[step])
        assert readings.effective(state) == pytest.approx(run.effective[step - 1])


def test_a_line_that_has_not_acted_shows_the_last_step():
    spec = FILMS["adam"]
    clock, readings = clock_of(spec), Readings(run_of(spec))
    states = [clock.state(frame) for frame in range(clock.frames)]
    state = next(state for state in states if state.step == 1 and state.acting == 2)
    run = run_of(spec)
    assert readings.value(2, state) == pytest.approx(run.terms["v"][1])
    assert readings.value(3, state) == pytest.approx(run.terms["m_hat"][0])
    assert readings.value(5, state) == pytest.approx(run.points[1])


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sgd", "Diverging: in"),
        ("divergence", "第 603 步发散"),
        ("momentum", "After 300 steps"),
        ("undefined", "no value"),
    ],
)
def test_the_outcome_is_told_in_words(name, says):
    spec = FILMS[name]
    clock = clock_of(spec)
    assert says in sentence(run_of(spec), clock.state(clock.frames - 1), spec.language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_acting_line_is_told_in_the_films_language(language):
    for spec in FILMS.values():
        clock = clock_of(spec)
        told = {
            sentence(run_of(spec), clock.state(frame), language)
            for frame in range(0, clock.frames, 5)
        }
        chinese = re.compile("[\u4e00-\u9fff]")
        assert all(bool(chinese.search(words)) == (language == "zh") for words in told)
        assert not any("{" in words for words in told)


def test_figures():
    assert figure(-0.5) == "−0.5000"
    assert figure(1.234567e-7) == "1.23e−7"
    assert figure(-1.5e154) == "−1.50e154"
    assert figure(-1.2345e-320) == "−1.2e−320"
    assert figure(1.2345e-99) == "1.23e−99"
    assert figure(float("inf")) == "∞"
    assert figure(0.0) == "0.0000"
    assert [counter(v) for v in (999.99994, 1000.25, -1234.5)] == [
        "999.9999",
        "1000.25",
        "−1234.50",
    ]
    assert brief(1.76e4) == "1.76\u00a0×\u00a010⁴"
    assert [brief(value) for value in (1e-6, -1e7, -2e-6)] == [
        "10⁻⁶",
        "−10⁷",
        "−2\u00a0×\u00a010⁻⁶",
    ]
    assert decimals_for([3.0, -120.0]) == 3
    assert ticks(-5.5, 3.0, 8) == [-4.0, -2.0, 0.0, 2.0]
    assert ticks(0.0, 0.0, 5) == []


@example(-0.0)
@example(-1e-300)
@given(st.floats(-1e4, 1e4))
def test_nothing_is_minus_zero(value):
    texts = [figure(value, places) for places in (2, 3, 4)]
    texts += [counter(value), brief(value), brief(value, 2), tick_text(value), plain(value)]
    texts += [number_typst(value).replace("-", MINUS)]
    for low, high in ((-1.0, 1.0), (-500.0, 500.0), (-1e-3, 1e-3)):
        run = RunSpec("sgd", "valley", steps=2)
        texts.append(digits_of(SweepShot(run=run, hyper="lr", stops=(low, high)), value))
    for text in texts:
        mantissa = re.split("[e× ]", text)[0]
        assert not mantissa.startswith(MINUS) or set(mantissa) & set("123456789∞")


OWN = Optimizer(
    name="own",
    title="Own",
    formula="""
s = beta * s + g
s_hat = s * g
u = s_hat / (1 - beta**t)
v = s / (1 - beta**t)
d = v / (sqrt(abs(u)) + 1)
x = x - lr * d
""",
    hyper=(Hyper("lr", 0.1, 0, 1, 0.1), Hyper("beta", 0.5, 0, 1, 0.1)),
    state=(Kept("s"),),
    roles=(("s", "memory"), ("s_hat", "second"), ("u", "first")),
    direction="d",
)


def test_lines_are_told_by_their_formulas_and_counted_as_they_stand():
    made = descend(OWN, "valley", (-5.0, -2.0), 1)
    sheet: Any = SimpleNamespace(run=made, names=Readings(made).names)
    states = [State(LINE, 0, acting=row) for row in range(1, 7)]
    assert [sentence(made, state, "en") for state in states] == [
        "Step 1: gathered gradients",
        "Step 1: line 3 of 7 acts",
        "Step 1: line 4 of 7 acts",
        "Step 1: gathered gradients, corrected",
        "Step 1: the step to take",
        "Step 1: the new point",
    ]
    apart = [AnatomyState(LINE, 0, 7, row=row) for row in range(1, 7)]
    assert [told(sheet, made, state, "en") for state in apart] == [
        "Step 1: gathered gradients, in numbers",
        "Step 1: line 3 of 7 in numbers",
        "Step 1: line 4 of 7 in numbers",
        "Step 1: gathered gradients, corrected",
        "Step 1: the step to take, in numbers",
        "Step 1: the new point, in numbers",
    ]


@pytest.mark.parametrize("name", ["CONVERGED", "FLAT", "FINISHED", "CLIMBED", "DIVERGING"])
@pytest.mark.parametrize(
    ("language", "one", "two"), [("en", "1 step ", "2 steps "), ("zh", "1 步", "2 步")]
)
def test_one_step_is_counted_as_one(name, language, one, two):
    for count, words in ((1, one), (2, two)):
        run: Any = SimpleNamespace(
            outcome=Outcome[name], stopped=None, steps=count, losses=[2.0, 1.0]
        )
        assert words in outcome(run, language)


def test_one_step_of_a_sweep_and_of_a_race_is_counted_as_one():
    for key in ("sweep_now_glide", "sweep_now_settles", "race_steps"):
        words = WORDS["en"][key].format(steps=steps_made(1, "en"), value="1", loss="0")
        assert "1 step" in words
        assert "steps" not in words
