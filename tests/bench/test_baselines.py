"""The scenes of plain Manim in the bench show what our films show: the same numbers, in time."""

from dataclasses import replace
from functools import cache
from typing import ClassVar

import av
import manim
import numpy as np
import pytest

from bench.content import bare, picture_of
from bench.expert import render
from bench.expert_parts import Digits, figures
from bench.films import check_frames, decoded
from bench.tutorial import Descent
from bench.tutorial_film import tutorial_data
from engine import OPTIMIZERS, Hyper, Optimizer
from publish.plan import PlannedFilm
from scenes import timeline
from scenes.parts.readings import Readings
from scenes.picture import reel_of
from tests.scenes.films import DRAFT, changed, film

SMALL = replace(DRAFT, name="small", height=216, fps=5)
BY_LENGTH = sorted(OPTIMIZERS, key=lambda name: len(OPTIMIZERS[name].program.lines))
SHORTEST, LONGEST = (
    PlannedFilm("lesson", name, "en", film(name, "en", name, "valley", (), 1, SMALL, steps=3))
    for name in (BY_LENGTH[0], BY_LENGTH[-1])
)
AHEAD = Optimizer(
    name="ahead",
    title="Ahead",
    formula="y = x - lr*g\nx = x - lr*grad(y)",
    hyper=(Hyper("lr", 0.05, 0, 1, 0.01),),
    direction="g_tilde",
)
FURTHER = [
    PlannedFilm("lesson", name, "en", film(name, "en", rule, field, (), 1, SMALL, **options))
    for name, rule, field, options in (
        ("elsewhere", AHEAD, "valley", {"steps": 3}),
        ("leaving", "sgd", "valley", {"steps": 6, "hyper": (("lr", 0.9),)}),
        ("small", "adam", "valley", {"steps": 3, "hyper": (("lr", 0.001),)}),
        ("converged", "sgd", "x1**2 + x2**2 + 1e-30*x1**4", {"steps": 3, "hyper": (("lr", 0.5),)}),
        ("signed", "momentum", "valley", {"steps": 3}),
    )
]

pictured = cache(picture_of)


def number(text):
    """What digits say; a dash stands where there is no number yet."""
    return None if text == "–" else float(text.replace("\u2212", "-"))


def run_of(planned):
    return planned.spec.shots[0].runs[0].trajectory


def states_of(planned):
    clock = timeline(planned.spec)
    return [clock.state(frame).state for frame in range(clock.frames)]


@pytest.fixture(scope="module")
def filmed(tmp_path_factory):
    """The expert's film, and the frames of its file."""
    video = render(pictured(SHORTEST), tmp_path_factory.mktemp("expert"))
    with av.open(str(video)) as container:
        return video, [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def of_the_run(run, name, index, step):
    """The number of a run that is named so, after ``step`` steps; None before its first."""
    if name == "loss":
        return run.losses[step]
    if name == "x":
        return run.points[step][index]
    if step:
        return {"g": run.gradients, "effective": run.effective, **run.terms}[name][step - 1][index]
    return {state.name: state.initial for state in run.optimizer.state}.get(name)


@pytest.mark.parametrize("planned", [SHORTEST, LONGEST], ids=lambda planned: planned.film)
def test_every_number_of_the_expert_is_the_runs(planned):
    run, states, told = run_of(planned), states_of(planned), set()
    readings = Readings(run)
    rows = {name: row for row, name in enumerate(readings.names)} | {"effective": readings.update}
    for each in pictured(planned).numbers:
        told.add((each.name, each.index))
        for state, (text, _) in zip(states, each.shown, strict=True):
            counted = readings.step(state)
            if each.name == "step":
                assert text == f"{counted}/{run.requested}"
                continue
            row = rows.get(each.name)
            waits = row is None or each.name == "x"
            step = counted if waits else state.step + (row < state.fresh)
            value, shown = of_the_run(run, each.name, each.index, step), number(text)
            assert (shown is None) == (value is None), (each.name, step)
            assert shown is None or shown == pytest.approx(value, rel=6e-3, abs=6e-5)
    assert told == {("loss", None), ("step", None), *((name, i) for name in rows for i in range(2))}


@pytest.mark.parametrize("planned", [SHORTEST, LONGEST, *FURTHER], ids=lambda planned: planned.film)
def test_the_expert_leaves_nothing_out(planned):
    picture, clock = pictured(planned), timeline(planned.spec)
    rows = len(run_of(planned).optimizer.rows)
    assert (len(picture.rows), len(picture.bars), len(picture.numbers)) == (rows, 2, 2 * rows + 4)
    assert (picture.frames, picture.fps, picture.size) == (clock.frames, 5, planned.spec.size)
    with reel_of(planned.spec) as reel:
        for frame in range(0, clock.frames, 4):
            moment = clock.state(frame)
            reel.show(moment)
            theirs = [words.text for words in picture.still]
            theirs += [row.words.text for row in picture.rows]
            theirs += [number.shown[frame][0] for number in picture.numbers]
            said = [saying.shown[frame] for saying in picture.sayings]
            theirs += [words.text for words, _ in filter(None, said)]
            ours = [word.text for _, word in reel.canvas.words(moment.state)]
            assert sorted(map(bare, theirs)) == sorted(map(bare, ours))


def test_digits_are_drawn_as_they_are_told():
    outlines, advance = figures()
    for each in pictured(LONGEST).numbers:
        digits = Digits(each)
        for frame in range(0, len(each.shown), 7):
            digits.bring(frame)
            (text, alpha), drawn = each.shown[frame], digits.ink.points
            assert len(drawn) == sum(len(outlines[letter]) for letter in text)
            assert digits.ink.fill_opacity == alpha
            right, cell = (each.right - 960) / 135, advance * each.size * 0.733 / 135
            assert right - cell <= drawn[:, 0].max() <= right
            assert right - len(text) * cell <= drawn[:, 0].min() <= right - (len(text) - 1) * cell


def test_the_experts_film_has_our_frames(filmed):
    video, frames = filmed
    clock = timeline(SHORTEST.spec)
    assert decoded(video) == (clock.frames, *SHORTEST.spec.size, clock.fps)
    assert len(frames) == clock.frames
    check_frames("expert", [SHORTEST], [video])
    for other in (changed(SHORTEST.spec, steps=2), changed(SHORTEST.spec, quality=DRAFT)):
        with pytest.raises(RuntimeError, match=f"expert made of {SHORTEST.stem} "):
            check_frames("expert", [replace(SHORTEST, spec=other)], [video])


def apart(one, other):
    """How far the mean shades of the same square are apart at most, of 9 x 16 squares; 0 to 255."""
    squares = (one.astype(np.int16) - other).mean(axis=2).reshape(9, 24, 16, 24)
    return float(np.abs(squares.mean(axis=(1, 3))).max())


def test_the_experts_frames_are_most_like_ours_of_the_same_time(filmed):
    clock, ours = timeline(SHORTEST.spec), []
    with reel_of(SHORTEST.spec) as reel:
        for frame in range(clock.frames):
            reel.show(clock.state(frame))
            ours.append(reel.pixels[..., 2::-1].astype(np.int16))
    told = 0
    for frame, picture in enumerate(filmed[1]):
        here = np.abs(ours[frame] - picture).mean()
        assert apart(ours[frame], picture) < 4, frame
        for other in range(max(frame - 2, 0), min(frame + 3, clock.frames)):
            if np.abs(ours[frame] - ours[other]).mean() > 0.4:
                assert here < np.abs(ours[other] - picture).mean(), (frame, other)
                told += 1
    assert told > clock.frames / 2


@pytest.mark.parametrize("planned", FURTHER, ids=lambda planned: planned.film)
def test_the_experts_frames_are_ours_where_more_is_shown(planned, tmp_path):
    clock, video = timeline(planned.spec), render(pictured(planned), tmp_path)
    with av.open(str(video)) as container, reel_of(planned.spec) as reel:
        for number, frame in enumerate(container.decode(video=0)):
            reel.show(clock.state(number))
            ours = reel.pixels[..., 2::-1].astype(np.int16)
            assert apart(ours, frame.to_ndarray(format="rgb24")) < 4, number


@pytest.mark.parametrize(("name", "over"), [("elsewhere", "arrows"), ("leaving", "point")])
def test_what_marks_something_is_drawn(name, over):
    [planned] = [each for each in FURTHER if each.film == name]
    assert over in {drawing.over for drawing in pictured(planned).drawings}


class Watched(Descent):
    """The tutorials' scene, whose numbers are noted at the end of every beat."""

    film: ClassVar = {**tutorial_data(SHORTEST), "levels": []}

    def setup(self):
        self.frames, self.noted = 0, []

    def play(self, *animations, **options):
        super().play(*animations, **options)
        run_time = options.get("run_time", getattr(animations[0], "run_time", None))
        self.frames += len(np.arange(0, run_time, 1 / self.film["fps"]))

    def beat(self, kind, step, row, frames):
        super().beat(kind, step, row, frames)
        shown = [one.number for one in self.mobjects if isinstance(one, manim.DecimalNumber)]
        self.noted.append((self.frames, shown))


def test_the_tutorials_scene_shows_our_numbers_in_our_frames(tmp_path):
    with manim.tempconfig({"dry_run": True, "media_dir": str(tmp_path), "progress_bar": "none"}):
        scene = Watched(skip_animations=True)
        scene.render()
    picture = pictured(SHORTEST)
    *beside, loss, step = picture.numbers
    assert (loss.name, step.name) == ("loss", "step")
    assert scene.frames == picture.frames
    assert len(scene.noted) == len(timeline(SHORTEST.spec).clocks[0].beats)
    for end, shown in scene.noted:
        *theirs, counted, lost = shown
        ours = [number(each.shown[end - 1][0]) or 0.0 for each in (*beside, loss)]
        assert [*theirs, lost] == pytest.approx(ours, rel=6e-3, abs=6e-5)
        assert f"{counted:.0f}/3" == step.shown[end - 1][0]
