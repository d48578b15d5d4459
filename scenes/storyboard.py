"""The storyboard: samples of a film on one sheet, each with its time and caption."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.plaintext import plain_text
from scenes.brush import Brush
from scenes.lettering import Lettering
from scenes.palette import THEMES, Theme, rgb
from scenes.picture import reel_of
from scenes.reel import Reel
from scenes.samples import Sample, samples
from scenes.spec import FilmSpec, Quality
from scenes.timeline import Timeline, timeline
from scenes.wrapping import wrapped as broken

Image = NDArray[np.uint8]

SHEET = Quality("storyboard", 360, 30, 23, "veryfast")
"""Of the height of its pictures and the times of its samples; nothing is encoded."""

COLUMNS = {"wide": 3, "square": 6, "tall": 6}
MARGIN, GAP, HEADING, TITLE_ROW, TITLE_LINE = 40, 28, 56, 64, 42
LINE, TEXT, SMALL, LARGE = 24, 17, 19, 32


@dataclass(frozen=True, eq=False)
class Cell:
    """A picture on the sheet, and the lines under it."""

    sample: Sample
    picture: Image
    lines: tuple[str, ...]


def storyboard(spec: FilmSpec) -> Image:
    """Samples of the film on a sheet (H, W, 3), RGB: each shot under its heading, in order."""
    spec = replace(spec, quality=SHEET, overlay=False)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        cells = [_cell(reel, clock, sample) for sample in samples(spec, clock)]
        of_shots = [
            [cell for cell in cells if cell.sample.shot == at] for at in range(len(spec.shots))
        ]
        return _laid_out(spec, clock, [_rows(shot, COLUMNS[spec.form]) for shot in of_shots])


def _laid_out(spec: FilmSpec, clock: Timeline, shots: list[list[list[Cell]]]) -> Image:
    """The sheet of the rows of each shot."""
    columns, (width, height) = COLUMNS[spec.form], spec.size
    inside = columns * (width + GAP) - GAP
    title = wrapped(title_of(spec), inside, LARGE, bold=True)
    headings = [wrapped(_heading(spec, clock, at), inside, SMALL) for at in range(len(shots))]
    down = 2 * MARGIN + TITLE_ROW + TITLE_LINE * (len(title) - 1) - GAP
    down += sum(HEADING + LINE * (len(lines) - 1) for lines in headings)
    down += sum(height + _under(row) for shot in shots for row in shot)
    sheet = Sheet(2 * MARGIN + inside, down, THEMES[spec.theme])
    top = MARGIN + TITLE_ROW - TITLE_LINE
    for line in title:
        sheet.write(line, MARGIN, top + TITLE_LINE - TITLE_ROW + LARGE, LARGE, bold=True)
        top += TITLE_LINE
    for heading, shot in zip(headings, shots, strict=True):
        for number, line in enumerate(heading):
            sheet.write(line, MARGIN, top + LARGE + number * LINE, SMALL, muted=True)
        top += HEADING + LINE * (len(heading) - 1)
        for row in shot:
            for column, cell in enumerate(row):
                sheet.cell(cell, MARGIN + column * (width + GAP), top)
            top += height + _under(row)
    return sheet.image()


def _cell(reel: Reel, clock: Timeline, sample: Sample) -> Cell:
    """A sample with its picture, and its caption in lines as wide as that."""
    reel.show(clock.state(sample.frame))
    picture = reel.pixels[..., :3].copy()
    return Cell(sample, picture, tuple(wrapped(sample.caption, picture.shape[1], TEXT)))


def _rows(cells: list[Cell], columns: int) -> list[list[Cell]]:
    return [cells[at : at + columns] for at in range(0, len(cells), columns)]


def _under(row: list[Cell]) -> int:
    """The room for the words under a row of pictures."""
    return LINE * (1 + max(len(cell.lines) for cell in row)) + GAP


def title_of(spec: FilmSpec) -> str:
    """The film's title, or those of the methods that its shots are of first."""
    methods = (shot.runs[0].trajectory.optimizer.title for shot in spec.shots)
    return spec.title or " \u00b7 ".join(dict.fromkeys(methods))


def _heading(spec: FilmSpec, clock: Timeline, number: int) -> str:
    """A shot's number, kind, title and length."""
    shot = spec.shots[number]
    parts = [f"{number + 1}/{len(spec.shots)}", str(getattr(shot, "kind", "")), shot.title]
    return " \u00b7 ".join([*filter(None, parts), clock_text(clock.clocks[number].duration)])


def clock_text(seconds: float) -> str:
    """Minutes, seconds and tenths: ``1:05.3``."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """``text`` in lines of ``width`` pixels; nothing is left out."""
    lettering = Lettering(1.0)
    return broken(plain_text(text), lambda line: lettering.width(line, bold=bold) * size <= width)


class Sheet:
    """The page that pictures and words are put on, in pixels."""

    def __init__(self, width: int, height: int, theme: Theme) -> None:
        self.theme, self.lettering = theme, Lettering(1.0)
        self.pixels = np.empty((height, width, 4), np.uint8)
        self.pixels[...] = [*(round(value * 255) for value in rgb(theme.surface)[::-1]), 255]
        self.brush = Brush(self.pixels, 1.0)

    def write(
        self, text: str, x: float, y: float, size: float, *, bold: bool = False, muted: bool = False
    ) -> None:
        """A line of text from (x, y), the left end of its baseline."""
        color = self.theme.muted if muted else self.theme.text
        self.brush.sprite(self.lettering.text(text, size, color, bold=bold), x, y)

    def cell(self, cell: Cell, left: int, top: int) -> None:
        """A picture with its time and caption."""
        height, width, _ = cell.picture.shape
        self.pixels[top : top + height, left : left + width, :3] = cell.picture
        left_edge, right_edge = left - 0.5, left + width + 0.5
        for y in (top - 0.5, top + height + 0.5):
            self.brush.line([(left_edge, y), (right_edge, y)], 1, self.theme.line)
        for x in (left_edge, right_edge):
            self.brush.line([(x, top), (x, top + height)], 1, self.theme.line)
        y = top + height + LINE
        self.write(clock_text(cell.sample.time), left, y, TEXT, bold=True, muted=True)
        for number, line in enumerate(cell.lines, start=1):
            self.write(line, left, y + number * LINE, TEXT)

    def image(self) -> Image:
        """The sheet as RGB."""
        return np.ascontiguousarray(self.pixels[..., 2::-1])
