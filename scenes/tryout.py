"""A film laid out in small before it is rendered, to know whether its words have room."""

from __future__ import annotations

from dataclasses import replace

from scenes.picture import reel_of
from scenes.spec import FilmSpec, Quality
from scenes.timeline import timeline

TRIAL = Quality("trial", 108, 30, 23, "veryfast")
"""Of the layout of every quality; nothing is encoded."""


def try_out(spec: FilmSpec) -> None:
    """Show the end of each shot of a film, as small as can be.

    Raises:
        UserError: words or a rule have no room where they can be read.
    """
    spec = replace(spec, quality=TRIAL, overlay=False)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for start, shot in zip(clock.starts, clock.clocks, strict=True):
            reel.show(clock.state(start + shot.frames - 1))
