"""The clock: whole frames, no gaps, enough time to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import UserError
from scenes import QUALITIES, AnatomyShot, Cue, FilmSpec, RunSpec, timeline
from scenes.clock import reading_seconds
from scenes.state import HOLD, QUICK
from tests.scenes.films import FILMS, TINY, changed, clock_of, film, run_of

SPECS = st.builds(
    film,
    name=st.just("any"),
    language=st.sampled_from(["en", "zh"]),
    optimizer=st.sampled_from(["sgd", "adagrad", "adam"]),
    objective=st.just("valley"),
    steps=st.integers(1, 400),
    explained=st.integers(0, 5),
    quality=st.sampled_from([QUALITIES["draft"], QUALITIES["standard"], QUALITIES["4k"]]),
)
CUES = st.lists(
    st.tuples(st.floats(0, 1), st.text("abc 梯度", min_size=1, max_size=400)), max_size=6
)


def sorted_cues(spec, drawn):
    cues = [Cue(round(share * run_of(spec).requested), text) for share, text in drawn]
    return changed(spec, cues=tuple(sorted(cues, key=lambda cue: cue.at)))


@given(SPECS, CUES)
def test_every_frame_has_a_state_and_time_never_goes_back(spec, drawn):
    spec = sorted_cues(spec, drawn)
    clock = clock_of(spec)
    stride = max(clock.frames // 97, 1)
    states = [clock.state(frame) for frame in [*range(0, clock.frames, stride), clock.frames - 1]]
    places = [state.step + state.moving for state in states]
    assert places == sorted(places)
    assert states[0].step == 0
    assert states[0].kind == "intro"
    assert states[-1].kind == HOLD
    assert states[-1].step == len(run_of(spec).points) - 1
    assert states[-1].ending == 1
    assert all(0 <= value <= 1 for s in states for value in (s.moving, s.turn, s.gradient, s.leap))


@given(SPECS, CUES)
def test_captions_follow_each_other_and_can_be_read(spec, drawn):
    spec = sorted_cues(spec, drawn)
    clock = clock_of(spec)
    assert sorted(cue.text for cue in clock.cues) == sorted(cue.text for cue in spec.shots[0].cues)
    for cue in clock.cues:
        assert cue.end - cue.start >= reading_seconds(cue.text) - 3 / clock.fps
        assert (cue.start * clock.fps) == pytest.approx(round(cue.start * clock.fps))
    for one, other in zip(clock.cues, clock.cues[1:], strict=False):
        assert one.end == other.start
    if clock.cues:
        assert clock.cues[-1].end == clock.duration


@given(SPECS)
def test_a_caption_starts_when_its_step_has_been_made(spec):
    half = run_of(spec).requested // 2
    spec = changed(spec, cues=(Cue(0, "from the start"), Cue(half, "half of the way")))
    clock = clock_of(spec)
    state = clock.state(round(clock.cues[1].start * clock.fps))
    assert state.step >= half
    if half:
        assert clock.state(round(clock.cues[1].start * clock.fps) - 1).step < max(half, 1)


def test_the_first_step_is_slow_and_every_line_acts_in_its_turn():
    clock = clock_of(FILMS["adam"])
    states = [clock.state(frame) for frame in range(clock.frames)]
    first = [state for state in states if state.step == 0 and state.acting is not None]
    acting = [state.acting for state in first if state.acting is not None]
    assert acting == sorted(acting)
    assert set(acting) == set(range(6))
    assert min(acting.count(row) for row in range(6)) >= clock.fps
    at_speed = sum(state.step == 40 for state in states)
    assert at_speed < len(first) / 10


def test_chapters_start_at_zero_and_go_up():
    chapters = clock_of(FILMS["adagrad"]).chapters
    starts = [chapter.start for chapter in chapters]
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert len(chapters) == 4


def test_a_run_that_stops_at_once_still_has_a_clock():
    spec = film("stop", "en", "sgd", "log(x1)", start=(1.0, 0.0), hyper=(("lr", 2.0),))
    clock = clock_of(spec)
    assert (
        clock.state(clock.frames - 1).step == len(run_of(spec).points) - 1 < run_of(spec).requested
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"form": "squar"}, "did you mean 'square'"),
        ({"theme": "night"}, "theme"),
        ({"pace": 0.0}, "pace"),
        ({"language": "fr"}, "language"),
        ({"name": "a b"}, "letters"),
        ({"steps": 0}, "steps"),
        ({"start": (float("nan"), 0.0)}, "start"),
        ({"explained": -1}, "explained"),
        ({"cues": (Cue(3, "later"), Cue(1, "sooner"))}, "order"),
        ({"cues": (Cue(99, "beyond"),)}, "99"),
    ],
)
def test_a_wrong_spec_is_refused_in_one_line(change, named):
    with pytest.raises(UserError, match=named) as fault:
        changed(TINY, **change)
    assert "\n" not in str(fault.value)


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=4, unique=True).map(sorted),
    st.lists(
        st.sampled_from(["Short.", "A caption that takes a while to be read. " * 3]), max_size=3
    ),
    st.booleans(),
)
def test_what_is_said_of_a_step_taken_apart_is_gone_when_the_next_step_begins(steps, texts, spoken):
    """Also where a caption is long: the step waits for it, and the quick passage has its own."""
    between = {step + 1 for step in steps[:-1]} - {*steps} if spoken else set()
    cues = [Cue(step, text) for step in steps for text in texts]
    cues += [Cue(step, "Quickly on.") for step in between]
    shot = AnatomyShot(
        run=RunSpec("adagrad", "valley", (-5.0, -2.0), 30),
        steps=tuple(steps),
        cues=tuple(sorted(cues, key=lambda cue: cue.at)),
    )
    spec = FilmSpec("parts", "en", (shot,), quality=TINY.quality)
    clock = timeline(spec)
    last = max(steps)
    for cue, timed in zip(shot.cues, clock.cues, strict=True):
        frames = range(round(timed.start * clock.fps), round(timed.end * clock.fps))
        states = [clock.state(frame).state for frame in frames]
        assert states
        if cue.at in steps:
            assert all(state.step in (cue.at - 1, cue.at) for state in states)
            assert cue.at == last or all(state.kind != QUICK for state in states)
        else:
            assert all(state.kind == QUICK for state in states)
