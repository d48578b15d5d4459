"""Gradients in films: each arrow, row and word is of the point at which the rule takes it."""

from dataclasses import replace

import numpy as np
import pytest

from engine import run
from scenes import AnatomyShot, DescentShot, FilmSpec, RunSpec, SweepShot, timeline
from scenes.layout import Reader, faults, layers_of
from scenes.parts.components import Component
from scenes.parts.gradients import GradientArrow
from scenes.parts.highlight import Highlight
from scenes.parts.panel import Number
from scenes.parts.readings import sentence
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import GRADIENT, LINE, MOVE, QUICK, State
from scenes.together import apart, inner
from scenes.truth import wrong_numbers
from tests.scenes.films import DRAFT
from tests.scenes.rules import ELSEWHERE

START = (-5.0, -2.0)


def descent(name, language="en", explained=2, **form):
    shot = DescentShot(panes=(RunSpec(ELSEWHERE[name], "valley", START, 12),), explained=explained)
    return FilmSpec(name, language, (shot,), quality=DRAFT, **form)


def anatomy(name, language="en", **form):
    shot = AnatomyShot(run=RunSpec(ELSEWHERE[name], "valley", START, 12), steps=(2, 6))
    return FilmSpec(name, language, (shot,), quality=DRAFT, **form)


def pair(name, language="en", **form):
    runs = tuple(RunSpec(ELSEWHERE[name], field, START, 12) for field in ("valley", "bowl"))
    return FilmSpec(name, language, (DescentShot(panes=runs),), quality=DRAFT, **form)


FORMS = (("wide", "dark", "en"), ("square", "light", "zh"), ("tall", "dark", "en"))
FILMED = [
    (make, name, FORMS[(first + second) % 3])
    for first, name in enumerate(ELSEWHERE)
    for second, make in enumerate((descent, anatomy, pair))
]


@pytest.mark.parametrize(
    ("make", "name", "look"), FILMED, ids=[f"{m.__name__}-{n}-{f[0]}" for m, n, f in FILMED]
)
def test_films_of_such_rules_are_laid_out_well_and_true(make, name, look):
    form, theme, language = look
    spec = make(name, language, form=form, theme=theme)
    clock, lines = timeline(spec), []
    with reel_of(spec) as reel:
        for share in np.linspace(0.04, 0.99, 14):
            moment = clock.state(int(share * clock.frames))
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            lines += faults(reel.canvas, layers, STAGES[form])
            lines += wrong_numbers(layers, moment.state) + apart(layers, moment.state)
    assert not lines, "\n".join(lines)


def elements(spec, kind):
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        found = [inner(element) for element in reel.canvas.elements]
        return [element for element in found if isinstance(element, kind)], reel.canvas


def test_the_arrow_begins_at_the_look_ahead_point_and_goes_against_the_gradient_there():
    spec = descent("textbook")
    [arrow], _ = elements(spec, GradientArrow)
    path = run(ELSEWHERE["textbook"], "valley", START, 12)
    plot = arrow.track.plot
    unit = plot.at(np.ones(2)) - plot.at(np.zeros(2))
    for step in (1, 2, 7):
        ahead = path.points[step] + 0.5 * path.terms["b"][step - 1]
        assert np.hypot(*(ahead - path.points[step])) > 0.01, "the look-ahead is another point"
        for state in (State(LINE, step, gradient=1.0), State(QUICK, step, gradient=1.0)):
            tail, tip = (np.array(end) for end in arrow.whole(state))
            assert tail == pytest.approx(plot.at(ahead))
            way = (tip - tail) / unit
            slope = np.array([0.2, 4.0]) * ahead
            assert way / np.hypot(*way) == pytest.approx(-slope / np.hypot(*slope))


def test_while_the_point_moves_the_arrow_stays_where_the_gradient_was_taken():
    [arrow], _ = elements(descent("textbook"), GradientArrow)
    stays = [State(MOVE, 1, moving=share, gradient=0.5) for share in (0.0, 0.3, 0.6)]
    assert len({arrow.whole(state)[0] for state in stays}) == 1
    usual = DescentShot(panes=(RunSpec("adagrad", "valley", START, 12),))
    [arrow], _ = elements(FilmSpec("a", "en", (usual,), quality=DRAFT), GradientArrow)
    assert len({arrow.whole(state)[0] for state in stays}) == 1


def test_a_mark_and_a_line_lead_to_where_the_gradient_is_taken():
    [arrow], canvas = elements(descent("inside"), GradientArrow)
    reader = Reader(canvas.background.copy(), canvas.brush.scale)
    state = State(LINE, 4, acting=0, gradient=1.0)
    arrow.paint(reader, state)
    tail = arrow.whole(state)[0]
    assert reader.drawn.marks[-1] == tail
    assert reader.drawn.lines[0] == [arrow.track.now(state), tail]
    usual = DescentShot(panes=(RunSpec("sgd", "valley", START, 12),))
    [arrow], canvas = elements(FilmSpec("a", "en", (usual,), quality=DRAFT), GradientArrow)
    reader = Reader(canvas.background.copy(), canvas.brush.scale)
    arrow.paint(reader, state)
    assert reader.drawn.marks == []


def shown(spec, pick):
    """The words of the film's first frame that ``pick`` takes, and its state."""
    clock = timeline(spec)
    frames = (clock.state(frame) for frame in range(clock.frames))
    moment = next(moment for moment in frames if pick(moment.state))
    with reel_of(spec) as reel:
        reel.show(moment)
        return [word.text for _, word in reel.canvas.words(moment.state)], moment.state


def plain(words):
    """Typst without its labels."""
    return [
        word.replace("{{ ", "").replace(" }}", "").replace(" : y", "").replace(" : x", "")
        for word in words
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_legend_says_where_the_gradient_is_taken(language):
    def explained(state):
        return state.kind == GRADIENT and state.step == 1 and state.turn == 1

    words, state = shown(descent("textbook", language), explained)
    usual = "negative gradient" if language == "en" else "负梯度"
    assert usual not in words
    assert plain(words).count("- ∇ f (y_t)") == 2, "in the legend, and at the arrow"
    path = run(ELSEWHERE["textbook"], "valley", START, 12)
    assert sentence(path, state, language).endswith("at y" if language == "en" else "求 y 处的梯度")
    words, _ = shown(descent("none", language), lambda state: state.kind == LINE)
    assert not any(usual in word or "∇" in word for word in words)


def test_a_place_too_long_to_be_read_is_told_by_the_name_of_its_row():
    words, _ = shown(descent("extra"), lambda s: s.acting == 2 and s.turn == 1)
    legend = [word for word in words if word.startswith("- ")]
    assert any("tilde(g)_t" in word and "g_t" in word for word in legend)
    assert any("∇ f" in word for word in legend), "at the arrow there is room"


ROWS: dict[str, tuple[list[str], dict[str, list[list[float]]]]] = {
    "textbook": (["y", "h", "b", "x"], {"h": [[-0.2 * 5, -4 * 2]]}),
    "inside": (["g", "b", "x"], {"g": [[-0.2 * 5, -4 * 2]]}),
    "extra": (["g", "y", "g_tilde", "x"], {"g_tilde": [[-0.2 * 4.95, -4 * 1.6]]}),
    "past": (["g", "d", "p", "x"], {"g": [[0, 0]]}),
    "late": (["x", "g", "b"], {"g": [[-0.2 * 5, -4 * 2]]}),
    "none": (["d", "x"], {}),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_show_the_gradients_that_are_used_and_no_other(name):
    names, taken = ROWS[name]
    if name == "past":
        names, taken = ["d", "p", "x"], {"d": [[0, 0]]}
    numbers, _ = elements(descent(name), Number)
    assert list(dict.fromkeys(number.readings.names[number.index] for number in numbers)) == names
    for term, [values] in taken.items():
        row = names.index(term)
        state = State(LINE, 0, acting=row, fresh=row + 1)
        mine = [number for number in numbers if number.index == row]
        texts = [number.readings.texts(row, state)[number.coordinate] for number in mine]
        assert texts == [f"{value:.4f}".replace("-", "\u2212") for value in values]


def test_every_row_acts_in_order_and_each_gradient_grows_with_its_own():
    spec = descent("extra")
    arrows, _ = elements(spec, GradientArrow)
    assert [arrow.row for arrow in arrows] == [0, 2]
    states = [timeline(spec).state(frame).state for frame in range(timeline(spec).frames)]
    slow = [state for state in states if state.step == 0 and state.acting is not None]
    assert sorted({state.acting for state in slow}) == [0, 1, 2, 3]
    for state in slow:
        lengths = [state.gradient_of(arrow.row) for arrow in arrows]
        assert (lengths[0] > 0) or state.turn == 0
        assert (lengths[1] > 0) == (state.acting > 2 or (state.acting == 2 and state.gradient > 0))
        assert lengths[1] == 1 or state.acting < 3


def test_components_are_those_of_the_gradient_that_is_measured():
    spec = anatomy("extra")
    parts, _ = elements(spec, Component)
    assert [(part.arrow.row, part.coordinate) for part in parts] == [
        *((0, 0), (0, 1), (2, 0), (2, 1)),
    ]
    clock = timeline(spec)
    states = [clock.state(frame).state for frame in range(clock.frames)]
    for state in states:
        if state.kind in (GRADIENT, LINE) and state.turn == 1:
            lit = {part.arrow.row for part in parts if part.light(state) > 0}
            assert lit == {0 if state.row < 2 else 2}
    measured = next(s for s in states if s.row == 2 and s.solved(1) == 1)
    signs = [part.sign(measured)[0].word.text for part in parts if part.sign(measured)[0]]
    path = run(ELSEWHERE["extra"], "valley", START, 12)
    value = -path.taken["g_tilde"].values[1, 0]
    assert any(f"{value:.4g}" in sign and "tilde(g)" in sign for sign in signs)


def test_the_row_that_is_lit_is_that_of_the_gradient():
    spec = descent("textbook")
    [light], _ = elements(spec, Highlight)
    state = State(GRADIENT, 1, acting=1, fresh=2, turn=1.0, gradient=1.0)
    assert light.reach(state) == light.rows[1].box


def test_a_sweep_shows_the_rows_with_the_gradients():
    shot = SweepShot(
        run=RunSpec(ELSEWHERE["inside"], "valley", START, 12), hyper="mu", stops=(0.2, 0.8)
    )
    spec = FilmSpec("s", "en", (shot,), quality=DRAFT)
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        words = [word.text for word in reel.canvas.still]
    assert any("∇ f (" in word and "swept" in word for word in words)


def test_terms_to_be_lit_are_rows_of_the_rule():
    spec = descent("inside")
    lit = replace(spec.shots[0], highlight=("g", "b"))
    replace(spec, shots=(lit,))
    with pytest.raises(Exception, match="has no term 'g'"):
        replace(spec, shots=(replace(descent("textbook").shots[0], highlight=("g",)),))
