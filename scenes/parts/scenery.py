"""The still picture: ground, field, axes, title and settings, painted once a film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine import Trajectory
from engine.field import Shade
from engine.formula import Name, notation, typst
from engine.plaintext import from_right
from scenes.canvas import Brush, Pixels, rgb
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.axisticks import Axis, axis
from scenes.parts.figures import MINUS
from scenes.parts.relief import Plot, relief
from scenes.stage import SMALL, TEXT_LEAST, TITLE, Box, Stage

PLATE, PLATE_PAD = 0.92, 14.0
LEADING, LEADING_LEAST, COUNTERS = 46.0, 33.0, 96.0
"""How far the settings on a list are apart, and the height of the counters below them."""
TITLE_LEADING = 33.0
CLEAR, BETWEEN = 12.0, 14.0
MOST_ACROSS, MOST_UP = 8, 7
"""The most ticks of the field's axes."""
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


def across(kit: Kit, plot: Plot) -> Ticks:
    """The ticks below the field."""
    (left, right), (low, _) = plot.view
    for most in range(MOST_ACROSS, 1, -1):
        found = axis(left, right, most)
        points = [[value, low] for value in found.values]
        spots = plot.at(np.array(points).reshape(-1, 2))[:, 0].tolist()
        marks = Ticks.of(kit, found, "x_1", spots)
        wide = max((sprite.width for sprite in marks.labels), default=0.0) + CLEAR
        if all(second - first >= wide for first, second in pairwise(spots)):
            break
    return marks


def up(kit: Kit, plot: Plot) -> Ticks:
    """The ticks beside the field."""
    (left, _), (low, high) = plot.view
    found = axis(low, high, MOST_UP)
    points = [[left, value] for value in found.values]
    return Ticks.of(kit, found, "x_2", plot.at(np.array(points).reshape(-1, 2))[:, 1].tolist())


@dataclass(frozen=True, eq=False)
class Ticks:
    """The ticks of an axis: where they stand on it, their labels, and the axis's name."""

    spots: tuple[float, ...]
    labels: tuple[Sprite, ...]
    name: Sprite

    @classmethod
    def of(cls, kit: Kit, found: Axis, name: str, spots: Sequence[float]) -> Ticks:
        """Ticks of the axis ``name`` at ``spots``."""
        labels = tuple(kit.text(label, SMALL, kit.theme.muted) for label in found.labels)
        size = 32 if found.plain else 28
        return cls(
            tuple(spots), labels, kit.lettering.math(found.typst(name), size, kit.theme.text, {})
        )


def _paint_across(kit: Kit, plot: Plot, brush: Brush) -> None:
    """The ticks below the field and the name of their axis, in its corner if it has room."""
    theme, box, marks = kit.theme, plot.box, across(kit, plot)
    name = marks.name
    room = [
        (x - s.width / 2, x + s.width / 2) for x, s in zip(marks.spots, marks.labels, strict=True)
    ]
    shift, kept = name_place(room, (box.right - name.width, box.right))
    for x, sprite in list(zip(marks.spots, marks.labels, strict=True))[:kept]:
        brush.line([(x, box.bottom), (x, box.bottom + 8)], 2, theme.muted)
        brush.write(sprite, x - sprite.width / 2 - sprite.ink[0], box.bottom + 36)
    brush.write(name, box.right - name.width + shift, box.bottom + 28)


def _paint_up(kit: Kit, plot: Plot, brush: Brush) -> None:
    """The ticks beside the field and the name of their axis, in its corner if it has room."""
    theme, box, marks = kit.theme, plot.box, up(kit, plot)
    name, half = marks.name, 0.36 * SMALL
    base = box.top + 10
    room = [(-y - half, -y + half) for y in marks.spots]
    shift, kept = name_place(room, (-base - name.ink[3], -base - name.ink[1]))
    for y, sprite in list(zip(marks.spots, marks.labels, strict=True))[:kept]:
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
    """The film's title, and the settings under it."""
    paint_title(kit, kit.spec.title or kit.run.optimizer.title, kit.stage.title.width, brush)
    paint_settings(kit, settings_of(kit.run), brush)


def paint_listed(kit: Kit, brush: Brush) -> None:
    """The title and under it the settings, one a line, beside the field."""
    place = kit.stage.title
    room = kit.stage.field.bottom - place.top - COUNTERS
    paint_title(kit, kit.spec.title or kit.run.optimizer.title, place.width, brush)
    settings = list(settings_of(kit.run).items())
    leading = min(LEADING, max((room - 130) / len(settings), LEADING_LEAST))
    for number, setting in enumerate(settings):
        at = place.left, place.top + 100 + leading * number
        write_settings(kit, dict([setting]), at, place.width, min(SETTING, leading - 8), brush)


def paint_settings(kit: Kit, settings: Mapping[str, str], brush: Brush) -> None:
    """Settings under the title: in one line or, where that could not be read, in two."""
    place = kit.stage.title
    if settings_width(kit, settings, SETTING) * TEXT_LEAST <= place.width * SETTING:
        at = place.left, place.top + 88
        write_settings(kit, settings, at, place.width, SETTING, brush)
        return
    parts = list(settings.items())
    widths = [settings_width(kit, dict([part]), TEXT_LEAST) + TEXT_LEAST for part in parts]
    half = next(at for at in range(len(parts)) if 2 * sum(widths[: at + 1]) >= sum(widths)) + 1
    for number, line in enumerate((parts[:half], parts[half:])):
        if line:
            at = place.left, place.top + 72 + 32 * number
            write_settings(kit, dict(line), at, place.width, TEXT_LEAST + 2, brush)


def paint_title(kit: Kit, words: str, width: float, brush: Brush, base: float = 44.0) -> None:
    """The film's title, its baseline ``base`` below the top; a long one in two smaller lines."""
    place = kit.stage.title
    lines = kit.headline(words, TITLE, width)
    y = place.top + (max(base, -lines[0].ink[1]) if len(lines) == 1 else -lines[0].ink[1])
    widest = max(sprite.width for sprite in lines)
    for sprite in lines:
        indent = widest - sprite.width if from_right(words) else 0.0
        brush.write(sprite, place.left + indent - sprite.ink[0], y)
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


def settings_line(
    kit: Kit, settings: Mapping[str, str], size: float
) -> tuple[Sprite | None, Sprite]:
    """Settings in one line, and the word before them where the first is a learning rate."""
    source, color = " quad ".join(settings.values()), kit.theme.muted
    source = source.replace(" = ", " {{ = : relation }} ", 1)
    word = None
    if "lr" in settings:
        word = kit.text(kit.words["learning_rate"], max(WORD * size, TEXT_LEAST), color)
    return word, kit.lettering.math(source, size, color, {})


def settings_width(kit: Kit, settings: Mapping[str, str], size: float) -> float:
    """How wide settings are in one line."""
    word, line = settings_line(kit, settings, size)
    return line.width + (word.width + BLANK if word else 0.0)


def write_settings(
    kit: Kit,
    settings: Mapping[str, str],
    at: tuple[float, float],
    width: float,
    size: float,
    brush: Brush,
) -> None:
    """Settings as one line that begins at ``at``, in the middle of its height; smaller where it
    would be wider than ``width``.
    """
    word, line = settings_line(kit, settings, size)
    room = width - (word.width + BLANK if word else 0.0)
    if line.width > room:
        size *= (room - 1) / line.width
        word, line = settings_line(kit, settings, size)
    x, y = at
    if word:
        brush.write(word, x - word.ink[0], y + RISE * size)
        x += word.width + BLANK
    brush.write(line, x - line.ink[0], y)


def number_typst(value: float) -> str:
    """A setting's value: ``10^(-6)`` for powers of ten, else its shortest text."""
    exact = float(f"{value:.12g}") == value
    text = f"{value:z.12g}" if exact else f"{value:z.6g}"
    if "e" not in text and not (value and abs(value) < 1e-3):
        return text
    mantissa, exponent = f"{value:.{11 if exact else 5}e}".split("e")
    factor = f"{float(mantissa):.12g}"
    power = f"10^({int(exponent)})"
    return power if factor == "1" else f"{factor} dot {power}"


def symbol_typst(name: str) -> str:
    """A hyper-parameter's letter as the equations print it."""
    return typst(notation(Name(name)))
