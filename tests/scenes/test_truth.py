"""The number check: it takes what is the run's own, and finds every other number and step."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scenes import timeline
from scenes.anatomy_state import AnatomyState
from scenes.canvas import Shown
from scenes.layout import layers_of
from scenes.parts.figures import figure
from scenes.parts.readings import Readings
from scenes.picture import reel_of
from scenes.race_state import RaceState
from scenes.sweep_state import SweepState
from scenes.truth import agrees, judged, value_of, wrong_numbers
from tests.scenes.films import FILMS, TINY, changed


class Early(Readings):
    """Reads the numbers of the next step."""

    def step_of(self, row, state):
        return state.step + 1


class Stuck(Readings):
    """Shows the first loss for ever, and the first value of every line."""

    def loss(self, state):
        return figure(float(self.run.losses[0]))

    def value(self, row, state):
        return self.run.points[0]


class Ahead(Readings):
    """Counts a step that has not been made."""

    def step(self, state):
        return state.step + 1


@pytest.fixture(scope="module")
def shown():
    """A film's picture in the middle of an explained step, and its state."""
    spec = changed(TINY, explained=2)
    clock = timeline(spec)
    frames = (clock.state(frame) for frame in range(clock.frames))
    moment = next(
        m for m in frames if (m.state.kind, m.state.step, m.state.acting) == ("line", 1, 1)
    )
    with reel_of(spec) as reel:
        reel.show(moment)
        yield reel.canvas, moment.state


@pytest.mark.parametrize(
    ("lies", "expected"),
    [
        (None, None),
        (Early, "Number: x_1 is of step 2, where step 1 is due"),
        (Stuck, "Number: x_1 at step 1 is"),
        (Stuck, "Counter: loss at step 1 is"),
        (Ahead, "Counter: loss is of step 2, where step 1 is due"),
    ],
)
def test_numbers_of_another_step_are_told(shown, monkeypatch, lies, expected):
    canvas, state = shown
    for element in canvas.elements if lies else ():
        if hasattr(element, "readings"):
            monkeypatch.setattr(element, "readings", lies(element.readings.run))
    told = wrong_numbers(layers_of(canvas, state), state)
    assert told == [] if lies is None else any(line.startswith(expected) for line in told)


def test_digits_of_unknown_origin_are_told(shown, monkeypatch):
    canvas, state = shown
    number = next(e for e in canvas.elements if type(e).__name__ == "Number")
    monkeypatch.setattr(number, "numbers", lambda state: [])
    assert any(
        "does not say what it is" in f for f in wrong_numbers(layers_of(canvas, state), state)
    )


def test_a_number_that_is_told_and_not_painted_is_missed(shown, monkeypatch):
    canvas, state = shown
    number = next(e for e in canvas.elements if type(e).__name__ == "Number")
    monkeypatch.setattr(number, "paint", lambda brush, state: None)
    told = [claim.text for claim in number.numbers(state)]
    found = wrong_numbers(layers_of(canvas, state), state)
    assert told
    assert found == [f"Number says that it shows {text!r} and does not" for text in told]


RUN = FILMS["adagrad"].shots[0].runs[0].trajectory


def claim(name, step, index=None):
    """A number of the run that is told as it is."""
    shown = Shown("", RUN, name, step, index)
    value = value_of(shown)
    assert value is not None
    return replace(shown, text=figure(value))


@pytest.mark.parametrize(
    ("shown", "state", "says"),
    [
        (claim("loss", 7), RaceState("run", 7.4), None),
        (claim("loss", 8), RaceState("run", 7.4), "step 7 is due"),
        (claim("distance", 50), RaceState("order", 90.0), None),
        (claim("s", 3, 1), AnatomyState("line", 2, 3, row=1, share=0.9), None),
        (claim("s", 2, 1), AnatomyState("line", 2, 3, row=1, share=0.9), "step 3 is due"),
        (claim("s", 3, 1), AnatomyState("line", 2, 3, row=1, share=0.1), "step 2 is due"),
        (claim("loss", 50), SweepState("rest", "lr", 0.4, 0.1, 0.4), None),
        (claim("loss", 49), SweepState("rest", "lr", 0.4, 0.1, 0.4), "step 50 is due"),
        (claim("loss", 50), SweepState("rest", "lr", 0.3, 0.1, 0.4), "not the setting lr = 0.3"),
        (claim("loss", 50), SweepState("rest", "eps", 0.4, 0.1, 0.4), "not the setting eps = 0.4"),
        (
            replace(claim("lr", 0), text="0.5"),
            SweepState("rest", "lr", 0.4, 0.1, 0.4),
            "lr at step 0 is",
        ),
    ],
)
def test_numbers_of_other_kinds_are_judged_by_their_rules(shown, state, says):
    told = list(judged(shown, state))
    assert told == [] if says is None else len(told) == 1 and says in told[0]


NUMBERS = st.floats(-1e12, 1e12) | st.floats(-1, 1)


@given(NUMBERS, st.integers(2, 4))
def test_a_rounded_number_agrees(value, decimals):
    assert agrees(figure(value, decimals), value)


@given(NUMBERS, st.integers(2, 4))
def test_a_number_that_rounds_to_another_text_does_not_agree(value, decimals):
    text = figure(value, decimals)
    other = value * 1.02 + 0.02
    assume(figure(other, decimals) != text)
    assert not agrees(text, other) or not agrees(figure(other, decimals), value)


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("–", None, True),
        ("0.0000", None, False),
        ("∞", float("inf"), True),
        ("−∞", float("inf"), False),
        ("0.0000", 0.00004, False),
        ("−1.50e154", -1.5e154, True),
        ("1.24", 1.2349, False),
        ("word", 1.0, False),
    ],
)
def test_agreement_by_hand(text, value, right):
    assert agrees(text, value) is right
