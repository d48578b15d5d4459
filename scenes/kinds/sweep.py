"""The kind ``sweep``."""

from __future__ import annotations

from scenes.canvas import Canvas
from scenes.kit import Kit
from scenes.shots import SweepShot


def sweep(kit: Kit, shot: SweepShot) -> Canvas[object]:
    """The picture of the shot."""
    raise NotImplementedError
