"""The layout check: it passes every film of the course, and fails where something is wrong."""

from dataclasses import replace
from pathlib import Path

import cairo
import numpy as np
import pytest

from publish.course import load_course
from publish.plan import films
from scenes import timeline
from scenes.canvas import Brush, Canvas, Element
from scenes.kit import ink_box, spelled
from scenes.layout import faults, layers_of
from scenes.lettering import Sprite
from scenes.picture import reel_of
from scenes.samples import samples
from scenes.stage import STAGES, WIDE, Box
from scenes.timeline import FADE
from scenes.together import apart
from scenes.truth import wrong_numbers
from tests.scenes.films import FILMS, TINY

LESSONS = Path(__file__).parents[2] / "lessons"
SCALE = 0.5


def found(spec, more=2):
    """What is wrong with the samples of a film, with film, shot and time."""
    clock = timeline(spec)
    lines = []
    with reel_of(spec) as reel:
        for sample in samples(spec, clock, more):
            moment = clock.state(sample.frame)
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            wrong = faults(reel.canvas, layers, STAGES[spec.form])
            wrong += wrong_numbers(layers, moment.state) + apart(layers, moment.state)
            where = f"{spec.name}-{spec.language}, shot {sample.shot + 1}, {sample.time:.2f} s"
            lines += [f"{where}: {fault}" for fault in wrong]
    return lines


def test_every_film_of_the_course_is_laid_out_well(every):
    """In one language each, in turn, if not in both."""
    planned = films(load_course(LESSONS), "draft")
    taken = planned if every else [one for at, one in enumerate(planned) if at % 4 in (0, 3)]
    assert {one.stem.rpartition("-")[0] for one in taken} == {one.spec.name for one in planned}
    lines = [line for one in taken for line in found(one.spec)]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize(("form", "theme"), [("square", "light"), ("tall", "dark")])
def test_other_forms_are_laid_out_well(form, theme):
    lines = found(replace(FILMS["adagrad"], form=form, theme=theme), more=0)
    assert not lines, "\n".join(lines)


# What follows shows that the check fails where it must.


def sprite(width=120, height=30, size=30.0, text="word"):
    """Upright strokes where letters would be, in stage pixels."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, round(width * SCALE), round(height * SCALE))
    context = cairo.Context(surface)
    context.set_source_rgb(1, 1, 1)
    for left in range(0, round(width * SCALE), 6):
        context.rectangle(left, 0, 3, height * SCALE)
    context.fill()
    return Sprite(surface, 0, 0, (0.0, 0.0, float(width), float(height)), size, text)


class Label(Element[int]):
    """A word at a place; the state has no part in it."""

    def __init__(self, x, y, alpha=1.0, listed=True, **look):
        self.sprite, self.x, self.y, self.alpha = sprite(**look), x, y, alpha
        self.listed = listed

    def key(self, state):
        return 0

    def reach(self, state):
        return ink_box(self.sprite, self.x, self.y)

    def paint(self, brush, state):
        brush.sprite(self.sprite, self.x, self.y, self.alpha)

    def words(self, state):
        return [spelled(self.sprite, self.x, self.y)] if self.listed else []


class Disc(Element[int]):
    """A mark that moves right by ten pixels a state."""

    def __init__(self, x, y, alpha=1.0, forgets=False):
        self.x, self.y, self.alpha, self.forgets = x, y, alpha, forgets

    def key(self, state):
        return state

    def reach(self, state):
        x = self.x + 10 * state
        return Box(x, self.y, x, self.y).grown(20)

    def damage(self, before, after):
        return [self.reach(after)] if self.forgets else super().damage(before, after)

    def paint(self, brush, state):
        brush.disc(self.x + 10 * state, self.y, 18, "#ff8800", self.alpha)


def told(*elements, still=()):
    """What the check says of these elements, from the bottom up, in their third state."""
    background = np.zeros((540, 960, 4), np.uint8)
    background[..., 3] = 255
    brush = Brush(background, SCALE)
    for written, x, y in still:
        brush.write(written, x, y)
    canvas = Canvas(background, elements, SCALE, brush.words)
    for state in range(3):
        canvas.show(state)
    return faults(canvas, layers_of(canvas, 2), WIDE)


def test_a_good_picture_has_no_faults():
    still = [(sprite(), 100, 300)]
    assert told(Label(100, 100), Label(300, 100), Disc(500, 100), still=still) == []


def test_text_that_meets_text_is_told():
    [fault] = told(Label(100, 100), Label(200, 120, text="other"))
    assert fault == "Label 'word' and Label 'other' overlap"
    assert told(Label(100, 100), Label(200, 120, alpha=0.0)) == []


def test_live_text_that_meets_still_text_is_told():
    faults = told(Label(100, 100), still=[(sprite(text="title"), 180, 90)])
    assert "still 'title' and Label 'word' overlap" in faults


@pytest.mark.parametrize("place", [(60, 300), (1740, 300), (300, 50), (300, 1000)])
def test_text_outside_the_safe_area_is_told(place):
    [fault] = told(Label(*place))
    assert "leaves the safe area" in fault


def test_text_below_size_is_told():
    [fault] = told(Label(100, 100, size=23.9))
    assert fault == "Label 'word' has an em of 23.9, below 24"
    assert told(Label(100, 100, size=24.0)) == []


def test_text_under_a_mark_is_told():
    [fault] = told(Label(100, 100), Disc(140, 115))
    assert fault == "Label 'word' is hidden by what is painted over it"
    assert told(Disc(140, 115), Label(100, 100)) == []
    assert told(Label(100, 100), Disc(140, 115, alpha=0.15)) == []


def test_still_text_under_a_mark_is_told():
    [fault] = told(Disc(140, 115), still=[(sprite(text="title"), 100, 100)])
    assert fault == "still 'title' is hidden by what is painted over it"


def test_text_that_is_not_listed_is_told():
    [fault] = told(Label(100, 100, listed=False))
    assert fault == "Label shows 'word' but does not list it"


def test_what_an_element_leaves_behind_is_told():
    [fault] = told(Disc(300, 300, forgets=True))
    assert "not what painting anew gives" in fault


def test_samples_begin_and_end_each_shot_and_do_not_change():
    spec = replace(TINY, shots=TINY.shots * 3)
    clock = timeline(spec)
    taken = samples(spec, clock, 4)
    assert taken == samples(spec, clock, 4)
    assert [s.frame for s in taken] == sorted({s.frame for s in taken})
    for shot, start in enumerate(clock.starts):
        mine = [s.frame for s in taken if s.shot == shot]
        end = start + clock.clocks[shot].frames
        lit = end - (round(FADE * clock.fps) if end < clock.frames else 0)
        assert mine[0] == start
        assert lit - 1 <= mine[-1] < end
        assert any(abs(frame - (start + lit) / 2) <= 1 for frame in mine)
        assert all(clock.state(frame).light == 1 for frame in mine)
    assert taken[-1].caption == "到了。"
    other = samples(replace(spec, name="other"), clock, 4)
    assert [s.frame for s in other] != [s.frame for s in taken]
