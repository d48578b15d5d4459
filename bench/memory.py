"""How much memory a worker needs that renders one film after another."""

from __future__ import annotations

import resource
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import scenes
from publish.plan import PlannedFilm
from scenes import QUALITIES, DescentShot, FilmSpec

STEPS = 5
FEWER_FRAMES = 6


def peaks(films: list[PlannedFilm], quality: str, count: int) -> list[float]:
    """Peak resident MB after each of ``count`` short films, rendered in this process."""
    size = QUALITIES[quality]
    size = replace(size, fps=size.fps // FEWER_FRAMES)
    found = []
    for index in range(count):
        short = replace(shortened(films[index % len(films)].spec), quality=size)
        with tempfile.TemporaryDirectory() as folder:
            scenes.render(short, Path(folder))
        found.append(resident_mb())
    return found


def shortened(spec: FilmSpec) -> FilmSpec:
    """The film with few steps of its first descent; what it needs of memory stays the same."""
    shots = [shot for shot in spec.shots if isinstance(shot, DescentShot)]
    short = (
        replace(
            shot,
            panes=tuple(replace(run, steps=STEPS) for run in shot.panes),
            cues=(),
            explained=1,
            dwell=(),
        )
        for shot in shots[:1]
    )
    return replace(spec, shots=tuple(short) or spec.shots)


def resident_mb() -> float:
    """The most memory this process has held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
