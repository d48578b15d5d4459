"""The race: the numbers of its runs, their order, room for every word."""

import numpy as np
import pytest
from PIL import Image

from scenes import QUALITIES, timeline
from scenes.layout import faults, layers_of
from scenes.parts.rows import Row
from scenes.parts.standings import labels, ranks, status, verdict
from scenes.picture import reel_of
from scenes.race_state import INTRO, ORDER, RUN
from scenes.stage import STAGES, TEXT_LEAST
from tests.scenes.races import SHOTS, film, given_lr, states_of
from tests.scenes.test_readings import half_unit, number
from tests.scenes.test_stills import MOVED, STORED, blocks

ROUNDING = 3


def moments(spec):
    """Frames of the introduction, of the run, of the ordering and of the end."""
    states = states_of(spec)
    kinds = {kind: [f for f, s in enumerate(states) if s.kind == kind] for kind in (INTRO, RUN)}
    order = [f for f, s in enumerate(states) if 0.3 < s.order < 0.8]
    return [0, kinds[INTRO][-1], *kinds[RUN][2::60], kinds[RUN][-1], *order, len(states) - 1]


FORMS = [
    ("tuned", "en", "wide", "dark"),
    ("tuned", "zh", "square", "light"),
    ("diverging", "zh", "wide", "light"),
    ("diverging", "en", "tall", "dark"),
    ("broken", "en", "square", "dark"),
    ("starts", "zh", "tall", "light"),
    ("starts", "en", "wide", "dark"),
]


@pytest.mark.parametrize(("name", "language", "form", "theme"), FORMS)
def test_words_have_room_and_numbers_are_the_runs_own(name, language, form, theme):
    spec = film(SHOTS[name], language, form=form, theme=theme)
    clock, safe = timeline(spec), STAGES[form].safe.grown(2)
    with reel_of(spec) as reel:
        for frame in moments(spec):
            moment = clock.state(frame)
            reel.show(moment)
            check_words(reel.canvas.words(moment.state), safe)
            for element in reel.canvas.elements:
                for shown in element.numbers(moment.state):
                    check_number(shown, moment.state, SHOTS[name])
        assert faults(reel.canvas, layers_of(reel.canvas, moment.state), STAGES[form]) == []
        words = [word.text for _, word in reel.canvas.words(moment.state)]
    check_end(words, SHOTS[name], language)


def check_words(words, safe):
    """Every word is inside, large enough and on no other."""
    for index, (name, word) in enumerate(words):
        assert safe.holds(word.box), f"{name} {word.text!r} leaves the safe area: {word.box}"
        assert word.size >= TEXT_LEAST
        for other, second in words[index + 1 :]:
            assert not word.box.meets(second.box), f"{name} {word.text!r}, {other} {second.text!r}"


def check_number(shown, state, shot):
    """A live number is that of its run after the steps the clock has counted."""
    if shown.name == "lr":
        assert float(shown.text.replace("\u2212", "-")) == shown.run.hyper["lr"]
        return
    step = min(int(state.place), shown.run.steps)
    assert shown.step in (step, int(state.place))
    if shown.name == "step":
        assert shown.text == f"{int(state.place)}/{shown.run.requested}"
        return
    if shown.name == "goal":
        at = at_goal(shown.run, shot)
        assert shown.text == ("\u2013" if at is None else str(at))
        assert step >= (shot.steps if at is None else at)
        return
    value = {"loss": shown.run.losses[step]}[shown.name]
    assert abs(number(shown.text) - value) <= half_unit(shown.text) * (1 + 1e-9)


def at_goal(run, shot):
    """The first step from which the loss is at most a hundredth of the least at a start.

    All minima here have the loss 0. None for a run that never is there.
    """
    level = float(f"{0.01 * min(racer.trajectory.losses[0] for racer in shot.racers):.3g}")
    steps = [step for step in range(run.steps + 1) if (run.losses[step:] <= level).all()]
    return steps[0] if steps and run.stopped is None else None


def check_end(words, shot, language):
    """At the end the rows stand in order, with ranks, losses and what became of broken runs."""
    order, placed = ranks(shot)
    assert verdict(shot, language) in words
    ended = [rank for rank in placed if rank]
    assert all(str(rank) in words for rank in ended)
    for index in order[len(ended) :]:
        run = shot.racers[index].trajectory
        assert status(run, run.requested, language) in words


def test_rows_stand_at_their_ranks():
    spec = film(SHOTS["tuned"])
    clock = timeline(spec)
    with reel_of(spec) as reel:
        heights = []
        for frame in (clock.frames // 2, clock.frames - 1):
            moment = clock.state(frame)
            reel.show(moment)
            words = {word.text: word.box.center[1] for _, word in reel.canvas.words(moment.state)}
            heights.append([words[label] for label in labels(SHOTS["tuned"])])
    shot = SHOTS["tuned"]
    steps = [at_goal(racer.trajectory, shot) for racer in shot.racers]
    assert np.argsort(heights[0]).tolist() == [0, 1, 2, 3, 4]
    assert np.argsort(heights[1]).tolist() == np.argsort(steps, kind="stable").tolist()


@pytest.mark.parametrize("name", ["tuned", "diverging"])
def test_a_frame_looks_the_same_however_one_comes_to_it(name):
    """In order, from the end back, and alone: what is kept while lines grow does not show."""
    spec = film(SHOTS[name])
    clock = timeline(spec)
    chosen = [clock.frames * tenth // 10 for tenth in range(1, 10)]
    with reel_of(spec) as reel:
        pictures = {}
        for frame in range(clock.frames):
            reel.show(clock.state(frame))
            if frame in chosen:
                pictures[frame] = reel.pixels.copy()
        for frame in reversed(chosen):
            reel.show(clock.state(frame))
            assert apart(reel.pixels, pictures[frame]) <= ROUNDING
    with reel_of(spec) as reel:
        reel.show(clock.state(chosen[5]))
        assert apart(reel.pixels, pictures[chosen[5]]) <= ROUNDING


def apart(one, other):
    """The largest difference of two pictures in a channel."""
    return int(np.abs(one.astype(int) - other).max())


def test_stills(refresh):
    spec = film(SHOTS["tuned"], quality=QUALITIES["draft"])
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for moment, frame in (("run", clock.frame_of(12)), ("end", clock.frames - 1)):
            reel.show(clock.state(frame))
            picture = np.ascontiguousarray(reel.pixels[..., 2::-1])
            path = STORED / f"race-en-{moment}.png"
            if refresh:
                Image.fromarray(picture).save(path, optimize=True)
            stored = np.asarray(Image.open(path).convert("RGB"))
            assert stored.shape == picture.shape
            difference = np.abs(blocks(picture) - blocks(stored))
            assert difference.max() < MOVED, f"{path.name}: refresh it if the change is meant"


def test_rows_stay_in_sight_while_they_order_themselves():
    """The best is always there, and most rows are; none is gone for long."""
    shot = SHOTS["tuned"]
    spec = film(shot)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        rows = [e for e in reel.canvas.elements if isinstance(e, Row)]
        states = [clock.state(frame).state for frame in range(clock.frames)]
        ordering = [state for state in states if state.kind == ORDER]
        seen = np.array([[bool(row.words(s)) for row in rows] for s in ordering])
        best = next(at for at, row in enumerate(rows) if row.index == ranks(shot)[0][0])
        assert seen[:, best].all()
        assert seen.sum(axis=1).min() > len(rows) / 2
        assert (~seen).sum(axis=0).max() <= len(ordering) / 2
        assert seen[[0, -1]].all()


@pytest.mark.parametrize(
    ("values", "winners"), [((0.6, 0.7), [False, False]), ((0.6, 0.1), [False, True])]
)
def test_no_run_that_diverges_is_shown_as_the_winner(values, winners):
    spec = film(given_lr(*values, objective="valley", steps=50, start=(-5.0, -2.0)))
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        rows = [e for e in reel.canvas.elements if isinstance(e, Row)]
    assert [row.won for row in sorted(rows, key=lambda row: row.index)] == winners
