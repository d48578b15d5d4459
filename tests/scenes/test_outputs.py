"""Stills of a step, looping previews and transparent overlays."""

from dataclasses import replace

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from hypothesis import given
from hypothesis import strategies as st

import scenes
from engine import UserError
from scenes import AnatomyShot, FilmSpec, RunSpec, SweepShot, timeline
from scenes.film import frame_at
from scenes.overlay import straight
from scenes.parts.scenery import PLATE
from scenes.preview import FADE, FRAMES, Shrinker, picked
from tests.scenes.films import DRAFT, FILMS, TINY

TWICE = replace(TINY, shots=TINY.shots * 2)
SLOW = replace(TINY, quality=replace(TINY.quality, fps=2))


def decoded(path, codec=None):
    """All frames as (n, H, W, 4) RGBA, decoded by ``codec`` where one is named."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        context = av.CodecContext.create(codec, "r") if codec else stream.codec_context
        frames = [frame for packet in container.demux(stream) for frame in context.decode(packet)]
    return np.array([frame.to_ndarray(format="rgba") for frame in frames])


@pytest.mark.parametrize(
    ("step", "shot", "says"),
    [
        (5, 0, "no step 5; the steps are 0 to 4"),
        (-1, 0, "no step -1"),
        (0, 2, "no shot 3; it has 2"),
        (9, 1, "shot 2 of film 'tiny': no step 9"),
    ],
)
def test_what_is_not_in_the_film_has_no_still(step, shot, says):
    with pytest.raises(UserError, match=says) as fault:
        scenes.still(TWICE, step=step, shot=shot)
    assert "\n" not in str(fault.value)


def test_the_frame_of_a_step_is_where_the_clock_comes_to_it():
    clock = timeline(TWICE)
    for shot in range(2):
        start = clock.state(frame_at(TWICE, clock, 0, shot))
        assert (start.shot, start.state.step, start.state.reveal > 2) == (shot, 0, True)
        for step in range(1, 4):
            frame = frame_at(TWICE, clock, step, shot)
            moment, before = clock.state(frame), clock.state(max(frame - 1, 0))
            assert (moment.shot, moment.state.step, moment.state.moving) == (shot, step, 0.0)
            assert (before.shot, before.state.step) != (shot, step)
        last = clock.state(frame_at(TWICE, clock, 4, shot))
        assert (last.shot, last.state.ending) == (shot, 1.0)


ANATOMY = FilmSpec(
    "anatomy", "en", (AnatomyShot(run=RunSpec("adam", "valley"), steps=(1, 3)),), quality=DRAFT
)
SWEEP = FilmSpec(
    "sweep",
    "en",
    (SweepShot(run=RunSpec("sgd", "valley"), hyper="lr", stops=(0.1, 0.3, 0.2)),),
    quality=DRAFT,
)


def test_the_still_of_a_step_taken_apart_has_all_worked_out():
    clock = timeline(ANATOMY)
    state = clock.state(frame_at(ANATOMY, clock, 1)).state
    assert (state.taken_apart, state.row, state.moving) == (1, state.rows - 1, 0.0)
    assert (state.leap, state.solved(1)) == (1.0, 1.0)
    with pytest.raises(UserError, match="no step 2; the steps are 0, 1, 3"):
        frame_at(ANATOMY, clock, 2)


def test_the_still_of_a_stop_is_where_the_knob_rests():
    clock = timeline(SWEEP)
    states = [clock.state(frame_at(SWEEP, clock, stop)).state for stop in (1, 2, 3)]
    assert [(state.value, state.calm) for state in states] == [(0.1, 1.0), (0.3, 1.0), (0.2, 1.0)]
    with pytest.raises(UserError, match="no stop 4; the stops are 0 to 3"):
        frame_at(SWEEP, clock, 4)


def test_a_still_of_a_later_shot_is_not_faded():
    first, second = (scenes.still(TWICE, step=2, shot=shot) for shot in range(2))
    assert np.abs(first.astype(int) - second).max() <= 2


def test_a_preview_follows_the_steps_of_the_main_shot():
    spec = FILMS["adagrad"]
    clock = timeline(spec)
    frames = picked(spec, clock)
    assert len(frames) == FRAMES - FADE
    assert (frames[0], frames[-1]) == (0, clock.frames - 1)
    assert list(frames) == sorted(frames)
    steps = [clock.state(frame).state.step for frame in frames]
    assert set(steps) == set(range(51)), "every step is seen"
    times = [frame / clock.frames for frame in frames]
    assert times[len(times) // 2] > 0.55, "what is explained at length passes quickly"


def test_a_preview_is_a_small_silent_loop(tmp_path):
    path = tmp_path / "preview.mp4"
    scenes.render_preview(TINY, path)
    with av.open(str(path)) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    frames = decoded(path)
    assert frames.shape == (FRAMES, 360, 640, 4)
    frames = frames[:, ::2, ::2, :3].astype(np.int16)
    assert path.stat().st_size < 200_000

    def apart(one, other):
        return np.abs(frames[one] - frames[other]).mean()

    steps = [apart(at, (at + 1) % FRAMES) for at in range(FRAMES)]
    assert apart(0, FRAMES - FADE - 1) > 4 * max(steps[-FADE - 1 :]), "it flows into its begin"


@pytest.mark.parametrize(("height", "width"), [(1080, 1920), (1080, 1080), (1920, 1080)])
def test_a_preview_has_the_form_of_its_film(height, width):
    small = Shrinker().painted(np.full((height, width, 4), 255, np.uint8))
    assert small.shape == (height // 2, width // 3)
    assert (small[: height // 3] == 235).all(), "white, in the range of films"
    again = Shrinker().encoded(VideoFrame.from_ndarray(small, format="yuv420p"))
    assert np.array_equal(again, small)


@pytest.mark.parametrize(
    ("ending", "codec", "reader"),
    [(".mov", "prores", None), (".webm", "vp9", "libvpx-vp9")],
)
def test_an_overlay_has_alpha_where_nothing_is_painted(ending, codec, reader, tmp_path):
    path = tmp_path / f"overlay{ending}"
    seen = []
    scenes.render_overlay(SLOW, path, lambda done, total: seen.append((done, total)))
    frames = decoded(path, reader)
    count = timeline(SLOW).frames
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name == codec
        assert container.streams.video[0].average_rate == 2
    assert len(frames) == count
    assert seen[-1] == (count, count)
    last, solid = frames[-1].astype(int), scenes.still(SLOW).astype(int)
    alpha = last[..., 3]
    assert (alpha < 4).mean() > 0.1, "clear around the plates"
    assert (np.abs(alpha - 255 * PLATE) < 6).mean() > 0.25, "plates under the words"
    assert (alpha > 251).mean() > 0.25
    assert (alpha[:4] < 4).all()
    ground = solid[0, 0]
    laid = last[..., :3] * (alpha / 255)[..., None] + ground * (1 - alpha / 255)[..., None]
    assert np.abs(laid - solid).mean() < 3, "over the film's ground it is the film"


@given(st.integers(0, 255), st.tuples(*[st.integers(0, 255)] * 3))
def test_straight_alpha_undoes_premultiplication(alpha, color):
    pixels = np.array([[[*(round(value * alpha / 255) for value in color), alpha]]], np.uint8)
    back = straight(pixels)[0, 0].astype(int)
    assert back[3] == alpha
    assert all(
        abs(value * alpha / 255 - was) <= 0.51
        for value, was in zip(back[:3], pixels[0, 0, :3].astype(int), strict=True)
    )
