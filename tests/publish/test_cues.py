"""Captions with numbers, and WebVTT."""

import base64
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import UserError
from publish.captions import to_address, to_vtt
from publish.cues import read_cues
from publish.shots import NamedShot
from publish.tags import Row, Tag
from scenes import AnatomyShot, DescentShot, RunSpec
from tests.engine.rules import NONE

HERE = Path("en.md")


def descent(optimizer: str, lr: float) -> NamedShot:
    run = RunSpec(optimizer, "valley", (-5.0, -2.0), 4, (("lr", lr),))
    return NamedShot("descent", "descent", DescentShot(panes=(run,)), ("",))


def cue(words: str) -> str:
    tag = Tag("film", "descent", "Caption", (Row(f"2: {words}", 9),), 8)
    [[found]] = read_cues(tag, [descent("adagrad", 0.4)], HERE, "en")
    return found.text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("{x1[0]:g} {x2[1]:.3f}", "−5 −1.600"),
        ("{loss[0]}", "10.5"),
        ("{g1[1]:.0f} {g2[1]:.0f}", "−1 −8"),
        ("{s2[1]:.0f}", "64"),
        ("{effective2[1]:.2f}", "0.05"),
        ("{lr:g} {steps}", "0.4 4"),
        ("{loss[-1]:.3f}", "3.604"),
        ("{loss[4]:.3f}", "3.604"),
        ("plain", "plain"),
        ("{steps:.3}, {steps:e}", "4, 4.000000e+00"),
    ],
)
def test_numbers_in_captions(words, text):
    assert cue(words) == text


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("{loss}", "needs a number"),
        ("{lr[1]}", "one number for the whole run"),
        ("{loss[9]}", "goes from 0 to 4"),
        ("{g1[0]}", "goes from 1 to 4"),
        ("{speed[1]}", "the run has no 'speed'"),
        ("{loss[1].__class__}", "is not a placeholder"),
        ("{}", "is not a placeholder"),
        ("{loss[1]:x}", "not a number format"),
        ("{loss[1]:10000000000f}", "not a number format"),
        ("{loss[1]:.2d}", "not a number format"),
        ("the loss is {loss[1]", "a '{' without its other half"),
        ("the loss is loss[1]} now", "a '}' without its other half"),
    ],
)
def test_bad_placeholders(words, part):
    with pytest.raises(UserError, match=r"en\.md, line 9: ") as caught:
        cue(words)
    assert part in str(caught.value)


def test_an_effective_step_without_a_gradient_has_no_value():
    run = RunSpec(NONE["the sign"], "valley", (-5.0, 0.0), 4)
    named = NamedShot("descent", "descent", DescentShot(panes=(run,)), ("",))
    tag = Tag("film", "descent", "Caption", (Row("2: {effective1[2]:.4f}", 9),), 8)
    assert read_cues(tag, [named], HERE, "en")[0][0].text == "0.0201"
    tag = Tag("film", "descent", "Caption", (Row("2: {effective2[2]:.4f}", 9),), 8)
    with pytest.raises(UserError, match=r"line 9: .* has no value: the gradient vanishes there"):
        read_cues(tag, [named], HERE, "en")


def rows(*texts: str) -> Tag:
    return Tag("film", "d", "C", tuple(Row(text, 5 + n) for n, text in enumerate(texts)), 4)


@pytest.mark.parametrize(
    ("tag", "part"),
    [
        (rows("words"), "line 5: expected a caption"),
        (rows("2: a", "1: b"), "line 6: a caption at step 1 cannot follow"),
        (rows("0: a", "0: b"), "line 6: a caption at step 0 cannot follow"),
        (rows("0:"), "line 5: the caption has no words"),
    ],
)
def test_bad_rows(tag, part):
    with pytest.raises(UserError, match=part):
        read_cues(tag, [descent("sgd", 0.1)], HERE, "en")


def test_continued_rows_are_joined_as_the_script_asks():
    [cues] = read_cues(rows("0: one", "two", "1：走了", "一步"), [descent("sgd", 0.1)], HERE, "en")
    assert [item.text for item in cues] == ["one two", "走了一步"]


def test_captions_share_a_step_that_is_taken_apart():
    run = RunSpec("adagrad", "valley", (-5.0, -2.0), 4)
    shot = NamedShot("anatomy", "anatomy", AnatomyShot(run=run, steps=(1, 3)), ("",))
    [cues] = read_cues(rows("1: measured", "1: squared", "3: again"), [shot], HERE, "en")
    assert [(item.at, item.text) for item in cues] == [
        (1, "measured"),
        (1, "squared"),
        (3, "again"),
    ]
    with pytest.raises(UserError, match="line 6: a caption at step 1 cannot follow"):
        read_cues(rows("3: again", "1: measured"), [shot], HERE, "en")


@dataclass
class Shown:
    start: float
    end: float
    text: str


def test_vtt():
    text = to_vtt([Shown(0, 61.5, "a < b & c"), Shown(3661.0009, 3700, "走")])
    assert text == (
        "WEBVTT\n\n00:00:00.000 --> 00:01:01.500\na\u00a0&lt;\u00a0b &amp; c\n\n"
        "01:01:01.001 --> 01:01:40.000\n走\n"
    )
    head, _, body = to_address(text).partition(",")
    assert head == "data:text/vtt;base64"
    assert base64.b64decode(body).decode() == text
