"""The still picture: ground, field, axes, title and settings, painted once a film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine import Trajectory
from engine.field import Shade
from engine.formula import Name, notation, typst
from scenes.canvas import Brush, Pixels, rgb
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.figures import MINUS, ticks
from scenes.parts.relief import Plot, relief
from scenes.stage import SMALL, TITLE, Box, Stage

PLATE, PLATE_PAD = 0.92, 14.0
LEADING = 46.0
TITLE_LEADING = 33.0
CLEAR, BETWEEN = 12.0, 14.0
SETTING, WORD, RISE, BLANK = 34.0, 0.8, 0.26, 10.0
"""The size of settings; of a word among them the share of it, and how far it is let down."""

Extent = tuple[float, float]


def ground(kit: Kit, plates: Sequence[Box] = ()) -> Pixels:
    """An empty picture (H, W, 4), BGRx.

    An overlay is clear but for ``plates``, nearly opaque grounds on which all else can be read
    over any film; those of the stage where none are given.
    """
    width, height = kit.spec.size
    if kit.spec.overlay:
        pixels = np.zeros((height, width, 4), np.uint8)
        brush = Brush(pixels, kit.scale)
        for box in plates or plates_of(kit.stage):
            brush.panel(box.grown(PLATE_PAD), 14, kit.theme.background, PLATE)
        return pixels
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = np.round(np.array(rgb(kit.theme.background))[::-1] * 255)
    return pixels


def plates_of(stage: Stage) -> list[Box]:
    """The plates of an overlay: field, sentence and panel; what is above the sentence and below."""
    safe, field, now = stage.safe, stage.field, stage.now
    if stage.width > stage.height:
        around = Box(field.left - 64, field.top, field.right, field.bottom + 40)
        return [around.joined(stage.formula), replace(now, top=now.top + 6), stage.panel]
    return [replace(safe, bottom=now.top - 18), replace(safe, top=now.top + 20)]


def paint_field(kit: Kit, plot: Plot, pixels: Pixels, shade: Shade | None = None) -> None:
    """The relief in its box, by ``shade`` or, without one, by that of the view."""
    box = plot.box
    left, top, right, bottom = (
        round(v * kit.scale) for v in (box.left, box.top, box.right, box.bottom)
    )
    pixels[top:bottom, left:right] = relief(
        kit.run.objective,
        plot.view,
        right - left,
        bottom - top,
        kit.theme,
        max(1.5 * kit.scale, 0.8),
        shade,
    )


def paint_axes(kit: Kit, plot: Plot, brush: Brush) -> None:
    """Frame, ticks with their numbers, and the axes' names."""
    theme, box = kit.theme, plot.box
    corners = [
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    ]
    brush.line([*corners, corners[0]], 2, theme.line)
    _paint_across(kit, plot, brush)
    _paint_up(kit, plot, brush)


def _paint_across(kit: Kit, plot: Plot, brush: Brush) -> None:
    """The ticks below the field and the name of their axis, in its corner if it has room."""
    theme, box, ((left, right), (low, _)) = kit.theme, plot.box, plot.view
    values = ticks(left, right, 8)
    spots = [float(plot.at(np.array([value, low]))[0]) for value in values]
    sprites = [kit.text(tick_text(value), SMALL, theme.muted) for value in values]
    name = kit.lettering.math("x_1", 32, theme.text, {})
    room = [(x - s.width / 2, x + s.width / 2) for x, s in zip(spots, sprites, strict=True)]
    shift, kept = name_place(room, (box.right - name.width, box.right))
    for x, sprite in list(zip(spots, sprites, strict=True))[:kept]:
        brush.line([(x, box.bottom), (x, box.bottom + 8)], 2, theme.muted)
        brush.write(sprite, x - sprite.width / 2 - sprite.ink[0], box.bottom + 36)
    brush.write(name, box.right - name.width + shift, box.bottom + 28)


def _paint_up(kit: Kit, plot: Plot, brush: Brush) -> None:
    """The ticks beside the field and the name of their axis, in its corner if it has room."""
    theme, box, ((left, _), (low, high)) = kit.theme, plot.box, plot.view
    values = ticks(low, high, 7)
    spots = [float(plot.at(np.array([left, value]))[1]) for value in values]
    name, half = kit.lettering.math("x_2", 32, theme.text, {}), 0.36 * SMALL
    base = box.top + 10
    room = [(-y - half, -y + half) for y in spots]
    shift, kept = name_place(room, (-base - name.ink[3], -base - name.ink[1]))
    for value, y in list(zip(values, spots, strict=True))[:kept]:
        sprite = kit.text(tick_text(value), SMALL, theme.muted)
        brush.line([(box.left - 8, y), (box.left, y)], 2, theme.muted)
        brush.write(sprite, box.left - 16 - sprite.ink[2], y + half)
    brush.write(name, box.left - 16 - name.width, base - shift)


def name_place(numbers: Sequence[Extent], corner: Extent) -> tuple[float, int]:
    """How far an axis's name stands from its ``corner``, and how many ticks the axis has.

    ``numbers`` are the extents of the ticks' numbers along the axis, rising toward the corner.
    Where they leave the corner no room, the name stands between the last two; where that has none
    either, the ticks are left out that come too near.
    """
    low, high = corner
    kept = sum(end + CLEAR <= low for _, end in numbers)
    if kept == len(numbers) or len(numbers) < 2:
        return 0.0, kept
    first, last = numbers[-2][1], numbers[-1][0]
    if last - first < high - low + 2 * BETWEEN:
        return 0.0, kept
    return (first + last - low - high) / 2, len(numbers)


def tick_text(value: float) -> str:
    """A round number on an axis."""
    return f"{value:z.6g}".replace("-", MINUS)


def paint_titles(kit: Kit, brush: Brush) -> None:
    """The film's title, the objective above the field, the settings under the title."""
    theme, run = kit.theme, kit.run
    place, above = kit.stage.title, kit.stage.formula
    paint_title(kit, kit.spec.title or run.optimizer.title, place.width, brush)
    formula = fitted_math(kit, f"f(x) = {run.objective.typst}", 36, above.width, theme.text)
    brush.write(formula, above.left, above.top + 28)
    paint_settings(kit, settings_of(run), place, 88, brush)


def paint_listed(kit: Kit, brush: Brush) -> None:
    """The title and under it the settings, one a line, beside the field; the objective on top."""
    theme, place, above = kit.theme, kit.stage.title, kit.stage.formula
    paint_title(kit, kit.spec.title or kit.run.optimizer.title, place.width, brush)
    formula = fitted_math(kit, f"f(x) = {kit.run.objective.typst}", 36, above.width, theme.text)
    brush.write(formula, above.left, above.top + 28)
    for number, setting in enumerate(settings_of(kit.run).items()):
        paint_settings(kit, dict([setting]), place, 100 + LEADING * number, brush)


def paint_title(kit: Kit, words: str, width: float, brush: Brush, base: float = 44.0) -> None:
    """The film's title, its baseline ``base`` below the top; a long one in two smaller lines."""
    place = kit.stage.title
    lines = kit.headline(words, TITLE, width)
    y = place.top + base if len(lines) == 1 else place.top - lines[0].ink[1]
    for sprite in lines:
        brush.write(sprite, place.left - sprite.ink[0], y)
        y += TITLE_LEADING


def fitted_math(kit: Kit, source: str, size: float, width: float, color: str) -> Sprite:
    """An equation, smaller where it would be wider than ``width``."""
    sprite = kit.lettering.math(source, size, color, {})
    if sprite.width > width:
        sprite = kit.lettering.math(source, size * width / sprite.width, color, {})
    return sprite


def settings_of(run: Trajectory) -> dict[str, str]:
    """Typst of each setting of a run by its name, the learning rate first, the start last."""
    names = sorted(run.hyper, key=lambda name: name != "lr")
    parts = {
        name: f"{symbol_typst(name)} = {number_typst(float(run.hyper[name]))}" for name in names
    }
    x, y = (number_typst(float(value)) for value in run.points[0])
    return {**parts, "start": f"x_0 = ({x}, {y})"}


def paint_settings(
    kit: Kit,
    settings: Mapping[str, str],
    place: Box,
    down: float,
    brush: Brush,
    size: float = SETTING,
) -> None:
    """Settings as one line, ``down`` below the top of ``place``; a learning rate is called so."""
    source, color = " quad ".join(settings.values()), kit.theme.muted
    source = source.replace(" = ", " {{ = : relation }} ", 1)
    line = kit.lettering.math(source, size, color, {})
    word = kit.text(kit.words["learning_rate"], WORD * size, color) if "lr" in settings else None
    wide = line.width + (word.width + BLANK if word else 0.0)
    if wide > place.width:
        paint_settings(kit, settings, place, down, brush, size * place.width / wide - 0.1)
        return
    x, y = place.left, place.top + down
    if word:
        brush.write(word, x - word.ink[0], y + RISE * size)
        x += word.width + BLANK
    brush.write(line, x - line.ink[0], y)


def number_typst(value: float) -> str:
    """A setting's value: ``10^(-6)`` for powers of ten, else its shortest text."""
    text = f"{value:z.6g}"
    if "e" not in text and not (value and abs(value) < 1e-3):
        return text
    mantissa, exponent = f"{value:.5e}".split("e")
    factor = f"{float(mantissa):g}"
    power = f"10^({int(exponent)})"
    return power if factor == "1" else f"{factor} dot {power}"


def symbol_typst(name: str) -> str:
    """A hyper-parameter's letter as the equations print it."""
    return typst(notation(Name(name)))
