"""Our descents as Manim's tutorials would have them: a scene file each, for ``manim render``."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from engine.formula import numpy_helpers, numpy_source
from publish.plan import PlannedFilm
from scenes import DescentShot, FilmSpec
from scenes.clock import Clock
from scenes.kit import Kit
from scenes.palette import DARK
from scenes.parts.figures import ticks
from scenes.parts.readings import Readings, outcome
from scenes.parts.relief import plot_of
from scenes.parts.scales import descent_scales
from scenes.parts.scenery import settings_of
from scenes.parts.track import Track
from scenes.state import QUICK
from scenes.timeline import timeline
from scenes.words import WORDS

ROOT = Path(__file__).resolve().parents[1]
LEVELS = 14
SCENE = '''"""{title}, as Manim's tutorials teach it."""

import json
from pathlib import Path

import numpy as np

from bench.tutorial import Descent
{helpers}

class Film(Descent):
    film = json.loads(Path({data!r}).read_text(encoding="utf-8"))

    @staticmethod
    def loss(x1, x2):
        return {formula}
'''


def render_tutorial(film: PlannedFilm, folder: Path) -> Path:
    """The file of ``film`` as a user of Manim would make it, in a new ``folder``.

    Raises CalledProcessError where that fails.
    """
    folder.mkdir(parents=True)
    data, scene = folder / "film.json", folder / "film.py"
    data.write_text(json.dumps(tutorial_data(film)), encoding="utf-8")
    formula = film.spec.shots[0].runs[0].trajectory.objective.expression
    helpers = numpy_helpers([formula])
    text = SCENE.format(
        title=film.spec.title,
        data=str(data),
        helpers=f"\n\n{helpers}\n" if helpers else "",
        formula=numpy_source(formula),
    )
    scene.write_text(text, encoding="utf-8")
    width, height = film.spec.size
    command = [sys.executable, "-m", "manim", "render", "film.py", "Film", "--disable_caching"]
    command += ["-r", f"{width},{height}", "--fps", str(film.spec.quality.fps)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("w") as log:
        subprocess.run(  # noqa: S603  our own words
            command, cwd=folder, env=environment, stdout=log, stderr=log, check=True
        )
    [video] = folder.glob("media/videos/film/*/Film.mp4")
    return video


def tutorial_data(film: PlannedFilm) -> dict[str, Any]:
    """Everything the scene shows, as plain data."""
    spec = film.spec
    kit = Kit.of(spec, spec.shots[0])
    run = kit.run
    view = plot_of(run.objective, run.points, kit.stage.field).view
    top = max(float(np.nanmax(run.losses)), 1e-9)
    return {
        "title": spec.title,
        "settings": " quad ".join(settings_of(run).values()),
        "fps": spec.quality.fps,
        "view": view,
        "levels": [top * ((index + 0.5) / LEVELS) ** 2 * 2 for index in range(LEVELS)],
        "ticks": [list(ticks(*view[0], 8)), list(ticks(*view[1], 7))],
        "points": run.points.tolist(),
        "minima": [list(map(float, point)) for point in run.objective.minima],
        "losses": run.losses.tolist(),
        "gradients": _arrows(spec, kit),
        "effective": [[0.0, 0.0], *np.nan_to_num(run.effective).tolist()],
        "update": Readings(run).update,
        "rows": _rows(kit),
        "colors": {"x": kit.role("x"), "g": DARK.roles["gradient"]},
        "line": DARK.accent,
        "bar": DARK.roles["step"],
        "start": kit.words["start"],
        "loss": WORDS[spec.language]["loss"],
        "outcome": outcome(run, spec.language),
        "beats": beats(timeline(spec).clocks[0]),
    }


def _arrows(spec: FilmSpec, kit: Kit) -> list[dict[str, Any]]:
    """Where gradients are taken, and their arrows' ways, both in the plane; the last ones go."""
    run = kit.run
    track = Track(kit, plot_of(run.objective, run.points, kit.stage.field))
    [shot] = spec.shots
    scales = descent_scales([track], shot.slow if isinstance(shot, DescentShot) else ())
    factors = [-scales.base * scales.gradients.get(step, 1) for step in range(run.steps)]
    return [
        {
            "points": [*taken.points.tolist(), run.points[-1].tolist()],
            "values": [*(taken.values * np.array(factors)[:, None]).tolist(), [0.0, 0.0]],
        }
        for taken in run.taken.values()
    ]


def _rows(kit: Kit) -> list[dict[str, Any]]:
    """The panel's lines: equation, colors of its labels, numbers after each step."""
    run = kit.run
    sources = [equation.typst for equation in run.optimizer.row_equations]
    rows = []
    for name, source in zip(Readings(run).names, sources, strict=True):
        initial = run.initial_values(name)
        first = run.points[0] if name == "x" else [0.0, 0.0] if initial is None else initial
        values = run.values_of(name).tolist()
        labels = set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", source)) - {"relation"}
        rows.append(
            {
                "typst": source,
                "colors": {label: kit.role(label.replace("-", "_")) for label in sorted(labels)},
                "color": kit.role(name),
                "values": [list(first), *values],
            }
        )
    return rows


def beats(clock: Clock[Any]) -> list[dict[str, Any]]:
    """The clock's beats with whole frames; steps quicker than a frame join the next."""
    found = []
    ends = [*clock.starts[1:], clock.frames]
    for beat, start, end in zip(clock.beats, clock.starts, ends, strict=True):
        if end > start or beat.kind != QUICK:
            found.append(
                {"kind": beat.kind, "step": beat.step, "row": beat.row, "frames": end - start}
            )
    return found
