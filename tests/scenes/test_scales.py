"""Arrows are as long as what they show, on one scale in a shot, or as is said on screen."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes import AnatomyShot, DescentShot, FilmSpec, RunSpec, timeline
from scenes.layout import Reader, layers_of
from scenes.parts.arrows import StepArrow
from scenes.parts.beside import GhostStep
from scenes.parts.gradients import GradientArrow
from scenes.parts.quantities import Gathered, Spread
from scenes.parts.scales import LONG, MOST, SHORT, magnified, needed
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import GRADIENT, LINE, MOVE, QUICK
from scenes.together import inner
from tests.scenes.films import DRAFT, FILMS, film
from tests.scenes.test_anatomy import PLAIN

START = (-5.0, -2.0)
ADAGRAD = RunSpec("adagrad", "valley", START, 50, (("lr", 0.4),))
TIMES = re.compile(r"[×s] ?(\d+)$")


def descent(*runs, language="en", **changes):
    shot = DescentShot(panes=runs, **{"explained": 2, **changes.pop("shot", {})})
    return FilmSpec("descent", language, (shot,), quality=DRAFT, **changes)


def anatomy(run, steps, without=None, **changes):
    shot = AnatomyShot(run=run, steps=steps, without=without)
    return FilmSpec("anatomy", "en", (shot,), quality=DRAFT, **changes)


def picture(spec):
    """The elements of a film's first shot by their kinds, and the states of its frames."""
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        found = [*dict.fromkeys(inner(element) for element in reel.canvas.elements)]
    return found, [clock.state(frame).state for frame in range(clock.frames)]


def one(found, kind):
    return next(element for element in found if isinstance(element, kind))


def seen(state):
    return state.seen() if hasattr(state, "seen") else state


def way(ends):
    return np.array(ends[1]) - ends[0]


def unit(track):
    return track.plot.at(np.ones(2)) - track.plot.at(np.zeros(2))


@pytest.mark.parametrize("name", ["adadelta", "adagrad", "adam", "momentum", "rmsprop", "sgd"])
def test_where_steps_follow_quickly_the_steps_arrow_is_the_step(name):
    found, states = picture(FILMS[name])
    arrow = one(found, StepArrow)
    pixels = arrow.track.pixels
    quick = [s for s in states if s.kind == QUICK and s.leap == 1 and arrow.whole(s)]
    assert quick, "some quick steps have time for an arrow"
    for state in quick:
        assert way(arrow.whole(state)) == pytest.approx(pixels[state.step + 1] - pixels[state.step])


@pytest.mark.parametrize("name", FILMS)
def test_gradients_of_a_descent_have_one_scale(name):
    """Also where they differ a thousandfold: what is small is small."""
    found, states = picture(FILMS[name])
    arrow, run = one(found, GradientArrow), FILMS[name].shots[0].runs[0].trajectory
    scales = []
    for state in states:
        whole = arrow.whole(replace(state, gradient=1.0, acting=None, moving=0.0))
        if state.step >= run.steps or whole is None:
            continue
        size = np.hypot(*(run.gradients[state.step] * unit(arrow.track)))
        if 0 < size < 1e100 and not (state.slow and state.step in arrow.scales.gradients):
            scales.append(np.hypot(*way(whole)) / size)
    assert len(scales) > 10
    np.testing.assert_allclose(scales, scales[0], rtol=1e-6)


@pytest.mark.parametrize(
    "spec",
    [
        FILMS["adadelta"],
        film("slow", "zh", "adam", "valley", explained=3, steps=20, hyper=(("lr", 0.002),)),
        film("late", "en", "sgd", "bowl", explained=0, steps=40, hyper=(("lr", 0.2),)),
        descent(RunSpec("sgd", "bowl", START, 40, (("lr", 0.2),)), shot={"dwell": (20, 30)}),
        anatomy(RunSpec("sgd", "bowl", START, 40, (("lr", 0.2),)), (1, 12, 25)),
        anatomy(ADAGRAD, (1, 2, 30)),
    ],
    ids=lambda spec: spec.name,
)
@pytest.mark.parametrize("form", STAGES)
def test_a_factor_is_on_screen_as_long_as_it_holds_and_no_longer(spec, form):
    spec = replace(spec, form=form)
    clock = timeline(spec)
    held = 0
    with reel_of(spec) as reel:
        for frame in range(0, clock.frames, 5):
            moment = clock.state(frame)
            state = seen(moment.state)
            words = None
            reel.show(moment)
            for element in (inner(each) for each in reel.canvas.elements):
                if isinstance(element, StepArrow | GradientArrow) and element.reach(state):
                    factor = round(measured(element, reel.canvas, state), 3)
                    if words is None:
                        words = [word.text for _, word in reel.canvas.words(moment.state)]
                    told = {int(found[1]) for word in words if (found := TIMES.search(word))}
                    assert factor == 1 or factor in told, (frame, factor, told)
                    held += factor > 1
            if state.kind == QUICK:
                words = [word.text for _, word in reel.canvas.words(moment.state)]
                assert not any("×" in word for word in words), "nothing is magnified any more"
    assert held or spec.name == "late"


def measured(element, canvas, state):
    """How many times longer an arrow is painted than what it shows."""
    reader = Reader(canvas.background.copy(), canvas.brush.scale)
    element.paint(reader, state)
    drawn, track = reader.drawn, element.track
    if isinstance(element, StepArrow):
        if not drawn.polygons:
            return 1.0
        tip, tail = drawn.polygons[-1][0], drawn.lines[0][0]
        due = np.hypot(*(track.pixels[state.step + 1] - track.pixels[state.step])) * state.leap
    else:
        if not drawn.lines or state.kind == QUICK:
            return 1.0
        tip, tail = drawn.lines[-1][1], drawn.lines[-1][0]
        tail = drawn.lines[-2][0]
        size = element.values[state.step] * unit(track) * element.scales.base
        due = np.hypot(*size) * state.gradient_of(element.row)
    return np.hypot(tip[0] - tail[0], tip[1] - tail[1]) / due


def test_every_step_taken_apart_is_drawn_on_one_scale():
    """AdaGrad's steps 1, 2 and 30: 0.2 x1, 4 x2 and the roots of their sums of squares."""
    found, states = picture(anatomy(ADAGRAD, (1, 2, 30)))
    arrow, area = one(found, GradientArrow), one(found, Spread)
    run = ADAGRAD.trajectory
    lengths, sides = {}, {}
    for step in (1, 2, 30):
        state = next(s for s in states if s.taken_apart == step and s.row == 1 and s.share > 0.95)
        lengths[step] = np.hypot(*way(arrow.whole(seen(state))))
        sides[step] = np.array([area.area(state).width, area.area(state).height])
    scale = np.abs(unit(arrow.track))
    for step in (2, 30):
        expected = np.hypot(*(run.gradients[step - 1] * scale))
        expected /= np.hypot(*(run.gradients[0] * scale))
        assert lengths[step] / lengths[1] == pytest.approx(expected, rel=1e-6)
        roots = np.sqrt(run.terms["s"][step - 1] / run.terms["s"][0])
        assert sides[step] / sides[1] == pytest.approx(roots, rel=1e-6)
    assert lengths[30] < 0.06 * lengths[1]
    assert sides[1][1] == pytest.approx(8 * sides[1][0])
    assert lengths[1] == pytest.approx(np.hypot(*sides[1])), "the roots are those of its squares"


@pytest.mark.parametrize("optimizer", ["momentum", "rmsprop", "adadelta", "adam"])
@pytest.mark.parametrize("form", STAGES)
def test_what_is_gathered_has_the_scale_of_the_gradients(optimizer, form):
    hyper = (("lr", 0.005),) if optimizer == "momentum" else ()
    run = RunSpec(optimizer, "himmelblau", (-4.0, -1.0), 20, hyper)
    spec = anatomy(run, (1, 3, 9), form=form)
    found, states = picture(spec)
    arrow, run = one(found, GradientArrow), spec.shots[0].run.trajectory
    scales = set()
    for state in states:
        ends = arrow.whole(seen(state))
        if state.taken_apart is None or ends is None or seen(state).gradient_of(0) < 1:
            continue
        size = run.gradients[state.step] * unit(arrow.track)
        more = arrow.scales.gradients.get(state.step, 1)
        scales.add(round(float(np.hypot(*way(ends)) / np.hypot(*size)) / more, 9))
    assert len(scales) == 1
    [scale] = scales
    for part in (each for each in found if isinstance(each, Gathered | Spread)):
        last = part.own[-1]
        state = next(s for s in states if s.taken_apart == 3 and s.row == last and s.share > 0.95)
        values = run.terms[part.sheet.names[last]][2]
        squares = isinstance(part, Spread)
        tip = part.measure.tip(2, values, squares=squares)
        size = np.sqrt(values) if squares else np.abs(values)
        drawn = np.abs(np.array(tip) - part.track.pixels[2])
        more = arrow.scales.gradients.get(2, 1)
        assert drawn == pytest.approx(size * np.abs(unit(part.track)) * scale * more, rel=1e-6)
        look = part.look(state)
        assert look is not None
        assert look.values == pytest.approx(tuple(values))


def test_the_other_runs_step_is_magnified_with_this_one_and_says_so():
    own = RunSpec("adam", "valley", START, 12, (("lr", 0.02),))
    other = RunSpec(PLAIN, "valley", START, 12, (("lr", 0.02),), label="plain")
    spec = anatomy(own, (1, 2), other)
    found, states = picture(spec)
    ghost, arrow = one(found, GhostStep), one(found, StepArrow)
    state = next(s for s in states if s.kind == "leap" and s.leap == s.beside == 1)
    factor = arrow.scales.steps[0]
    assert factor > 1
    pixels = ghost.beside.pixels
    assert way(ghost.ends(state)) == pytest.approx(factor * (pixels[1] - pixels[0]))
    assert ghost.sign(state)[0].word.text == f"plain ×{factor}"
    last = states[-1]
    assert way(ghost.ends(last)) == pytest.approx(pixels[2] - pixels[1])
    assert ghost.sign(last)[0].word.text == "plain"


def test_runs_side_by_side_have_the_same_scales():
    runs = [RunSpec("adam", "valley", START, 12, (("lr", lr),)) for lr in (0.002, 0.004)]
    found, states = picture(descent(*runs))
    arrows = [element for element in found if isinstance(element, StepArrow)]
    assert len({id(arrow.scales) for arrow in arrows}) == 1
    state = next(s for s in states if s.kind == LINE and s.leap == 1 and s.step == 0)
    one_way, other = (way(arrow.whole(state)) for arrow in arrows)
    assert np.hypot(*one_way) / np.hypot(*other) == pytest.approx(0.5, rel=0.01)


def test_an_arrow_that_leaves_the_picture_does_not_end_at_its_border():
    spec = film("out", "en", "sgd", "valley", explained=9, steps=300, hyper=(("lr", 0.7),))
    clock = timeline(spec)
    moments = [clock.state(frame) for frame in range(clock.frames)]
    with reel_of(spec) as reel:
        reel.show(moments[0])
        arrow = one([inner(each) for each in reel.canvas.elements], StepArrow)
        full = [m for m in moments if m.state.kind == LINE and m.state.leap == 1]
        leaves = [m for m in full if arrow.reach(m.state)]
        moment = next(m for m in leaves if not arrow.track.inside(arrow.whole(m.state)[1]))
        reel.show(moment)
        layer = next(
            layer
            for layer in layers_of(reel.canvas, moment.state).layers
            if inner(layer.element) is arrow
        )
    tip, field = layer.drawn.polygons[-1][0], arrow.track.field
    assert tip[1] < field.top - 30 or tip[1] > field.bottom + 30, "its head is outside"
    assert layer.ink.any()


SIZES = st.floats(1e-3, 1e3)


@given(SIZES)
def test_a_factor_is_round_and_the_least_that_is_enough(length):
    factor = needed(length)
    assert re.fullmatch("[125]0*", str(factor))
    assert factor * length >= SHORT or (factor == 1 and MOST * length < SHORT)
    smaller = {"1": factor / 2, "2": factor / 2, "5": factor / 2.5}[str(factor)[0]]
    assert factor == 1 or smaller * length < SHORT


@given(st.dictionaries(st.integers(0, 30), SIZES, max_size=6))
def test_magnified_arrows_have_one_factor_where_it_serves_all(lengths):
    found = magnified(lengths)
    assert found.keys() == {step for step, length in lengths.items() if needed(length) > 1}
    assert all(factor * lengths[step] >= SHORT for step, factor in found.items())
    most = max(found.values(), default=1)
    if all(most * lengths[step] <= LONG for step in found):
        assert len(set(found.values())) <= 1


def test_a_step_of_no_length_and_one_too_small_to_show_are_left_alone():
    assert [needed(length) for length in (0.0, SHORT, SHORT / MOST, SHORT / MOST / 1.01)] == [
        *(1, 1, MOST, 1)
    ]


def test_slow_steps_show_their_arrows_whatever_the_size():
    """What is explained is seen: the arrows of every slow step are long enough or to scale."""
    spec = descent(
        RunSpec("sgd", "bowl", START, 40, (("lr", 0.1),)), shot={"dwell": (12, 25), "explained": 1}
    )
    found, states = picture(spec)
    arrow, step = one(found, GradientArrow), one(found, StepArrow)
    for made in (0, 11, 24):
        state = next(
            s for s in states if s.step == made and s.kind == LINE and s.leap == s.gradient == 1
        )
        assert np.hypot(*way(arrow.whole(state))) >= SHORT - 1e-9
        assert np.hypot(*way(step.whole(state))) >= SHORT - 1e-9
    assert {state.kind for state in states} >= {GRADIENT, LINE, MOVE, QUICK}
