"""Both themes: text that can be read, colors that eyes with two kinds of cones tell apart."""

import math
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from scenes import QUALITIES, AnatomyShot, DescentShot, FilmSpec, RunSpec, timeline
from scenes.anatomy_state import AnatomyState
from scenes.canvas import rgb
from scenes.palette import LIT, THEMES, faint
from scenes.parts.litrows import LitRow
from scenes.parts.panel import EquationRow
from scenes.parts.scenery import PLATE
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.state import LINE, State
from tests.scenes.films import FILMS

SIGHT = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""What is left of linear RGB, severity 1.0 (Machado, Oliveira and Fernandes 2009, table 1)."""

LETTERS = "each stands beside its letter in a row of its own"
TOLD_OTHERWISE = {
    ("point", "gradient"): "a path with dots and a disc; an arrow with an open head",
    ("first", "second"): LETTERS,
    ("first", "memory"): LETTERS,
    ("second", "memory"): LETTERS,
    ("point", "first"): LETTERS,
    ("point", "second"): LETTERS,
    ("point", "memory"): LETTERS,
    ("gradient", "first"): LETTERS,
    ("gradient", "second"): LETTERS,
    ("gradient", "memory"): LETTERS,
    ("first", "step"): LETTERS,
    ("second", "step"): LETTERS,
    ("memory", "step"): LETTERS,
}
"""Pairs of roles whose colors need not be told apart, and what tells them apart instead."""

APART, OFF_FIELD = 0.05, 0.12
"""Least distances in OKLab: of two arrows or an arrow and the path, and of each from the field."""


def linear(color):
    channels = np.array(rgb(color))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(channels):
    return float(channels @ [0.2126, 0.7152, 0.0722])


def contrast(one, other):
    """The ratio of WCAG 2 of two colors in linear RGB."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(color, ground, share):
    """``share`` of a color over a ground, mixed as the films do, in linear RGB."""
    mix = share * np.array(rgb(color)) + (1 - share) * np.array(ground)
    return np.where(mix <= 0.04045, mix / 12.92, ((mix + 0.055) / 1.055) ** 2.4)


def oklab(color, sight):
    """OKLab (Ottosson 2020) of a color as it is seen."""
    seen = np.clip(np.array(SIGHT[sight]) @ linear(color), 0, 1)
    cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    axes = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(axes) @ np.cbrt(np.array(cones) @ seen)


def test_the_measures_themselves():
    assert contrast(linear("#000000"), linear("#ffffff")) == pytest.approx(21)
    assert contrast(linear("#777777"), linear("#ffffff")) == pytest.approx(4.48, abs=0.01)
    assert oklab("#ffffff", "all cones") == pytest.approx([1, 0, 0], abs=1e-6)
    assert oklab("#ff0000", "all cones") == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)
    red, green = (oklab(color, "deuteranopia") for color in ("#a06020", "#708020"))
    plain = [oklab(color, "all cones") for color in ("#a06020", "#708020")]
    assert math.dist(red, green) < math.dist(*plain) / 2


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_has_contrast_on_every_ground(theme):
    texts = [theme.text, theme.muted, theme.accent, *theme.roles.values()]
    for ground in (theme.background, theme.surface):
        for text in texts:
            assert contrast(linear(text), linear(ground)) >= 4.5, (text, ground)
    for film in ((0, 0, 0), (1, 1, 1)):
        plate = mixed(theme.background, film, PLATE)
        for text in texts:
            assert contrast(linear(text), plate) >= 4.5, (text, film)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_what_waits_is_as_faint_as_can_be_read(theme):
    """Also on the bar of the row that acts, whose result is still to come."""
    bar = mixed(theme.accent, rgb(theme.background), LIT)
    assert linear(theme.lit) == pytest.approx(bar, abs=0.005)
    for ground in (theme.background, theme.lit):
        for text in (theme.text, *theme.roles.values()):
            alpha = faint(text, ground)
            shade, fainter = (mixed(text, rgb(ground), a) for a in (alpha, alpha - 0.02))
            assert contrast(shade, linear(ground)) >= 4.49, (text, ground)
            assert contrast(fainter, linear(ground)) < 4.5, (text, ground)


def test_no_alpha_makes_the_unreadable_readable():
    assert faint("#777777", "#ffffff") == 1.0
    assert faint("#757575", "#ffffff") > 0.98
    assert faint("#000000", "#ffffff") == pytest.approx(0.54, abs=0.011)


ROLES = {"g": "gradient", "x": "point", "m": "first", "v": "second"}


@pytest.mark.parametrize("theme", THEMES)
def test_rows_that_wait_are_read_in_every_color_they_have(theme):
    run = RunSpec("adam", "valley", (-5.0, -2.0), 3)
    colors = THEMES[theme]
    shots = (AnatomyShot(run=run, steps=(1,)), DescentShot(panes=(run,)))
    for shot in shots:
        spec = FilmSpec("f", "en", (shot,), theme=theme, quality=QUALITIES["draft"])
        with reel_of(spec) as reel:
            reel.show(timeline(spec).state(0))
            elements = [getattr(each, "element", each) for each in reel.canvas.elements]
        rows = [each for each in elements if isinstance(each, EquationRow | LitRow)]
        assert len(rows) == 6
        for row, terms in zip(rows, ("gx", "mg", "vg", "m", "v", "xmv"), strict=True):
            acting = 0 if row.index else 5
            if isinstance(row, LitRow):
                dim, target = row.lights(AnatomyState(LINE, 0, 6, row=acting, share=1.0))
                assert dim == target
            else:
                dim = row.light(State(LINE, 0, acting=acting))
            for color in (colors.text, *(colors.roles[ROLES[term]] for term in terms)):
                shade = mixed(color, rgb(colors.background), dim)
                assert contrast(shade, linear(colors.background)) >= 4.49, (row.index, color)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_marks_are_told_apart_by_every_eye(theme, sight):
    for one, other in combinations(theme.roles, 2):
        if (one, other) not in TOLD_OTHERWISE:
            first, second = (oklab(theme.roles[name], sight) for name in (one, other))
            assert math.dist(first, second) > APART, (one, other)
    for role in ("point", "gradient", "step"):
        for band in theme.field:
            pair = oklab(theme.roles[role], sight), oklab(band, sight)
            assert math.dist(*pair) > OFF_FIELD, (role, band)


def test_roles_that_need_their_colors_are_not_excused():
    pairs = set(combinations(THEMES["dark"].roles, 2))
    assert pairs - set(TOLD_OTHERWISE) == {("point", "step"), ("gradient", "step")}


@pytest.mark.parametrize(("form", "theme"), [("wide", "light"), ("square", "dark")])
def test_an_overlay_is_clear_but_for_its_plates(form, theme):
    spec = replace(FILMS["adagrad"], form=form, theme=theme, overlay=True)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(clock.frames - 1))
        pixels, words = reel.pixels, reel.canvas.words(clock.state(clock.frames - 1).state)
    assert (pixels[..., :3] <= pixels[..., 3:]).all()
    assert (pixels[:4, :, 3] == 0).all()
    assert (pixels[:, :4, 3] == 0).all()
    field = STAGES[form].field.center
    assert pixels[round(field[1] * spec.scale), round(field[0] * spec.scale), 3] == 255
    for _, word in words:
        box = word.box
        rows = slice(round(box.top * spec.scale), round(box.bottom * spec.scale) + 1)
        columns = slice(round(box.left * spec.scale), round(box.right * spec.scale) + 1)
        assert pixels[rows, columns, 3].min() >= round(PLATE * 255) - 1, word.text
