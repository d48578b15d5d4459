"""A step taken apart: its clock, its numbers, its layout in every form, and a stored picture."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine import Optimizer
from scenes import QUALITIES, AnatomyShot, Cue, FilmSpec, RunSpec, timeline
from scenes.anatomy_state import FLIGHTS, LEAP, AnatomyState
from scenes.clock import reading_seconds
from scenes.layout import Reader, faults, layers_of
from scenes.palette import THEMES, contrast, mixed, tint
from scenes.parts.arrivals import NEAR
from scenes.parts.bench import Called, WorkedLine
from scenes.parts.beside import GhostStep
from scenes.parts.plates import GLOW, plate
from scenes.parts.quantities import Gathered, Spread
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import GRADIENT, HOLD, LINE, MOVE
from scenes.truth import wrong_numbers
from tests.scenes.test_stills import MOVED, STORED, blocks

DRAFT = QUALITIES["draft"]
PLAIN = Optimizer.from_table(
    {
        "name": "adam_plain",
        "title": "Adam without correction",
        "formula": "m = beta1 * m + (1 - beta1) * g\n"
        "v = beta2 * v + (1 - beta2) * g**2\n"
        "x = x - lr * m / (sqrt(v) + eps)",
        "direction": "m",
        "state": {"m": 0.0, "v": 0.0},
        "roles": {"m": "first", "v": "second"},
        "hyper": {
            name: {"default": value, "low": 0.0, "high": 1.0, "step": 0.01}
            for name, value in (("lr", 0.5), ("beta1", 0.9), ("beta2", 0.999), ("eps", 1e-6))
        },
    }
)


def film(optimizer="adam", steps=(1, 2), language="en", cues=(), **form):
    """A film of some steps taken apart; Adam stands beside the same without correction."""
    hyper = (("lr", 0.5),) if optimizer == "adam" else ()
    run = RunSpec(optimizer, "valley", steps=12, hyper=hyper)
    other = RunSpec(PLAIN, "valley", steps=12, label="plain") if optimizer == "adam" else None
    shot = AnatomyShot(cues=cues, run=run, steps=steps, without=other)
    return FilmSpec("anatomy", language, (shot,), quality=DRAFT, **form)


def states_of(spec):
    clock = timeline(spec).clocks[0]
    return clock, [clock.state(frame) for frame in range(clock.frames)]


STEPS = st.sets(st.integers(1, 12), min_size=1, max_size=4).map(lambda found: tuple(sorted(found)))
OPTIMIZERS = st.sampled_from(["sgd", "momentum", "adagrad", "rmsprop", "adadelta", "adam"])


@settings(max_examples=40)
@given(OPTIMIZERS, STEPS)
def test_time_never_goes_back_and_ends_after_the_last_step(optimizer, steps):
    _, states = states_of(film(optimizer, steps))
    places = [state.step + state.moving for state in states]
    assert places == sorted(places)
    assert states[0].step == 0
    assert states[-1].kind == HOLD
    assert states[-1].step == steps[-1]
    assert {state.taken_apart for state in states} == {None, *steps}


@settings(max_examples=40)
@given(OPTIMIZERS, STEPS)
def test_every_line_acts_in_turn_for_one_axis_and_then_the_other(optimizer, steps):
    spec = film(optimizer, steps)
    rows = len(spec.shots[0].run.trajectory.optimizer.program.lines) + 1
    _, states = states_of(spec)
    for step in steps:
        apart = [state for state in states if state.taken_apart == step]
        acting = [state.row for state in apart if state.kind in (GRADIENT, LINE)]
        assert sorted(set(acting)) == list(range(rows))
        assert acting == sorted(acting)
        for state in apart:
            if state.kind in (GRADIENT, LINE):
                assert 1 >= state.flight(0) >= state.solved(0) >= state.flight(1)
                assert state.flight(1) >= state.solved(1) >= 0
        assert [state.kind for state in apart][-1] == MOVE
        for one, other in pairwise(apart):
            assert one.fresh(0) <= other.fresh(0)
            assert one.fresh(1) <= one.fresh(0)


def test_there_is_time_to_speak():
    spec = film("adam", (1, 2, 5))
    clock, _ = states_of(spec)
    first = [b.seconds for b in clock.beats if b.kind in (GRADIENT, LINE) and b.step == 1]
    later = [b.seconds for b in clock.beats if b.kind in (GRADIENT, LINE) and b.step == 5]
    assert min(first) >= 2
    assert max(later) < min(first)
    assert sum(b.seconds for b in clock.beats if b.kind == HOLD) >= 3


def test_a_caption_starts_when_its_step_is_taken_apart():
    text = "Long enough to need more time than the step by itself would have taken. " * 12
    cues = (Cue(0, "the rule"), Cue(1, "the first"), Cue(5, text))
    clock, states = states_of(film("adagrad", (1, 5), cues=cues))
    kinds = [states[round(cue.start * clock.fps)] for cue in clock.cues]
    assert [state.taken_apart for state in kinds] == [None, 1, 5]
    assert clock.cues[2].end - clock.cues[2].start >= reading_seconds(text) - 3 / clock.fps


def test_a_run_that_broke_off_shows_the_steps_it_made():
    run = RunSpec("sgd", "log(x1)", start=(1.0, 0.0), steps=9, hyper=(("lr", 2.0),))
    assert run.trajectory.steps < 9
    spec = FilmSpec("a", "en", (AnatomyShot(run=run, steps=(1, 9)),), quality=DRAFT)
    _, states = states_of(spec)
    assert states[-1].step <= run.trajectory.steps
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(len(states) - 1))
        told = [word.text for _, word in reel.canvas.words(states[-1])]
    assert any("no value" in text for text in told)


def middles(spec):
    """Frames in the middle and near the end of every beat."""
    clock = timeline(spec).clocks[0]
    stops = [*clock.starts[1:], clock.frames]
    return [
        start + int(share * (stop - start))
        for start, stop in zip(clock.starts, stops, strict=True)
        for share in (0.5, 0.95)
    ]


def due(shown, state: AnatomyState):
    """The step whose number a column shows: the next one's once the row has been worked out.

    The point's number waits for the point.
    """
    names = ["g", *(line.target.id for line in shown.run.optimizer.program.lines)]
    worked_out = names.index(shown.name) < state.fresh(shown.index)
    return state.step + (worked_out and (shown.worked or shown.name != "x"))


def test_what_is_shown_is_the_trajectorys():
    spec = film("adadelta", (3,), language="zh", theme="light")
    clock = timeline(spec)
    seen = set()
    with reel_of(spec) as reel:
        for frame in middles(spec):
            moment = clock.state(frame)
            reel.show(moment)
            assert not wrong_numbers(layers_of(reel.canvas, moment.state), moment.state)
            for element in reel.canvas.elements:
                for shown in element.numbers(moment.state):
                    assert shown.step == due(shown, moment.state) or moment.state.row is not None
                    kind = type(element).__name__
                    if kind == "Seen":
                        assert shown.step == due(shown, moment.state)
                    seen.add((kind, shown.name, shown.step))
    assert {("WorkedLine", name, 3) for name in "gsdux"} <= seen
    assert {("SumBar", name, 3) for name in "gsdu"} <= seen


@pytest.fixture(scope="module")
def adam():
    """Adam's first step taken apart, beside the one without correction: film and canvas."""
    spec = film("adam", (1,))
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        yield spec, reel.canvas


def element(canvas, kind):
    [found] = [each for each in canvas.elements if isinstance(each, kind)]
    return found


def test_drawings_are_to_scale(adam):
    spec, canvas = adam
    terms = spec.shots[0].run.trajectory.terms
    state = AnatomyState(LINE, 0, 6, 0, 1.0)
    mean, square = element(canvas, Gathered), element(canvas, Spread)
    (a, b), (c, d) = mean.ends(replace(state, row=1))
    (_, _), (u, v) = mean.ends(replace(state, row=3))
    assert (u - a) / (c - a) == pytest.approx(terms["m_hat"][0, 0] / terms["m"][0, 0])
    assert (v - b) / (d - b) == pytest.approx(terms["m_hat"][0, 1] / terms["m"][0, 1])
    area, corrected = square.area(replace(state, row=2)), square.area(replace(state, row=4))
    ratio = terms["v_hat"][0] / terms["v"][0]
    assert (corrected.width / area.width) ** 2 == pytest.approx(ratio[0])
    assert (corrected.height / area.height) ** 2 == pytest.approx(ratio[1])
    assert corrected.width == pytest.approx(u - a)
    assert corrected.height == pytest.approx(b - v)


def test_the_run_beside_takes_its_own_steps(adam):
    spec, canvas = adam
    own, other = (run.trajectory for run in spec.shots[0].runs)
    state = AnatomyState(LEAP, 0, 6, 5, 1.0, leap=1.0, beside=1.0)
    ghost = element(canvas, GhostStep)
    start, tip = ghost.ends(state)
    words = [word.text for _, word in canvas.words(state)]
    assert tip == pytest.approx(tuple(ghost.track.plot.at(other.points[1])))
    assert start == pytest.approx(tuple(ghost.track.plot.at(own.points[0])))
    assert words.count("plain") == 2
    assert f"{other.points[1, 0] - other.points[0, 0]:.4f}" in words
    assert f"{own.points[1, 0] - own.points[0, 0]:.4f}" in words


class Placed(Reader):
    """A brush that notes which device pixels each sprite covers."""

    def __init__(self, scale):
        super().__init__(np.zeros((round(1080 * scale), round(1920 * scale), 4), np.uint8), scale)
        self.inks = {}

    def sprite(self, sprite, x, y, alpha=1.0):
        surface = sprite.surface
        rows = np.frombuffer(surface.get_data(), np.uint8).reshape(surface.get_height(), -1)
        spots = np.argwhere(rows[:, 3 : 4 * surface.get_width() : 4] > 0)
        corner = round(y * self.scale) + sprite.top, round(x * self.scale) + sprite.left
        self.inks[id(sprite)] = {tuple(spot) for spot in spots + np.array(corner)}


def meetings(inks):
    """How many pixels two sprites cover, by the pair."""
    return {(a, b): len(inks[a] & inks[b]) for a, b in combinations(sorted(inks), 2)}


def corner(ink):
    return np.min([*ink], axis=0)


def test_numbers_come_from_near_and_meet_no_text(adam):
    _, canvas = adam
    lines = [each for each in canvas.elements if isinstance(each, WorkedLine)]
    moved = 0
    for line, row, share in product(lines, range(6), np.linspace(0.15, 0.85, 36)):
        state = AnatomyState(LINE if row else GRADIENT, 0, 6, row, float(share))
        brush, done = Placed(canvas.brush.scale), Placed(canvas.brush.scale)
        line.paint(brush, state)
        line.paint(done, replace(state, share=1.0))
        still = meetings(done.inks)
        for pair, count in meetings(brush.inks).items():
            assert count <= still[pair]
        for name, ink in brush.inks.items():
            way = np.hypot(*(corner(ink) - corner(done.inks[name]))) / canvas.brush.scale
            assert way <= NEAR + 2
            moved = max(moved, way)
    assert moved > NEAR / 2


def test_a_term_glows_while_its_number_comes_and_only_then(adam):
    _, canvas = adam
    first, second = (each for each in canvas.elements if isinstance(each, Called))
    sheet = first.line.bench.sheet
    row = sheet.names.index("x")
    state = AnatomyState(LINE, 0, 6, row)
    assert not first.lights(state)
    for each, (start, stop) in zip((first, second), FLIGHTS, strict=True):
        early = [light for _, light in each.lights(replace(state, share=start + 0.05)).values()]
        assert len(set(early)) == len(early) > 0
        lights = list(each.lights(replace(state, share=stop)).values())
        assert {label.replace("-", "_") for label, _ in lights} == {"x", "m_hat", "v_hat"}
        assert {light for _, light in lights} == {1.0}
        assert not each.lights(replace(state, share=stop + 0.13))
    assert not first.lights(replace(state, kind=LEAP))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_term_can_be_read_on_its_plate(theme):
    for color in theme.roles.values():
        share = tint(color, theme.background, 0.3)
        assert 0.1 <= share <= 0.3
        assert plate(theme, color) == mixed(color, theme.background, share)
        assert contrast(color, plate(theme, color)) >= 4.5
        assert contrast(color, plate(theme, color, GLOW)) >= 4.5
        assert share == 0.3 or contrast(color, mixed(color, theme.background, share + 0.01)) < 4.5
    assert tint(theme.background, theme.background, 0.3) == 0


LAYOUTS = [
    (optimizer, form, ("en", "zh")[(first + second) % 2], ("dark", "light")[second % 2])
    for first, optimizer in enumerate(("adagrad", "adam", "adadelta", "momentum"))
    for second, form in enumerate(("wide", "square", "tall"))
]


@pytest.mark.parametrize(("optimizer", "form", "language", "theme"), LAYOUTS)
def test_layout(optimizer, form, language, theme):
    spec = film(optimizer, (2,), language, form=form, theme=theme)
    clock = timeline(spec)
    lines = []
    with reel_of(spec) as reel:
        for frame in middles(spec)[3::4]:
            moment = clock.state(frame)
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            lines += [f"{frame}: {fault}" for fault in faults(reel.canvas, layers, STAGES[form])]
    assert not lines, "\n".join(lines)


def test_still(refresh):
    spec = film("adam", (2,), "zh")
    clock = timeline(spec)
    states = [clock.state(frame).state for frame in range(clock.frames)]
    frame = next(i for i, s in enumerate(states) if s.row == 4 and s.solved(1) == 1)
    with reel_of(spec) as reel:
        reel.show(clock.state(frame))
        picture = np.ascontiguousarray(reel.pixels[..., 2::-1])
    path = STORED / "anatomy-zh-line.png"
    if refresh:
        Image.fromarray(picture).save(path, optimize=True)
    stored = np.asarray(Image.open(path).convert("RGB"))
    assert np.abs(blocks(picture) - blocks(stored)).max() < MOVED


def test_lines_that_have_no_room_are_shortened_and_still_give_their_results():
    run = RunSpec("sgd", "beale", steps=2, hyper=(("lr", 0.001),))
    spec = FilmSpec("a", "en", (AnatomyShot(run=run, steps=(1,)),), quality=DRAFT)
    spec = replace(spec, form="square")
    clock = timeline(spec)
    frame = clock.frame_of(1) + round(2.9 * clock.fps)
    with reel_of(spec) as reel:
        moment = clock.state(frame)
        reel.show(moment)
        layers = layers_of(reel.canvas, moment.state)
        assert not faults(reel.canvas, layers, STAGES["square"])
        texts = [word.text for _, word in reel.canvas.words(moment.state)]
    assert sum("dots.h.c" in text and ": result" in text for text in texts) == 2
