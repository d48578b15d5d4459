"""The layout check: text that meets text, leaves the safe area, is hidden, too small or unlisted,
or covers a mark that must be seen.

A picture is painted element by element, and what each of them wrote is noted, so that nothing
depends on what an element says of itself but the boxes of its words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from scenes.brush import Brush, Pixels, Word
from scenes.canvas import Canvas, Element
from scenes.kit import figures_box, ink_box
from scenes.lettering import Figures, Sprite
from scenes.stage import TEXT_LEAST, Box, Stage

S = TypeVar("S")
Point = tuple[float, float]
Mask = NDArray[np.bool_]

SEEN = 0.05
"""Text that is fainter than this is not there."""

INK = 48
"""How far, of 255, a color must be from another one to be seen as different."""

COVERED = 0.04
"""The share of a text's ink that may change under what is painted over it."""

GHOST, GHOSTS = 16, 8
"""How far, of 255, a kept picture may be from one painted anew, and in how many pixels farther:
edges that are clipped are smoothed a little otherwise."""

SLACK = 2.0
"""Stage pixels by which boxes may be off: sprites stand on whole device pixels."""


@dataclass
class Drawn:
    """What an element drew, in stage pixels and in order: discs and other marks by their middles,
    lines and polygons by their points, panels by their boxes.
    """

    marks: list[Point] = field(default_factory=list)
    lines: list[list[Point]] = field(default_factory=list)
    polygons: list[list[Point]] = field(default_factory=list)
    panels: list[Box] = field(default_factory=list)


class Reader(Brush):
    """A brush that notes the words and digits it writes, the digits too faint to be seen, and what
    it draws.
    """

    def __init__(self, pixels: Pixels, scale: float) -> None:
        super().__init__(pixels, scale)
        self.read: list[Word] = []
        self.digits: list[str] = []
        self.faint: list[str] = []
        self.drawn = Drawn()

    def mark(self, x: float, y: float) -> None:
        """Note a mark."""
        self.drawn.marks.append((x, y))

    def disc(self, x: float, y: float, radius: float, color: str, alpha: float = 1.0) -> None:
        """Paint a disc and note it."""
        self.mark(x, y)
        super().disc(x, y, radius, color, alpha)

    def line(
        self,
        points: Sequence[Sequence[float]] | NDArray[np.float64],
        width: float,
        color: str,
        alpha: float = 1.0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a line and note it."""
        self.drawn.lines.append([(float(x), float(y)) for x, y in points])
        super().line(points, width, color, alpha, dash)

    def polygon(self, points: Sequence[Sequence[float]], color: str, alpha: float = 1.0) -> None:
        """Fill a polygon and note it."""
        self.drawn.polygons.append([(float(x), float(y)) for x, y in points])
        super().polygon(points, color, alpha)

    def panel(self, box: Box, radius: float, color: str, alpha: float = 1.0) -> None:
        """Fill a panel and note it."""
        self.drawn.panels.append(box)
        super().panel(box, radius, color, alpha)

    def sprite(self, sprite: Sprite, x: float, y: float, alpha: float = 1.0) -> None:
        """Put ``sprite`` and note its text."""
        if sprite.text and alpha >= SEEN:
            self.read.append(Word(ink_box(sprite, x, y), sprite.size, sprite.text))
        super().sprite(sprite, x, y, alpha)

    def figures(
        self,
        text: str,
        font: Figures,
        right: float,
        baseline: float,
        color: str,
        alpha: float = 1.0,
    ) -> None:
        """Write digits and note them."""
        if alpha >= SEEN and text.strip():
            box = figures_box(text, font, right, baseline, self.scale)
            self.read.append(Word(box, font.size, text))
            self.digits.append(text)
        elif alpha < SEEN:
            self.faint.append(text)
        super().figures(text, font, right, baseline, color, alpha)


@dataclass(eq=False)
class Text:
    """A text that can be seen: who shows it, and its ink as it was when it had been painted."""

    owner: str
    word: Word
    crop: tuple[slice, slice]
    painted: Pixels
    ink: Mask


@dataclass(eq=False)
class Layer(Generic[S]):
    """What one element painted: the digits it wrote, and the words that it did not list.

    ``faint`` are digits on their way in or out that cannot be seen yet, or no longer; ``words`` the
    listed texts of which something has been painted; ``drawn`` what else it drew, ``ink`` the
    pixels that it changed.
    """

    element: Element[S]
    digits: list[str]
    unlisted: list[Word]
    faint: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    ink: Mask = field(default_factory=lambda: np.zeros((0, 0), bool))


@dataclass(eq=False)
class Layers(Generic[S]):
    """A picture painted anew from the ground up, what can be read on it, and what is not there."""

    pixels: Pixels
    scale: float = 1.0
    texts: list[Text] = field(default_factory=list)
    layers: list[Layer[S]] = field(default_factory=list)
    absent: list[Element[S]] = field(default_factory=list)


def layers_of(canvas: Canvas[S], state: S) -> Layers[S]:
    """Paint ``state`` element by element."""
    pixels, scale = canvas.background.copy(), canvas.brush.scale
    found: Layers[S] = Layers(pixels, scale)
    for word in canvas.still:
        found.texts += _text("still", word, None, pixels, scale)
    for element in canvas.elements:
        if element.reach(state) is None:
            found.absent.append(element)
            continue
        words = element.words(state)
        before = [_cut(pixels, word.box, scale) for word in words]
        ground = pixels.copy()
        reader = Reader(pixels, scale)
        element.paint(reader, state)
        name, seen = type(element).__name__, list[str]()
        for word, old in zip(words, before, strict=True):
            drawn = _text(name, word, old, pixels, scale)
            found.texts += drawn
            seen += [text.word.text for text in drawn]
        unlisted = [word for word in reader.read if not _listed(word, words)]
        ink = whole(pixels) != whole(ground)
        found.layers.append(
            Layer(element, reader.digits, unlisted, reader.faint, seen, reader.drawn, ink)
        )
    return found


def whole(pixels: Pixels) -> NDArray[np.uint32]:
    """The four channels of each pixel of a whole picture as one number (H, W)."""
    return pixels.view(np.uint32)[..., 0]


def faults(canvas: Canvas[S], layers: Layers[S], stage: Stage) -> list[str]:
    """What is wrong with the texts of a picture that ``canvas`` shows, a line each."""
    texts = layers.texts
    lines = [
        f"{_named(first)} and {_named(second)} overlap"
        for first, second in combinations(texts, 2)
        if first.word.box.meets(second.word.box)
    ]
    for text in texts:
        if not stage.safe.grown(SLACK).holds(text.word.box):
            lines.append(f"{_named(text)} leaves the safe area: {_rounded(text.word.box)}")
        if text.word.size < TEXT_LEAST - 0.01:
            size = f"{text.word.size:.1f}"
            lines.append(f"{_named(text)} has an em of {size}, below {TEXT_LEAST}")
        if hidden(text, layers.pixels):
            lines.append(f"{_named(text)} is hidden by what is painted over it")
    for layer in layers.layers:
        name = type(layer.element).__name__
        lines += [
            f"{_named(text)} covers a mark of {name}, at {round(x)}, {round(y)}"
            for x, y in (layer.drawn.marks if _landmark(layer.element) else [])
            for text in texts
            if text.word.box.holds(Box(x, y, x, y))
        ]
        lines += [f"{name} shows {word.text!r} but does not list it" for word in layer.unlisted]
    off = np.abs(canvas.pixels.astype(np.int16) - layers.pixels).max(axis=2) > GHOST
    if off.sum() > GHOSTS:
        spot = [round(value / canvas.brush.scale) for value in np.argwhere(off)[0][::-1]]
        lines.append(f"the kept picture is not what painting anew gives, at {spot}")
    return lines


def _landmark(element: Element[S]) -> bool:
    """Whether no name may cover an element's marks."""
    return element.landmark or bool(getattr(getattr(element, "element", None), "landmark", False))


def hidden(text: Text, final: Pixels) -> bool:
    """Whether what was painted later changed the ink of a text noticeably."""
    ink = int(text.ink.sum())
    changed = text.ink & _differ(final[text.crop], text.painted)
    return ink > 0 and int(changed.sum()) > COVERED * ink


def _text(
    owner: str, word: Word, before: Pixels | None, pixels: Pixels, scale: float
) -> Sequence[Text]:
    """The text of a word, none where nothing of it can be seen.

    Its ink is what differs from the ground that prevails in its box and, where the box as it was
    ``before`` is given, what was painted since.
    """
    crop = _crop(pixels, word.box, scale)
    painted = pixels[crop].copy()
    if not painted.size:
        return [Text(owner, word, crop, painted, np.zeros(painted.shape[:2], bool))]
    ground = np.median(painted.reshape(-1, 4), axis=0).astype(np.uint8)
    ink = _differ(painted, ground)
    if before is not None:
        drawn = (painted != before).any(axis=2)
        if not drawn.any():
            return []
        ink &= drawn
    return [Text(owner, word, crop, painted, ink)]


def _listed(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word that was written is in one of those listed, or in all with its text."""
    same = [other.box for other in words if other.text == word.text]
    whole = [reduce(Box.joined, same)] if same else []
    boxes = [*(other.box for other in words), *whole]
    return any(box.grown(SLACK).holds(word.box) for box in boxes)


def _crop(pixels: Pixels, box: Box, scale: float) -> tuple[slice, slice]:
    """Rows and columns of the picture under a box."""
    height, width, _ = pixels.shape
    rows = slice(max(math.floor(box.top * scale), 0), min(math.ceil(box.bottom * scale), height))
    columns = slice(max(math.floor(box.left * scale), 0), min(math.ceil(box.right * scale), width))
    return rows, columns


def _cut(pixels: Pixels, box: Box, scale: float) -> Pixels:
    return pixels[_crop(pixels, box, scale)].copy()


def _differ(one: Pixels, other: Pixels) -> Mask:
    """Where two pictures differ so that it is seen."""
    apart = np.abs(one.astype(np.int16) - other).max(axis=2) > INK
    return np.asarray(apart, bool)


def _named(text: Text) -> str:
    words = text.word.text
    return f"{text.owner} {words if len(words) <= 40 else words[:39] + '…'!r}"


def _rounded(box: Box) -> tuple[int, int, int, int]:
    return round(box.left), round(box.top), round(box.right), round(box.bottom)
