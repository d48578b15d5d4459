"""The descent: two panes, lit lines and terms, steps to dwell on, marks that keep their place."""

from dataclasses import replace
from itertools import pairwise

import pytest

from engine import UserError
from scenes import DescentShot, FilmSpec, RunSpec, timeline
from scenes.kinds.descent_clock import PACE
from scenes.layout import faults, layers_of
from scenes.parts.marks import Path, Runner
from scenes.parts.outside import Outside
from scenes.parts.panel import EquationRow
from scenes.parts.panes import held, shared_settings
from scenes.parts.places import cut
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import GRADIENT, HOLD, LINE, QUICK, State
from scenes.together import apart
from scenes.truth import wrong_numbers
from tests.scenes.films import DRAFT, FILMS

BOWL = RunSpec("adagrad", "bowl", steps=40, hyper=(("lr", 0.8),))
VALLEY = replace(BOWL, objective="valley")
SLOW = RunSpec("adam", "himmelblau", steps=60, hyper=(("lr", 0.1),))
FAST = replace(SLOW, hyper=(("lr", 0.5),))
HOLDS = RunSpec("sgd", "valley", steps=30, hyper=(("lr", 0.3),), label="a step that holds")
BREAKS = replace(HOLDS, hyper=(("lr", 1e60),), label="a step too long")
PAIRS = {"objectives": (BOWL, VALLEY), "settings": (SLOW, FAST), "one stops": (HOLDS, BREAKS)}


def pair(panes, language="en", **changes):
    """A film of two panes."""
    shot = DescentShot(panes=panes, highlight=changes.pop("highlight", ()))
    return FilmSpec("pair", language, (shot,), quality=DRAFT, **changes)


def elements_of(spec, kind):
    """The elements of one kind in the film's first shot."""
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        inner = [getattr(element, "element", element) for element in reel.canvas.elements]
    return [element for element in inner if isinstance(element, kind)]


@pytest.mark.parametrize("form", STAGES)
@pytest.mark.parametrize("panes", PAIRS.values(), ids=PAIRS)
def test_two_panes_are_laid_out_well_and_tell_the_truth(panes, form):
    language, theme = ("zh", "light") if panes[0] is SLOW else ("en", "dark")
    spec = pair(panes, language, form=form, theme=theme)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for share in (0.0, 0.15, 0.3, 0.7, 1.0):
            moment = clock.state(round(share * (clock.frames - 1)))
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            wrong = faults(reel.canvas, layers, STAGES[form])
            wrong += wrong_numbers(layers, moment.state) + apart(layers, moment.state)
            assert not wrong, share


def test_the_numbers_of_both_runs_are_shown_at_once():
    spec = pair((BOWL, VALLEY))
    clock = timeline(spec)
    state = clock.state(clock.frames - 1).state
    with reel_of(spec) as reel:
        reel.show(clock.state(clock.frames - 1))
        told = [shown for e in reel.canvas.elements for shown in e.numbers(state)]
    losses = {shown.text: shown.run for shown in told if shown.name == "loss"}
    assert set(losses.values()) == {BOWL.trajectory, VALLEY.trajectory}
    assert losses.keys() == {f"{run.trajectory.losses[-1]:.4f}" for run in (BOWL, VALLEY)}


def test_a_run_that_stops_early_rests_and_says_so():
    run = BREAKS.trajectory
    assert run.steps < HOLDS.trajectory.steps == 30
    view = held(run)
    before = State(QUICK, run.steps - 1, moving=0.5)
    assert view(before) == before
    after = view(State(QUICK, run.steps + 3, moving=0.5, gradient=1.0))
    assert after == State(HOLD, run.steps, ending=1.0)
    endings = [view(State(QUICK, run.steps, moving=share / 10)).ending for share in range(11)]
    assert endings == sorted(endings)
    assert endings[0] == 0
    assert endings[-1] == 1


def test_what_both_runs_have_is_said_once():
    common = shared_settings([SLOW.trajectory, FAST.trajectory])
    assert "0.9" in common["beta1"]
    assert "lr" not in common


@pytest.mark.parametrize(
    ("panes", "named"),
    [
        ((SLOW, replace(SLOW, optimizer="sgd", hyper=())), "Adam and SGD"),
        ((SLOW, replace(FAST, steps=50)), "60 and 50"),
        ((SLOW, FAST, FAST), "one run or two"),
    ],
)
def test_panes_that_cannot_be_compared_are_refused(panes, named):
    with pytest.raises(UserError, match=named):
        pair(panes)


def test_a_term_that_the_rule_has_not_is_refused_with_the_nearest():
    with pytest.raises(UserError, match="did you mean 'v_hat'") as fault:
        pair((SLOW,), highlight=("vhat",))
    assert "\n" not in str(fault.value)


def test_every_place_of_a_highlighted_term_is_lit():
    spec = pair((SLOW,), highlight=("v",))
    rows = [element.row for element in elements_of(spec, EquationRow)]
    assert [len(row.glows) for row in rows] == [0, 0, 2, 0, 1, 0]
    assert all(row.box.holds(box) for row in rows for box, _ in row.glows)
    assert not any(row.row.glows for row in elements_of(pair((SLOW,)), EquationRow))


def test_lines_ease_from_dim_to_lit():
    spec = replace(FILMS["adam"], quality=replace(DRAFT, fps=30))
    rows, clock = elements_of(spec, EquationRow), timeline(spec)
    states = [clock.state(frame).state for frame in range(clock.frames)]
    states = [state for state in states if state.step < 3 and state.kind != QUICK]
    lights = [[row.light(state) for row in rows] for state in states]
    leaps = [
        abs(now - before)
        for one, other in pairwise(lights)
        for before, now in zip(one, other, strict=True)
    ]
    assert max(leaps) < 0.2
    resting = [
        (state, light)
        for state, light in zip(states, lights, strict=True)
        if state.kind in (GRADIENT, LINE) and state.turn == 1
    ]
    for state, light in resting:
        assert light == [
            1.0 if index == state.acting else row.row.dim for index, row in enumerate(rows)
        ]
    assert all(row.row.dim < 0.8 for row in rows)


def test_a_step_to_dwell_on_goes_line_by_line():
    shot = DescentShot(panes=(VALLEY,), explained=1, dwell=(7,))
    beats = timeline(FilmSpec("dwell", "en", (shot,), quality=DRAFT)).clocks[0].beats
    slow = {beat.step + 1 for beat in beats if beat.kind == LINE}
    assert slow == {1, 7}
    assert [beat.seconds for beat in beats if beat.kind == LINE and beat.step == 6] == [PACE[1]] * 2


def test_a_run_that_diverges_ends_where_it_leaves_for_good():
    spec = FILMS["divergence"]
    [path], clock = elements_of(spec, Path), timeline(spec)
    track = path.track
    crossing = [cut(a, b, track.field) for a, b in pairwise(track.pixels)]
    assert any(crossing[track.gone :]), "later steps cross the field too, but are not drawn"
    assert not any(path.parts[track.gone :])
    assert path.parts[track.gone - 1][1][1] < track.field.top
    [runner] = elements_of(spec, Runner)
    states = [clock.state(frame).state for frame in range(clock.frames)]
    assert all(runner.reach(state) is None for state in states if state.step >= track.gone)


def test_marks_outside_do_not_jump_where_a_run_leaps_from_side_to_side():
    spec = FILMS["divergence"]
    [outside], clock = elements_of(spec, Outside), timeline(spec)
    states = [clock.state(frame).state for frame in range(clock.frames)]
    late = [state for state in states if state.step >= 8]
    assert len({outside.shown(state) for state in late}) == 1
    first, [(tip, way)] = outside.shown(late[0])
    field = outside.track.field
    assert way[1] < -0.9
    assert tip[1] == pytest.approx(field.top + 4)
    assert field.left < tip[0] < field.right
    assert not outside.track.inside(tuple(outside.track.pixels[first]))
    assert outside.track.inside(tuple(outside.track.pixels[first - 1]))
    for state in states:
        if outside.track.inside(outside.track.now(state)) and state.step < first - 1:
            assert outside.shown(state) is None
