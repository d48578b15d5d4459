"""The picture of a film: one canvas after the other, each of which turns into the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from scenes.canvas import Canvas, Pixels, Rect, rgb
from scenes.timeline import Moment


class Reel:
    """Shows the moments of a film; a shot's canvas is made when the film comes to it.

    ``canvas_of(shot)`` makes the canvas of a shot by its number. One is kept, and the next one from
    where it begins to be seen. ``ground`` is the color on which all stands, "" for none.
    """

    def __init__(self, canvas_of: Callable[[int], Canvas[Any]], ground: str) -> None:
        self._canvas_of = canvas_of
        color = [*(round(255 * part) for part in rgb(ground)[::-1]), 255] if ground else [0] * 4
        self._ground = np.array(color, np.uint8)
        self._kept: dict[int, Canvas[Any]] = {}
        self._shot: int | None = None
        self._mixed: Pixels | None = None

    @property
    def canvas(self) -> Canvas[Any]:
        """The canvas of the shot that is shown."""
        if self._shot is None:
            raise RuntimeError("nothing has been shown")
        return self._kept[self._shot]

    @property
    def pixels(self) -> Pixels:
        """The picture (H, W, 4), BGRx, or BGRA with premultiplied alpha for an overlay."""
        return self.canvas.pixels if self._mixed is None else self._mixed

    def show(self, moment: Moment) -> list[Rect]:
        """Bring the picture to ``moment``; the changed even rectangles."""
        was_whole = self._shot == moment.shot and self._mixed is None
        if self._shot != moment.shot:
            self._shot = moment.shot
            self._keep()
        changed = self._canvas(moment.shot).show(moment.state)
        self._mixed = None if moment.light >= 1 else self._turned(moment)
        if self._mixed is None and was_whole:
            return changed
        height, width, _ = self.canvas.pixels.shape
        return [(0, 0, width, height)]

    def forget(self) -> None:
        """Paint all of the next picture again."""
        for canvas in self._kept.values():
            canvas.forget()

    def _canvas(self, shot: int) -> Canvas[Any]:
        if shot not in self._kept:
            self._kept[shot] = self._canvas_of(shot)
        return self._kept[shot]

    def _keep(self) -> None:
        """Let go of all canvases but that of the shot; it is painted anew."""
        self._kept = {at: canvas for at, canvas in self._kept.items() if at == self._shot}
        self.forget()

    def _turned(self, moment: Moment) -> Pixels:
        """The picture on its way to the next shot's.

        What both have stays. What has the bare ground in the other goes before what is new comes,
        so that no words lie on others; all else dissolves.
        """
        coming = self._canvas(moment.shot + 1)
        coming.show(moment.following)
        old, new = self.canvas.pixels, coming.pixels
        bare = np.all(old == self._ground, axis=2) | np.all(new == self._ground, axis=2)
        between = mixed(old, new, 0.5)
        between[bare & np.any(old != new, axis=2)] = self._ground
        if moment.light > 0.5:
            return mixed(between, old, 2 * moment.light - 1)
        return mixed(new, between, 2 * moment.light)


def mixed(one: Pixels, other: Pixels, share: float) -> Pixels:
    """``share`` (0 to 1) of the ``other`` picture and the rest of the ``one``."""
    weight = round(share * 256)
    both = one.astype(np.uint16) * (256 - weight) + other.astype(np.uint16) * weight
    return np.ascontiguousarray((both >> 8).astype(np.uint8))
