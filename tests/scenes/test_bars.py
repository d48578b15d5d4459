"""The bars of the effective step: what they say they show, and numbers of every kind."""

from dataclasses import replace

import numpy as np
import pytest

from engine import run
from scenes import DescentShot, FilmSpec, RunSpec, timeline
from scenes.brush import Brush
from scenes.kit import Kit
from scenes.layout import faults, layers_of
from scenes.parts.bars import Bar, bar_scale, paint_bars_ground
from scenes.parts.readings import Readings
from scenes.picture import reel_of
from scenes.stage import BARS_HEIGHT, STAGES, Box
from scenes.state import QUICK, State
from scenes.truth import wrong_numbers
from tests.engine.rules import MULTIPLES, NONE, rule
from tests.scenes.films import DRAFT, film

BOX = Box(0, 0, 560, BARS_HEIGHT)


def kit_of(optimizer, language="en", start=(-5.0, -2.0), **changes):
    """The kit of a film of the optimizer in the valley."""
    spec = RunSpec(optimizer, "valley", start, 40, **changes)
    shot = DescentShot(panes=(spec,))
    return Kit.of(FilmSpec("x", language, (shot,), quality=DRAFT), shot)


def heading(kit):
    """What stands above the bars, from the left."""
    brush = Brush(np.zeros((200, 700, 4), np.uint8), 1.0)
    paint_bars_ground(kit, bar_scale([kit.run]), BOX, brush)
    words = [word for word in brush.words if word.box.bottom < 40]
    assert max(word.box.right for word in words) <= BOX.right
    assert words == sorted(words, key=lambda word: word.box.left)
    return " ".join(word.text for word in words)


@pytest.mark.parametrize(
    ("optimizer", "english", "chinese"),
    [
        ("sgd", "effective step per coordinate", "各坐标的有效步长"),
        ("adam", "effective step per coordinate", "各坐标的有效步长"),
        (
            MULTIPLES["Nesterov as frameworks have it"][0],
            "effective step on {{ g_t : g }}",
            "{{ g_t : g }} 的有效步长",
        ),
        (
            MULTIPLES["NAdam, of its mean"][0],
            "effective step on {{ hat(m)_t : m-hat }}",
            "{{ hat(m)_t : m-hat }} 的有效步长",
        ),
        (
            MULTIPLES["a line of the step before"][0],
            "effective step on {{ b_(t - 1) : b }}",
            "{{ b_(t - 1) : b }} 的有效步长",
        ),
        (NONE["extragradient"], "step / gradient per coordinate", "各坐标的步长 ÷ 梯度"),
    ],
)
def test_the_heading_says_what_the_bars_show(optimizer, english, chinese):
    assert heading(kit_of(optimizer)) == english
    assert heading(kit_of(optimizer, "zh")) == chinese


def painted(kit, state, index=0):
    """Where a bar is painted, in columns of its track, and the number beside it."""
    scale = bar_scale([kit.run])
    bar = Bar(kit, Readings(kit.run), scale, BOX, index)
    pixels = np.zeros((200, 700, 4), np.uint8)
    bar.paint(Brush(pixels, 1.0), state)
    track = bar.track
    row = pixels[round(bar.middle), round(track.left) : round(track.right), :3]
    return np.flatnonzero(row.any(axis=1)) / track.width, bar.words(state)[0].text


def after(step):
    """The state when ``step`` steps have just been made."""
    return State(QUICK, step - 1, moving=1.0, fresh=99)


def test_a_bar_begins_at_0():
    columns, text = painted(kit_of("sgd", hyper=(("lr", 0.3),)), after(2))
    assert (columns[0], text) == (pytest.approx(0, abs=0.01), "0.3000")
    assert columns[-1] == pytest.approx(1, abs=0.01)
    columns, text = painted(kit_of(MULTIPLES["lookahead, of its state"][0]), after(2))
    assert text == "−1.0000"
    assert len(columns) / 332 == pytest.approx(1, abs=0.02)


def test_bars_of_both_signs_go_both_ways():
    kit = kit_of(NONE["momentum whose direction nobody told"])
    scale, quotients = bar_scale([kit.run]), kit.run.effective[:, 1]
    zero = scale(0.0)
    assert 0.1 < zero < 0.9
    signs = set()
    for step in range(1, 41):
        columns, _ = painted(kit, after(step), 1)
        value = quotients[step - 1]
        if abs(scale(value) - zero) > 0.02:
            signs.add(value > 0)
            assert columns[0 if value > 0 else -1] == pytest.approx(zero, abs=0.01)
            assert columns[-1 if value > 0 else 0] == pytest.approx(scale(value), abs=0.01)
    assert signs == {True, False}


def test_without_a_number_there_is_no_bar_and_a_dash():
    kit = kit_of(NONE["the sign"], start=(-5.0, 0.0))
    columns, text = painted(kit, after(3), 1)
    assert (columns.size, text) == (0, "–")
    assert painted(kit, after(3), 0)[0].size > 0


def test_one_number_far_beyond_the_others_does_not_take_their_room():
    kit = kit_of(NONE["the sign"], hyper=(("lr", 0.1),))
    run, scale = kit.run, bar_scale([kit.run])
    assert np.nanmax(run.effective) > 1e10
    usual = [scale(float(value)) for value in run.effective[:15].ravel()]
    assert np.ptp(usual) > 0.25
    far = int(np.nanargmax(run.effective[:, 1])) + 1
    whole, _ = painted(kit, after(far), 1)
    near = painted(kit, after(1), 1)[0]
    assert whole[-1] > near[-1]
    # A bar that is cut shows its ground in two gaps near its end.
    gaps = np.flatnonzero(np.diff(whole) > 1.5 / 332)
    assert np.diff(near).max(initial=0) < 1.5 / 332
    assert len(gaps) <= 2


@pytest.mark.parametrize(("form", "language"), [("wide", "zh"), ("tall", "en")])
@pytest.mark.parametrize(
    "optimizer",
    [
        MULTIPLES["Nesterov as frameworks have it"][0],
        NONE["the sign"],
        NONE["extragradient"],
        MULTIPLES["heavy ball by its step"][0],
    ],
    ids=["sum", "sign", "extragradient", "heavy ball"],
)
def test_films_of_such_rules_are_laid_out_well_and_tell_the_truth(optimizer, language, form):
    spec = film("own", language, optimizer, "valley", steps=12, start=(0.0, -2.0), explained=1)
    spec = replace(spec, form=form)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for share in (0.1, 0.3, 0.7, 1.0):
            moment = clock.state(round(share * (clock.frames - 1)))
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            wrong = faults(reel.canvas, layers, STAGES[form])
            assert not wrong + wrong_numbers(layers, moment.state), share


def test_two_panes_of_such_rules_are_laid_out_well():
    for optimizer in (MULTIPLES["NAdam, of its mean"][0], NONE["the sign"]):
        panes = tuple(RunSpec(optimizer, field, steps=20) for field in ("valley", "bowl"))
        spec = FilmSpec("pair", "en", (DescentShot(panes=panes),), quality=DRAFT)
        moment = timeline(spec).state(200)
        with reel_of(spec) as reel:
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            wrong = faults(reel.canvas, layers, STAGES["wide"])
            assert not wrong + wrong_numbers(layers, moment.state)


def test_a_rule_that_mostly_rests_shows_the_steps_it_makes():
    # A step is made where lr g is beyond 0.02: the first of x2, none of x1.
    rests = rule("d = lr*g\nx = x - 20*maximum(abs(d) - 0.02, 0)*sign(d)", lr=0.02)
    made = run(rests, "valley", (-4, -0.6), 12)
    scale = bar_scale([made])
    assert np.median(made.effective) == 0
    assert scale(float(made.effective.max())) == 1


def test_a_scale_of_nothing_is_a_scale():
    still = run(rule("x = x - 0.1*sign(g)"), "valley", (0, 0), 3)
    scale = bar_scale([still])
    assert (scale.low, scale.high, scale.log) == (0, 1, False)


def test_readings_before_the_first_step_are_the_start():
    made = run(MULTIPLES["heavy ball by its step"][0], "valley", (-5, -2), 3)
    readings = Readings(made)
    row = readings.names.index("p")
    assert readings.texts(row, State("intro", 0)) == ("−5.0000", "−2.0000")
