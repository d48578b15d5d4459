"""The clock of a race: every step in its time, and none spent on what nobody can follow."""

import itertools
import math
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes import QUALITIES, Cue, timeline
from scenes.parts.standings import over
from scenes.race_state import HOLD, INTRO, ORDER, RUN
from tests.scenes.races import film, given_lr


@settings(max_examples=20)
@given(
    steps=st.integers(1, 5000),
    count=st.integers(2, 6),
    quality=st.sampled_from([QUALITIES["draft"], QUALITIES["standard"], QUALITIES["4k"]]),
)
def test_the_clock_makes_every_step_in_time(steps, count, quality):
    shot = given_lr(*np.linspace(0.01, 0.1, count).tolist(), steps=steps)
    clock = timeline(film(shot, quality=quality)).clocks[0]
    kinds = [beat.kind for beat in clock.beats]
    assert [kind for kind, _ in itertools.groupby(kinds)] == [INTRO, RUN, ORDER, HOLD]
    first, last = clock.starts[kinds.index(RUN)], clock.starts[kinds.index(ORDER)]
    assert (last - first) / clock.fps <= 20
    assert (clock.frames - clock.starts[kinds.index(HOLD)]) / clock.fps >= 5 - 1 / clock.fps
    assert [beat.step for beat in clock.beats] == sorted(beat.step for beat in clock.beats)
    places = [clock.state(frame).place for frame in range(first, last, 7)]
    assert places == sorted(places)
    assert clock.state(first).place == 0
    assert steps - 1e-9 <= clock.state(last).place == steps
    assert clock.state(clock.frames - 1).order == 1


def test_later_steps_follow_evenly_though_none_is_a_whole_number_of_frames():
    shot = given_lr(0.1, 0.2, steps=1200)
    clock = timeline(film(shot, quality=QUALITIES["standard"])).clocks[0]
    states = [clock.state(frame) for frame in range(clock.frames)]
    late = np.array([state.place for state in states if state.kind == RUN and state.place > 60])
    rates = np.diff(late)
    assert rates.min() > 1
    assert rates.max() < 1.15 * rates.min()


@settings(max_examples=20)
@given(st.integers(1, 3000), st.floats(0, 1))
def test_a_caption_comes_with_its_step(steps, share):
    at = round(share * steps)
    shot = replace(given_lr(0.1, 0.2, steps=steps), cues=(Cue(at, "Here."),))
    clock = timeline(film(shot, quality=QUALITIES["draft"])).clocks[0]
    frame = round(clock.cues[0].start * clock.fps)
    assert clock.state(frame).place >= at
    assert frame == 0 or clock.state(frame - 1).place < at + 1e-9


def test_what_is_left_passes_in_a_moment_once_all_have_diverged():
    """Each step multiplies x2 by 1 - 4 lr: a million times the loss within some 20 steps."""
    lost = given_lr(0.7, 0.8, objective="valley", steps=3000, start=(-5.0, -2.0))
    first = lost.racers[0].trajectory
    assert over(first) == math.ceil(math.log(1e6 * 10.5 / 8) / (2 * math.log(1.8)))
    assert first.stopped > over(first)
    tiny = "1e-12*(0.1*x1**2 + 2*x2**2) + 5"
    far = given_lr(0.7e12, 0.8e12, objective=tiny, steps=3000, start=(-5.0, -2.0))
    assert abs(over(far.racers[0].trajectory) - over(first)) <= 1
    clock = timeline(film(lost)).clocks[0]
    states = [clock.state(frame) for frame in range(clock.frames)]
    after = [s for s in states if s.kind == RUN and s.place > over(first)]
    assert 0 < len(after) / clock.fps <= 1.6
    assert any(s.place >= first.stopped for s in after)
    kept = replace(lost, racers=(lost.racers[0], replace(lost.racers[1], hyper=(("lr", 0.1),))))
    long = timeline(film(kept)).clocks[0]
    assert long.frames > clock.frames + 5 * clock.fps
