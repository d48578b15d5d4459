"""The picture of a film: one canvas after the other, with fades between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from scenes.canvas import Canvas, Pixels, Rect
from scenes.palette import rgb
from scenes.timeline import Moment


class Reel:
    """Shows the moments of a film; a shot's canvas is made when the film comes to it.

    ``canvas_of(shot)`` makes the canvas of a shot by its number; only one is kept. ``ground`` is
    the color out of which shots come, "" for none.
    """

    def __init__(self, canvas_of: Callable[[int], Canvas[Any]], ground: str) -> None:
        self._canvas_of, self._ground = canvas_of, ground
        self._shot: int | None = None
        self._canvas: Canvas[Any] | None = None
        self._mixed: Pixels | None = None

    @property
    def canvas(self) -> Canvas[Any]:
        """The canvas of the shot that is shown."""
        if self._canvas is None:
            raise RuntimeError("nothing has been shown")
        return self._canvas

    @property
    def pixels(self) -> Pixels:
        """The picture (H, W, 4), BGRx, or BGRA with premultiplied alpha for an overlay."""
        return self.canvas.pixels if self._mixed is None else self._mixed

    def show(self, moment: Moment) -> list[Rect]:
        """Bring the picture to ``moment``; the changed even rectangles."""
        if moment.shot != self._shot:
            self._canvas = None
            self._shot, self._canvas = moment.shot, self._canvas_of(moment.shot)
            self._mixed = None
        was_mixed = self._mixed is not None
        changed = self.canvas.show(moment.state)
        if moment.light >= 1 and not was_mixed:
            return changed
        self._mixed = None if moment.light >= 1 else self._faded(moment.light)
        height, width, _ = self.canvas.pixels.shape
        return [(0, 0, width, height)]

    def forget(self) -> None:
        """Paint all of the next picture again."""
        if self._canvas is not None:
            self._canvas.forget()

    def _faded(self, light: float) -> Pixels:
        """The picture with so much of its ground left."""
        ground = np.zeros(4)
        if self._ground:
            ground[:3], ground[3] = np.array(rgb(self._ground))[::-1] * 255, 255
        share = round(light * 256)
        mixed = self.canvas.pixels.astype(np.uint16) * share
        mixed += np.round(ground * (256 - share)).astype(np.uint16)
        return np.ascontiguousarray((mixed >> 8).astype(np.uint8))
