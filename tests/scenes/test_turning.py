"""A shot turns into the next without a blink; a film's poster; rows in quick passages."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import scenes
from scenes import FilmSpec, timeline
from scenes.canvas import rgb
from scenes.kinds.descent_clock import rows_of
from scenes.palette import THEMES
from scenes.picture import reel_of
from scenes.preview import poster_frame
from scenes.segments import Studio
from scenes.state import HOLD, QUICK, State
from tests.scenes.films import FILMS, TINY, changed, clock_of

FIRST = TINY.shots[0]
OTHER = replace(FIRST, panes=(replace(FIRST.panes[0], objective="bowl"),), cues=())


def pictures(spec, frames):
    """Copies of a film's frames, made one after the other."""
    with reel_of(spec) as reel:
        clock = timeline(spec)
        made = []
        for frame in frames:
            reel.show(clock.state(frame))
            made.append(reel.pixels.astype(int))
    return made


@pytest.mark.parametrize("theme", THEMES)
def test_a_shot_turns_into_the_next_without_a_blink(theme):
    """Going through the ground would be much darker, or brighter, than both shots."""
    spec = replace(TINY, shots=(FIRST, OTHER), theme=theme)
    clock = timeline(spec)
    cut = clock.starts[1]
    frames = [frame for frame in range(cut + 1) if clock.state(frame).light < 1]
    assert frames == list(range(frames[0], cut))
    old, *turning, new = pictures(spec, [frames[0] - 1, *frames, cut])
    same = np.all(old == new, axis=2)
    assert 0.05 < same.mean() < 0.99
    field = THEMES[theme].field
    ground = np.array([round(255 * part) for part in rgb(THEMES[theme].background)[::-1]])
    drawn = np.all([np.abs(one[..., :3] - ground).sum(2) > 60 for one in (old, new)], axis=0)
    assert drawn.mean() > 0.2, field
    levels = [np.abs(one[drawn][:, :3] - ground).mean() for one in (old, *turning, new)]
    assert min(levels) > 0.8 * min(levels[0], levels[-1])
    assert all(np.abs(one[same] - old[same]).max() <= 1 for one in turning)


def test_words_of_two_shots_never_lie_on_each_other():
    """What has bare ground in the other picture is gone before what is new comes."""
    spec = replace(TINY, shots=(FIRST, OTHER))
    clock = timeline(spec)
    cut = clock.starts[1]
    old, *turning, new = pictures(spec, [cut - 12, *range(cut - 6, cut), cut])
    ground = np.array([round(255 * part) for part in rgb(THEMES["dark"].background)[::-1]])
    goes, comes = (
        np.all(one[..., :3] == ground, axis=2) & np.any(other[..., :3] != ground, axis=2)
        for one, other in ((new, old), (old, new))
    )
    assert goes.any()
    assert comes.any()
    for one in turning:
        left = np.abs(one[goes][:, :3] - ground).max()
        come = np.abs(one[comes][:, :3] - ground).max()
        assert min(left, come) <= 1


def test_a_shot_begins_with_its_own_first_picture():
    spec = replace(TINY, shots=(FIRST, OTHER))
    clock = timeline(spec)
    cut = clock.starts[1]
    alone = pictures(replace(TINY, shots=(OTHER,)), [0])[0]
    after = pictures(spec, range(cut - 3, cut + 1))[-1]
    np.testing.assert_array_equal(after, alone)


def test_segments_that_others_render_turn_alike(tmp_path):
    """The one that ends a shot needs the next shot's picture, whoever has painted that."""
    spec = replace(TINY, shots=(changed(TINY, steps=1, cues=()).shots[0], OTHER))
    with Studio() as studio:
        one = [
            studio.render(spec, number, tmp_path, lambda: None).read_bytes() for number in (0, 1)
        ]
    for number in (1, 0):
        with Studio() as studio:
            path = studio.render(spec, number, tmp_path, lambda: None)
            assert path.read_bytes() == one[number]


def test_a_poster_tells_of_the_run_and_not_of_its_end(tmp_path):
    film = scenes.render(TINY, tmp_path)
    clock = timeline(TINY)
    frame = poster_frame(TINY, clock)
    [due] = pictures(TINY, [frame])
    poster = np.asarray(Image.open(film.poster)).astype(int)
    assert np.abs(poster - due[..., 2::-1]).max() <= 1


@pytest.mark.parametrize("name", FILMS)
def test_a_poster_is_of_a_step_on_the_way(name):
    clock = timeline(FILMS[name])
    state = clock.state(poster_frame(FILMS[name], clock)).state
    assert state.kind != HOLD
    last = clock_of(FILMS[name]).beats[-1].step
    assert 0 <= state.step <= max(last / 2, 1)


def test_a_poster_is_of_the_main_shot():
    anatomy = scenes.AnatomyShot(run=FIRST.panes[0], steps=(1, 2))
    spec = FilmSpec("both", "en", (anatomy, FIRST), quality=TINY.quality)
    clock = timeline(spec)
    assert clock.shot_of(poster_frame(spec, clock)) == 1


@pytest.mark.parametrize("name", ["adagrad", "adam", "momentum"])
def test_no_row_pulses_where_steps_follow_quickly(name):
    """Each row is as bright in every frame of the passage, and so are its numbers."""
    spec = FILMS[name]
    clock = clock_of(spec)
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        lit = [part for part in reel.canvas.elements if hasattr(part, "light")]
        numbers = [part for part in reel.canvas.elements if hasattr(part, "_alpha")]
        bars = [part for part in reel.canvas.elements if hasattr(part, "_bar")]
    quick = [clock.state(frame) for frame in range(clock.frames)]
    quick = [state for state in quick if isinstance(state, State) and state.kind == QUICK]
    assert len(quick) > 20
    assert len(lit) == len(rows_of(spec.shots[0].panes[0].trajectory)[0])
    assert {part.light(state) for part in lit for state in quick} == {1.0}
    assert {part._alpha(state) for part in numbers for state in quick} == {1.0}
    assert {part._bar(state) for part in bars for state in quick} == {None}
