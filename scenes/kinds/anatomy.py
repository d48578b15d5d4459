"""The kind ``anatomy``."""

from __future__ import annotations

from scenes.canvas import Canvas
from scenes.kit import Kit
from scenes.shots import AnatomyShot


def anatomy(kit: Kit, shot: AnatomyShot) -> Canvas[object]:
    """The picture of the shot."""
    raise NotImplementedError
