"""The kind ``race``."""

from __future__ import annotations

from scenes.canvas import Canvas
from scenes.kit import Kit
from scenes.shots import RaceShot


def race(kit: Kit, shot: RaceShot) -> Canvas[object]:
    """The picture of the shot."""
    raise NotImplementedError
