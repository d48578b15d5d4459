"""The sentence under the field: it turns together with the highlight, and never jumps."""

from itertools import pairwise

import pytest

from scenes import QUALITIES, AnatomyShot, DescentShot, FilmSpec, RunSpec, timeline
from scenes.anatomy_state import AnatomyState
from scenes.kit import Kit
from scenes.parts.story import happening, turning
from scenes.parts.telling import telling
from scenes.parts.worksheet import Worksheet, first_steps
from scenes.state import GRADIENT, LINE, State

SHOTS = {
    "explained": DescentShot(panes=(RunSpec("adam", "valley", steps=20),)),
    "dwell": DescentShot(
        panes=(RunSpec("sgd", "valley", steps=12),), explained=1, dwell=(5, 6, 12)
    ),
    "quick": DescentShot(panes=(RunSpec("momentum", "valley", steps=9),), explained=0),
    "broken": DescentShot(
        panes=(RunSpec("sgd", "log(x1)", start=(1.0, 0.0), steps=9, hyper=(("lr", 2.0),)),)
    ),
    "apart": AnatomyShot(run=RunSpec("adam", "valley", steps=12), steps=(1, 2, 5)),
    "later": AnatomyShot(
        run=RunSpec("sgd", "valley", steps=12),
        steps=(4, 6),
        without=RunSpec("sgd", "valley", steps=12, hyper=(("lr", 0.2),)),
    ),
}


def told(shot):
    """The beats of a shot with what they show, and what is said at a state."""
    spec = FilmSpec("sentences", "en", (shot,), quality=QUALITIES["draft"])
    clock, kit = timeline(spec).clocks[0], Kit.of(spec, shot)
    if isinstance(shot, DescentShot):
        return clock, happening(kit, 900.0, shot.slow).says
    sheet = Worksheet(kit.with_run(first_steps(kit.run, max(shot.steps))), shot, columns=True)
    return clock, telling(kit, sheet, kit.run, 900.0).says


@pytest.mark.parametrize("name", SHOTS)
def test_a_beat_begins_with_the_sentence_of_the_one_before(name):
    clock, says = told(SHOTS[name])
    texts = []
    for before, beat in pairwise(clock.beats):
        last, first = says(clock.picture(before, 1.0)), says(clock.picture(beat, 0.0))
        assert last == first
        assert last[1] == 1
        texts.append(first[0])
    assert says(clock.picture(clock.beats[0], 0.0))[1] == 1
    assert says(clock.picture(clock.beats[-1], 1.0))[1:] == (1.0, True)
    assert len(set(texts)) > 1 or len(clock.beats) == 2


@pytest.mark.parametrize("name", SHOTS)
def test_the_sentence_arrives_with_the_highlight(name):
    clock, says = told(SHOTS[name])
    for before, beat in pairwise(clock.beats):
        if beat.kind not in (GRADIENT, LINE):
            continue
        old, new = says(clock.picture(before, 1.0))[0], says(clock.picture(beat, 1.0))[0]
        assert old != new
        for share in range(101):
            state = clock.picture(beat, share / 100)
            assert isinstance(state, AnatomyState | State)
            text, light, bold = says(state)
            assert text == (old if state.turn < 0.5 else new)
            assert light == pytest.approx(abs(1 - 2 * state.turn))
            assert not bold


def test_a_sentence_that_stays_is_not_dimmed():
    assert turning("same", "same", 0.4, ended=False) == ("same", 1.0, False)
    assert turning("old", "end", 0.25, ended=True) == ("old", 0.5, False)
    assert turning("old", "end", 0.75, ended=True) == ("end", 0.5, True)
