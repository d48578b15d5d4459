"""What moves together is at one step in every frame; and the check of it finds what is not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from publish.course import load_course
from publish.plan import films
from scenes import AnatomyShot, Cue, DescentShot, FilmSpec, RaceShot, RunSpec, SweepShot, timeline
from scenes.layout import layers_of
from scenes.parts.arrows import StepArrow
from scenes.parts.bars import Bar
from scenes.parts.beside import GhostPath
from scenes.parts.scales import Scales
from scenes.parts.story import Legend
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State
from scenes.together import RULES, apart, inner
from scenes.truth import wrong_numbers
from tests.scenes.films import DRAFT, FILMS, film
from tests.scenes.races import SHOTS as RACES
from tests.scenes.test_anatomy import PLAIN

LESSONS = Path(__file__).parents[2] / "lessons"
START = (-5.0, -2.0)
VALLEY = RunSpec("adagrad", "valley", START, 30, (("lr", 0.8),))
LONG = RunSpec("rmsprop", "rosenbrock", None, 1500)


def made(name, shot, **form):
    return FilmSpec(name, "en", (shot,), quality=DRAFT, **form)


ANATOMY = AnatomyShot(
    run=RunSpec("adam", "valley", START, 12, (("lr", 0.5),)),
    steps=(1, 6),
    without=RunSpec(PLAIN, "valley", START, 12, label="plain"),
)
SPECS = {
    spec.name: spec
    for spec in (
        made("descent", DescentShot(panes=(VALLEY,), explained=2, dwell=(9,))),
        made("long", DescentShot(panes=(LONG,), explained=1)),
        made(
            "panes",
            DescentShot(
                panes=(
                    RunSpec("sgd", "valley", START, 30, (("lr", 0.3),)),
                    RunSpec("sgd", "valley", START, 30, (("lr", 1e60),)),
                )
            ),
        ),
        made("anatomy", ANATOMY),
        made("race", RACES["tuned"]),
        made("broken", RACES["broken"]),
        made("diverging", RACES["diverging"]),
        made(
            "sweep",
            SweepShot(run=RunSpec("adagrad", "valley", START, 40), stops=(0.1, 0.4, 2.0)),
        ),
    )
}
CHECKED = {
    "descent": {
        *("Path", "Runner", "GradientArrow", "StepArrow", "Highlight", "Bar", "LossCurve"),
        "Sentence",
    },
    "anatomy": {
        *("Path", "Runner", "GradientArrow", "StepArrow", "Highlight", "GhostPath", "Sentence"),
    },
    "race": {"Trail", "Head", "Curve", "Playhead", "Row"},
    "sweep": {"Knob", "WholePath", "WholeCurve"},
}


def looked(spec, moments):
    """What the checks say of some moments, and which elements they looked at."""
    lines, kinds = [], set()
    with reel_of(spec) as reel:
        for moment in moments:
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            lines += [f"{moment.state}: {fault}" for fault in apart(layers, moment.state)]
            lines += wrong_numbers(layers, moment.state)
            kinds |= {type(inner(layer.element)) for layer in layers.layers}
    return lines, {kind.__name__ for kind in kinds if kind in RULES}


FORMS = [*STAGES, *STAGES, "wide", "wide"]


@pytest.mark.parametrize(("name", "form"), [*zip(SPECS, FORMS, strict=True)])
def test_what_moves_together_is_at_one_step(name, form):
    """Also in frames that follow each other, where steps pass from slow to quick and to the end."""
    spec = replace(SPECS[name], form=form)
    clock = timeline(spec)
    turns = [start for start in clock.clocks[0].starts[1:] if start < clock.frames]
    near = [turn + off for turn in turns[:: max(len(turns) // 6, 1)] for off in (-1, 0)]
    some = [int((index + 0.3) / 12 * clock.frames) for index in range(12)]
    lines, _ = looked(spec, [clock.state(frame) for frame in sorted({*near, *some})])
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize("name", CHECKED)
def test_every_part_that_moves_is_looked_at(name):
    spec = SPECS[name]
    clock = timeline(spec)
    moments = [clock.state(frame) for frame in range(2, clock.frames, clock.frames // 20)]
    _, kinds = looked(spec, moments)
    assert kinds == CHECKED[name]


def on(state):
    """One step later."""
    if hasattr(state, "place"):
        return replace(state, place=state.place + 1)
    return replace(state, step=state.step + 1)


def back(state):
    """One step before."""
    return replace(state, step=state.step - 1)


def quick(state):
    return getattr(state, "kind", "") == QUICK and state.step == 4 and state.moving > 0.4


def slow(state):
    row = state.acting if isinstance(state, State) else state.row
    return state.kind == LINE and state.step >= 1 and row == 1 and state.turn == 1


def leaping(state):
    return state.kind in (LINE, "leap") and state.leap == 1


def moving(state):
    return state.kind == MOVE and 0.4 < state.moving < 0.8


def racing(state):
    return state.place > 6.4


def ranked(state):
    return state.kind == HOLD


def resting(state):
    return state.kind == "rest" and state.stop == 2 and state.calm == 1


def lower(state):
    return replace(state, value=0.1)


LIES = [
    ("descent", "Runner", quick, on, "stands at"),
    ("descent", "Path", quick, on, "ends at"),
    ("descent", "LossCurve", quick, on, "has its head at"),
    ("descent", "LossCurve", moving, lambda s: replace(s, moving=0.0), "has its head at"),
    ("descent", "Bar", quick, on, "long, and"),
    ("descent", "Bar", slow, lambda s: replace(s, step=4), "long, and"),
    ("descent", "GradientArrow", quick, on, "begins at"),
    ("descent", "GradientArrow", slow, on, "begins at"),
    ("descent", "StepArrow", leaping, on, "begins at"),
    ("descent", "Highlight", slow, lambda s: replace(s, acting=2), "row 1 acts"),
    ("descent", "Highlight", quick, lambda s: replace(s, kind=LINE, acting=1), "none acts"),
    ("descent", "Sentence", slow, on, "tells of step 3"),
    ("panes", "Runner", quick, back, "stands at"),
    ("panes", "LossCurve", quick, back, "ends at"),
    ("anatomy", "Runner", moving, lambda s: replace(s, moving=1.0), "stands at"),
    ("anatomy", "GhostPath", moving, lambda s: replace(s, moving=0.0), "ends at"),
    ("anatomy", "GradientArrow", slow, back, "begins at"),
    ("anatomy", "GradientArrow", slow, on, "is missing"),
    ("anatomy", "Highlight", slow, lambda s: replace(s, acting=3), "row 1 acts"),
    ("race", "Trail", racing, on, "where its run is not"),
    ("race", "Trail", racing, lambda s: replace(s, place=3.0), "does not come to"),
    ("race", "Head", racing, on, "stands at"),
    ("race", "Curve", racing, on, "where its run is not"),
    ("race", "Playhead", racing, on, "stands at"),
    ("race", "Row", ranked, lambda s: replace(s, order=0.0), "stands at"),
    ("race", "Row", ranked, lambda s: replace(s, ranked=0.0), "does not say its rank"),
    ("sweep", "Knob", resting, lower, "stands at"),
    ("sweep", "WholePath", resting, lower, "ends at"),
    ("sweep", "WholeCurve", resting, lower, "ends at"),
]


def first(clock, pick):
    return next(
        moment for frame in range(clock.frames) if pick((moment := clock.state(frame)).state)
    )


def parts(reel, kind):
    """The elements of a kind."""
    found = dict.fromkeys(inner(element) for element in reel.canvas.elements)
    return [element for element in found if isinstance(element, kind)]


def falsify(monkeypatch, element, lie):
    """Let an element paint what belongs to another state."""
    paint, words, reach = element.paint, element.words, element.reach
    monkeypatch.setattr(element, "paint", lambda brush, state: paint(brush, lie(state)))
    monkeypatch.setattr(element, "words", lambda state: words(lie(state)))
    monkeypatch.setattr(element, "reach", lambda state: reach(lie(state)))


@pytest.mark.parametrize(
    ("name", "kind", "pick", "lie", "says"),
    LIES,
    ids=[f"{name}-{kind}-{pick.__name__}" for name, kind, pick, _, _ in LIES],
)
def test_a_part_that_is_painted_at_another_step_is_told(monkeypatch, name, kind, pick, lie, says):
    spec = SPECS[name]
    moment = first(timeline(spec), pick)
    with reel_of(spec) as reel:
        reel.show(moment)
        for element in dict.fromkeys(inner(each) for each in reel.canvas.elements):
            if type(element).__name__ == kind:
                falsify(monkeypatch, element, lie)
        layers = layers_of(reel.canvas, moment.state)
        found = apart(layers, moment.state)
    assert any(line.startswith(kind) and says in line for line in found), found
    assert all(line.startswith(kind) for line in found), found


def test_a_magnified_arrow_without_a_word_is_told(monkeypatch):
    spec = SPECS["descent"]
    moment = first(timeline(spec), leaping)
    with reel_of(spec) as reel:
        reel.show(moment)
        [arrow] = parts(reel, StepArrow)
        monkeypatch.setattr(arrow, "scales", Scales(1.0, {}, {moment.state.step: 2}))
        found = apart(layers_of(reel.canvas, moment.state), moment.state)
    assert found == ["StepArrow is 2 times as long as what it shows, and nothing says so"]


def test_a_factor_that_holds_no_longer_is_told(monkeypatch):
    spec = replace(FILMS["adadelta"], name="false")
    clock = timeline(spec)
    with reel_of(spec) as reel:
        moment = first(clock, leaping)
        reel.show(moment)
        legend = next(each for each in reel.canvas.elements if isinstance(each, Legend))
        told = legend.shown(moment.state)
        assert any(entry.sprite.text == "step ×100" for entry in told)
        late = first(clock, quick)
        reel.show(late)
        assert apart(layers_of(reel.canvas, late.state), late.state) == []
        monkeypatch.setattr(legend, "shown", lambda state: told)
        found = apart(layers_of(reel.canvas, late.state), late.state)
    assert found == ["'step ×100' is told, and no arrow is magnified so"]


@pytest.mark.parametrize("name", FILMS)
def test_where_steps_follow_quickly_no_row_acts_and_numbers_wait_for_the_point(name):
    clock = timeline(FILMS[name]).clocks[0]
    states = [clock.state(frame) for frame in range(clock.frames)]
    for state in states:
        if state.kind == QUICK:
            assert (state.acting, state.fresh) == (None, 0)
        if state.kind in (GRADIENT, LINE):
            assert state.acting is not None


def group_starts(clock, cues):
    """The first caption of each place, with its first frame."""
    timed = dict(zip((cue for cue in cues), clock.cues, strict=True))
    firsts: dict[int, int] = {}
    for cue, time in timed.items():
        firsts.setdefault(cue.at, round(time.start * clock.fps))
    return firsts.items()


def counted(state):
    """The place at which a picture is: in an anatomy the step that is being made."""
    if hasattr(state, "taken_apart"):
        return 0 if state.kind == INTRO else state.taken_apart or state.step + (state.kind == QUICK)
    return state.stop * (state.kind != INTRO) if hasattr(state, "stop") else state.step


def test_captions_of_the_course_begin_when_the_picture_is_at_their_place():
    checked = 0
    for planned in films(load_course(LESSONS), "draft"):
        clocks = timeline(planned.spec).clocks
        for shot, clock in zip(planned.spec.shots, clocks, strict=True):
            for place, frame in group_starts(clock, shot.cues):
                assert counted(clock.state(frame)) == place, (planned.spec.name, place)
                checked += 1
    assert checked > 100


@pytest.mark.parametrize("fps", [10, 15, 60])
@pytest.mark.parametrize("places", [(0, 700, 701, 702, 1499, 1500), (5, 60, 300, 900)])
def test_captions_begin_with_their_step_where_steps_are_quicker_than_frames(places, fps):
    cues = tuple(Cue(place, f"After {place} steps.") for place in places)
    quality = replace(DRAFT, fps=fps)
    racers = tuple(replace(LONG, hyper=(("lr", lr),)) for lr in (0.001, 0.002))
    for shot in (
        DescentShot(cues=cues, panes=(LONG,)),
        RaceShot(cues=cues, racers=racers, choices=(None, None)),
    ):
        clock = timeline(FilmSpec("long", "en", (shot,), quality=quality)).clocks[0]
        for cue, timed in zip(cues, clock.cues, strict=True):
            assert clock.state(round(timed.start * fps)).step == cue.at


@pytest.mark.parametrize("step", [1, 3, 77, 333, 1499])
def test_the_still_of_a_step_is_at_that_step_though_no_frame_may_show_it(step):
    from scenes.film import moment_at

    spec = SPECS["long"]
    moment = moment_at(spec, timeline(spec), step)
    assert (moment.state.step, moment.state.moving, moment.light) == (step, 0.0, 1.0)


def test_the_path_beside_comes_as_far_as_the_own_one():
    spec = SPECS["anatomy"]
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        [path] = parts(reel, GhostPath)
        states = [clock.state(frame).state for frame in range(clock.frames)]
    shown = [state for state in states if path.place(state) is not None]
    assert np.allclose([path.place(s) for s in shown], [s.step + s.moving for s in shown])
    assert any(0 < state.moving < 1 and state.kind == QUICK for state in shown)


def test_a_bar_glides_with_the_point_where_steps_follow_quickly():
    spec = film("bars", "en", "adagrad", "valley", explained=0, steps=12, hyper=(("lr", 0.4),))
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        bar, _ = parts(reel, Bar)
    run = spec.shots[0].runs[0].trajectory
    lengths = [bar.scale(float(run.effective[step, bar.index])) for step in (3, 4)]
    for share in (0.0, 0.25, 1.0):
        state = State(QUICK, 4, moving=share)
        due = lengths[0] + share * (lengths[1] - lengths[0])
        assert bar._end(state)[0] == pytest.approx(due)
        assert bar.readings.effective(state) == pytest.approx(run.effective[3])
