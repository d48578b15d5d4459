"""The storyboard shows the film's own frames, with times and captions that fit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenes
from scenes import AnatomyShot, Cue, DescentShot, FilmSpec, RunSpec, timeline
from scenes.palette import THEMES
from scenes.picture import reel_of
from scenes.samples import samples
from scenes.storyboard import (
    GAP,
    HEADING,
    MARGIN,
    SHEET,
    TEXT,
    TITLE_ROW,
    Sheet,
    clock_text,
    title_of,
    wrapped,
)
from tests.scenes.films import TINY, changed

CLOSING = "，。、；：！？）」』》”’…,.;:!?)"
SPEC = changed(TINY, cues=(Cue(0, "从起点出发。"), Cue(2, "走了两步，" * 40)), theme="light")


@pytest.fixture(scope="module")
def sheet():
    return scenes.render_storyboard(SPEC)


def cell(sheet, column, width, height):
    """The picture in the first row at a column."""
    left, top = MARGIN + column * (width + GAP), MARGIN + TITLE_ROW + HEADING
    return sheet[top : top + height, left : left + width]


def test_the_pictures_are_the_films_frames(sheet):
    spec = replace(SPEC, quality=SHEET)
    width, height = spec.size
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for column, sample in enumerate(samples(spec, clock)[:3]):
            reel.show(clock.state(sample.frame))
            shown = cell(sheet, column, width, height).astype(int)
            assert np.abs(shown - reel.pixels[..., 2::-1]).max() <= 20


def test_under_each_picture_stand_time_and_caption(sheet):
    width, height = replace(SPEC, quality=SHEET).size
    ground = [int(THEMES["light"].surface[at : at + 2], 16) for at in (1, 3, 5)]
    for column in range(3):
        left, top = MARGIN + column * (width + GAP), MARGIN + TITLE_ROW + HEADING + height + 4
        under = sheet[top : top + 44, left : left + width]
        ink = (np.abs(under.astype(int) - ground).max(axis=2) > 60).any(axis=0)
        assert ink.any()
        gap = sheet[top : top + 80, left + width + 2 : left + width + GAP - 2]
        assert np.abs(gap.astype(int) - ground).max() < 10, "words keep to their picture's width"


@given(st.text("ab 字，。x,.", max_size=120), st.integers(60, 400))
def test_wrapped_text_is_the_text(text, width):
    lines = wrapped(text, width, TEXT)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line and line == line.strip() for line in lines)


@given(st.text("字词，。", min_size=1, max_size=120), st.integers(90, 400))
def test_chinese_lines_do_not_begin_with_closing_punctuation(text, width):
    lines = wrapped("字" + text, width, TEXT)
    assert not any(line[0] in CLOSING for line in lines[1:] if set(line) - set(CLOSING))


def test_a_long_text_takes_as_many_lines_as_it_needs():
    lines = wrapped("a word and " * 100, 300, TEXT)
    assert " ".join(lines) == ("a word and " * 100).strip()
    assert wrapped("", 300, TEXT) == []


def test_a_long_title_and_long_captions_are_on_the_sheet_in_whole(monkeypatch):
    written = []
    monkeypatch.setattr(Sheet, "write", lambda self, text, *_, **__: written.append(text))
    title, heading = "The title that does not end " * 4, "A shot with much to say " * 12
    caption = "A caption of many words. " * 20
    shot = replace(SPEC.shots[0], title=heading, cues=(Cue(0, caption),))
    scenes.render_storyboard(replace(SPEC, title=title, shots=(shot,)))
    whole = " ".join(written)
    assert title.strip() in whole
    assert heading.strip() in whole
    assert caption.strip() in whole


def test_a_film_of_two_methods_is_named_after_them():
    run = RunSpec("adam", "valley", steps=2)
    shots = (DescentShot(panes=(run,)), AnatomyShot(run=replace(run, optimizer="sgd"), steps=(1,)))
    assert title_of(FilmSpec("two", "en", (*shots, shots[0]))) == "Adam · SGD"
    assert title_of(FilmSpec("two", "en", shots, title="Both")) == "Both"


def test_times():
    assert [clock_text(s) for s in (0, 59.96, 61.25, 600)] == [
        "0:00.0",
        "1:00.0",
        "1:01.2",
        "10:00.0",
    ]
